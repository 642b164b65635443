package dev.signet.token;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonStreamContext;
import com.fasterxml.jackson.core.io.SerializedString;
import com.fasterxml.jackson.databind.json.JsonMapper;
import dev.signet.token.StrictJson.ValueWriter;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.StringReader;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Named;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class StrictGeneratorTest {
    private static final JsonMapper MAPPER = new JsonMapper();

    /** What Jackson's own generator makes of it. */
    private static byte[] byJackson(ValueWriter writer) throws IOException {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try (JsonGenerator generator = MAPPER.createGenerator(bytes)) {
            generator.disable(JsonGenerator.Feature.AUTO_CLOSE_JSON_CONTENT);
            writer.write(generator);
        }
        return bytes.toByteArray();
    }

    /** The same as Jackson's, and readable. */
    private static void assertKept(byte[] json, byte[] jackson) throws IOException {
        assertThatCode(() -> StrictJson.requireReadable(json)).doesNotThrowAnyException();
        assertThat(MAPPER.readTree(json)).isEqualTo(MAPPER.readTree(jackson));
    }

    private static byte[] utf8(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }

    private static String bytes() {
        return IntStream.range(0, 256).mapToObj(c -> String.valueOf((char) c)).collect(Collectors.joining());
    }

    /** Members "n0", "n1" and so on. */
    private static Map<String, Integer> numbered(int members) {
        Map<String, Integer> numbered = new LinkedHashMap<>();
        for (int i = 0; i < members; i++) {
            numbered.put("n" + i, i);
        }
        return numbered;
    }

    private static void nested(JsonGenerator out, int arrays) throws IOException {
        for (int i = 0; i < arrays; i++) {
            out.writeStartArray();
        }
        for (int i = 0; i < arrays; i++) {
            out.writeEndArray();
        }
    }

    /** So many characters from this one on. */
    private static String characters(int first, int count) {
        return IntStream.range(first, Math.min(first + count, Character.MAX_CODE_POINT + 1))
                .mapToObj(Character::toString)
                .collect(Collectors.joining());
    }

    private static Named<ValueWriter> named(String name, ValueWriter writer) {
        return Named.of(name, writer);
    }

    @Nested
    class Values_that_somebody_writes {
        static Stream<Named<ValueWriter>> values() {
            return Stream.of(
                    named("a text", out -> out.writeString("é \ud83d\ude00 \u0000 \" \ud800")),
                    named("nothing", JsonGenerator::writeNull),
                    named("a number", out -> out.writeNumber(-1.5e300)),
                    named("no text at all", out -> out.writeString((String) null)),
                    named("every character of a byte", out -> out.writeString(bytes())),
                    named("every character there is", out -> {
                        out.writeStartArray();
                        for (int c = 0; c <= Character.MAX_CODE_POINT; c += c < 0x20000 ? 97 : 0x10000) {
                            out.writeString(characters(c, 97));
                        }
                        out.writeEndArray();
                    }),
                    named("texts of many lengths", out -> {
                        out.writeStartArray();
                        for (int length = 0; length < 200; length++) {
                            out.writeString("x".repeat(length));
                            out.writeString("x".repeat(length) + "\u00e9");
                        }
                        out.writeEndArray();
                    }),
                    named("as many arrays as there may be", out -> nested(out, 63)),
                    named("part of some characters", out -> out.writeString(new char[] {'a', 'b', 'c'}, 1, 1)),
                    named("a text that is read", out -> out.writeString(new StringReader("abc"), 2)),
                    named("a text that is read to its end", out -> out.writeString(new StringReader("abc"), -1)),
                    named("no text that is read", out -> out.writeString(new StringReader("abc"), 0)),
                    named("a constant", out -> out.writeString(new SerializedString("\u00e9"))),
                    named("UTF-8", out -> out.writeUTF8String(utf8("-\u00e9\"-"), 1, 3)),
                    named("raw UTF-8", out -> out.writeRawUTF8String(utf8("-\\n-"), 1, 2)),
                    named("raw pieces", out -> {
                        out.writeStartArray();
                        out.writeNumber(1);
                        out.writeRaw(',');
                        out.writeRaw("-2-", 1, 1);
                        out.writeRaw(new char[] {'3', '\n'}, 0, 1);
                        out.writeEndArray();
                    }),
                    named("a raw value", out -> out.writeRawValue("{\"a\": [1]}")),
                    named("a boolean", out -> out.writeBoolean(true)),
                    named("another boolean", out -> out.writeBoolean(false)),
                    named("a double", out -> out.writeNumber(0.1)),
                    named("a float", out -> out.writeNumber(0.1f)),
                    named("no number", out -> out.writeNumber(Double.NaN)),
                    named("no number in a float", out -> out.writeNumber(Float.NEGATIVE_INFINITY)),
                    named("the smallest long", out -> out.writeNumber(Long.MIN_VALUE)),
                    named("the largest int", out -> out.writeNumber(Integer.MAX_VALUE)),
                    named("a big integer", out -> out.writeNumber(new BigInteger("1".repeat(64)))),
                    named("a decimal number", out -> out.writeNumber(new BigDecimal("-1E+77"))),
                    named("no big integer", out -> out.writeNumber((BigInteger) null)),
                    named("no decimal number", out -> out.writeNumber((BigDecimal) null)),
                    named("no number in a text", out -> out.writeNumber((String) null)),
                    named("many names, and again", out -> out.writePOJO(List.of(numbered(500), numbered(500)))),
                    named("a number as text", out -> out.writeNumber("0.50")),
                    named("bytes", out -> out.writeBinary(new byte[] {1, 2, 3})),
                    named("part of some bytes", out -> out.writeBinary(new byte[] {1, 2, 3}, 1, 1)),
                    named("bytes that are read", out -> out.writeBinary(new ByteArrayInputStream(utf8("abc")), 2)),
                    named("no bytes that are read", out -> out.writeBinary(new ByteArrayInputStream(utf8("abc")), 0)),
                    named("numbers", out -> out.writeArray(new int[] {1, 2}, 0, 2)),
                    named("an object by the mapper", out -> out.writePOJO(Map.of("a", 1))),
                    named("a tree", out -> out.writeTree(MAPPER.readTree("{\"a\":[1,2.5,\"b\",null]}"))),
                    named("what a parser reads", out -> {
                        try (JsonParser in = MAPPER.createParser("{\"a\":[1,2.5,\"b\",null,true]}")) {
                            in.nextToken();
                            out.copyCurrentStructure(in);
                        }
                    }),
                    named("names of all sorts", out -> {
                        out.writeStartObject();
                        for (String name : List.of("", "a", "\u00e9", "\ud83d\ude00", "a\"\n", "n".repeat(1023))) {
                            out.writeFieldName(name);
                            out.writeNumber(1);
                            out.writeFieldName(new SerializedString(name + "'"));
                            out.writeStartArray();
                            out.writeEndArray();
                        }
                        out.writeEndObject();
                    }),
                    named("a text longer than any buffer", out -> out.writeString("x".repeat(70_000))),
                    named("an object", out -> MAPPER.writer().writeValue(out, Map.of("a", List.of(Map.of("a", 1))))),
                    named("one name in two objects", out -> {
                        out.writeStartArray();
                        for (int i = 0; i < 2; i++) {
                            out.writeStartObject();
                            out.writeNumberField("a", i);
                            out.writeEndObject();
                        }
                        out.writeEndArray();
                    }));
        }

        @ParameterizedTest
        @MethodSource("values")
        void are_what_jackson_writes(ValueWriter writer) throws IOException {
            assertKept(StrictJson.value(MAPPER, writer), byJackson(writer));
        }

        @ParameterizedTest
        @MethodSource("values")
        void are_the_same_in_a_buffer_that_has_to_grow(ValueWriter writer) throws IOException {
            byte[] expected = StrictJson.value(MAPPER, writer);
            for (int room = 0; room < 40; room++) {
                Plaintext grown = new Plaintext(new byte[room]);
                StrictGenerator json = new StrictGenerator(grown, new UniqueNames(), MAPPER, 1);

                writer.write(json);
                json.finish();

                assertThat(grown.toBytes()).as("from %d bytes on", room).isEqualTo(expected);
            }
        }
    }

    @Nested
    class Values_that_nobody_could_read {
        static Stream<Named<ValueWriter>> values() {
            return Stream.of(
                    named("no value", out -> {}),
                    named("two values", out -> {
                        out.writeNumber(1);
                        out.writeNumber(2);
                    }),
                    named("a name twice", out -> {
                        out.writeStartObject();
                        out.writeNumberField("a", 1);
                        out.writeFieldName(new SerializedString("a"));
                        out.writeNumber(2);
                        out.writeEndObject();
                    }),
                    named("the last of many names twice", out -> {
                        out.writeStartObject();
                        for (String name : numbered(100).keySet()) {
                            out.writeNumberField(name, 1);
                        }
                        out.writeNumberField("n99", 2);
                        out.writeEndObject();
                    }),
                    named("the first of many names twice", out -> {
                        out.writeStartObject();
                        for (String name : numbered(100).keySet()) {
                            out.writeNumberField(name, 1);
                        }
                        out.writeNumberField("n0", 2);
                        out.writeEndObject();
                    }),
                    named("a name without a value", out -> {
                        out.writeStartObject();
                        out.writeFieldName("a");
                        out.writeEndObject();
                    }),
                    named("a raw value that is none", out -> out.writeRawValue("1 2")),
                    named("raw members", out -> out.writeRawValue("1,\"w\":2")),
                    named("raw text around", out -> {
                        out.writeNumber(1);
                        out.writeRaw("}{");
                    }),
                    named("half a character in a name", out -> {
                        out.writeStartObject();
                        out.writeNumberField("\ud800", 1);
                        out.writeEndObject();
                    }),
                    named("a long name", out -> {
                        out.writeStartObject();
                        out.writeNumberField("n".repeat(1025), 1);
                        out.writeEndObject();
                    }),
                    named("a long name of many bytes", out -> {
                        out.writeStartObject();
                        out.writeNumberField("\u00e9".repeat(513), 1);
                        out.writeEndObject();
                    }),
                    named("a long constant name", out -> {
                        out.writeStartObject();
                        out.writeFieldName(new SerializedString("n".repeat(1025)));
                        out.writeNumber(1);
                        out.writeEndObject();
                    }),
                    named("a value without a name", out -> {
                        out.writeStartObject();
                        out.writeNumber(1);
                        out.writeEndObject();
                    }),
                    named("two names", out -> {
                        out.writeStartObject();
                        out.writeFieldName("a");
                        out.writeFieldName("b");
                        out.writeNumber(1);
                        out.writeEndObject();
                    }),
                    named("a name in an array", out -> {
                        out.writeStartArray();
                        out.writeFieldName("a");
                        out.writeEndArray();
                    }),
                    named("an array that ends as an object", out -> {
                        out.writeStartArray();
                        out.writeEndObject();
                    }),
                    named("an object that ends as an array", out -> {
                        out.writeStartObject();
                        out.writeEndArray();
                    }),
                    named("an array that does not end", JsonGenerator::writeStartArray),
                    named("no number as text", out -> out.writeNumber("x")),
                    named("half a character in a raw text", out -> out.writeRawValue("\"\ud800\"")),
                    named("half a raw character", inRawText(out -> out.writeRaw('\ud800'))),
                    named("what is not UTF-8", out -> out.writeUTF8String(new byte[] {(byte) 0xC0, (byte) 0x80}, 0, 2)),
                    named("raw text that is not UTF-8", out -> out.writeRawUTF8String(new byte[] {(byte) 0xFF}, 0, 1)),
                    named("a text that ends too early", out -> out.writeString(new StringReader("abc"), 4)),
                    named("bytes that end too early", out -> out.writeBinary(new ByteArrayInputStream(utf8("abc")), 4)),
                    named("a long number", out -> out.writeNumber(new BigDecimal("1".repeat(65)))),
                    named(
                            "part of a raw text that is half a character",
                            inRawText(out -> out.writeRaw("-\ud800-", 1, 1))),
                    named(
                            "half a character among raw ones",
                            inRawText(out -> out.writeRaw(new char[] {'\ud800'}, 0, 1))),
                    named("64 arrays and the claims", out -> nested(out, 64)));
        }

        private static ValueWriter inRawText(ValueWriter writer) {
            return out -> {
                out.writeRawValue("\"");
                writer.write(out);
                out.writeRaw('"');
            };
        }

        @ParameterizedTest
        @MethodSource("values")
        void are_refused(ValueWriter writer) {
            assertThatThrownBy(() -> StrictJson.value(MAPPER, writer)).isInstanceOf(IOException.class);
        }
    }

    @Nested
    class A_writer_that_goes_on_after_a_refusal {
        private static void swallowed(ValueWriter writer, JsonGenerator out) {
            assertThatThrownBy(() -> writer.write(out)).isInstanceOf(Exception.class);
        }

        @Test
        void leaves_no_half_of_a_name() {
            assertThatThrownBy(() -> StrictJson.value(MAPPER, out -> {
                        out.writeStartObject();
                        swallowed(again -> again.writeFieldName("a\ud800"), out);
                        out.writeNumber(1);
                        out.writeEndObject();
                    }))
                    .isInstanceOf(IOException.class);
        }

        @Test
        void leaves_no_value_without_its_long_name() {
            assertThatThrownBy(() -> StrictJson.value(MAPPER, out -> {
                        out.writeStartObject();
                        swallowed(again -> again.writeFieldName("n".repeat(1025)), out);
                        out.writeNumber(1);
                        out.writeEndObject();
                    }))
                    .isInstanceOf(IOException.class);
        }

        @Test
        void leaves_no_half_of_its_bytes() throws IOException {
            byte[] json = StrictJson.value(MAPPER, out -> {
                out.writeStartArray();
                swallowed(again -> again.writeBinary(new byte[1], 0, 3), out);
                out.writeEndArray();
            });

            assertThat(json).isEqualTo(utf8("[]"));
        }
    }

    @Test
    void what_needs_no_escape_has_none() throws IOException {
        String text = " !#[]~\u007f\u0080\u00ff\u0100\u07ff\u0800\ud7ff\ue000\uffff\ud800\udc00\udbff\udfff";

        byte[] json = StrictJson.value(MAPPER, out -> out.writeString(text));

        assertThat(json).isEqualTo(utf8('"' + text + '"'));
    }

    @Test
    void it_tells_serializers_where_they_are() throws IOException {
        Object owner = new Object();
        byte[] unused = StrictJson.value(MAPPER, out -> {
            assertThat(out.getOutputContext().inRoot()).isTrue();
            out.writeStartObject(owner);
            out.writeFieldName("a");
            assertThat(out.currentValue()).isSameAs(owner);
            assertThat(out.getOutputContext().pathAsPointer()).hasToString("/a");
            out.writeStartArray();
            assertThat(out.getOutputContext().inArray()).isTrue();
            out.writeEndArray();
            out.writeEndObject();
        });
    }

    @Test
    void it_tells_how_many_bytes_it_read() throws IOException {
        byte[] unused = StrictJson.value(MAPPER, out -> {
            out.writeStartArray();
            assertThat(out.writeBinary(new ByteArrayInputStream(utf8("abc")), 2))
                    .isEqualTo(2);
            assertThat(out.writeBinary(new ByteArrayInputStream(utf8("abc")), -1))
                    .isEqualTo(3);
            out.writeEndArray();
        });
    }

    @Test
    void claims_that_do_not_end_are_refused() {
        assertThatThrownBy(() -> StrictJson.write(new Plaintext(), new UniqueNames(), JsonGenerator::writeStartObject))
                .isInstanceOf(IOException.class);
    }

    @Test
    void a_place_in_which_claims_broke_off_is_as_good_as_new() throws IOException {
        UniqueNames place = new UniqueNames();
        for (int i = 0; i < 3; i++) {
            assertThatThrownBy(() -> StrictJson.write(new Plaintext(), place, out -> {
                        out.writeStartObject();
                        out.writeFieldName("a");
                        out.writeStartObject();
                        out.writeNullField("b");
                        out.writeNullField("b");
                    }))
                    .isInstanceOf(IOException.class);
            Plaintext claims = new Plaintext();
            StrictJson.write(claims, place, out -> {
                out.writeStartObject();
                out.writeFieldName("a");
                out.writeStartObject();
                out.writeNullField("b");
                out.writeNullField("a");
                out.writeEndObject();
                out.writeEndObject();
            });
            assertThat(claims.toBytes()).asString().isEqualTo("{\"a\":{\"b\":null,\"a\":null}}");
        }
    }

    @Test
    void a_place_keeps_neither_names_nor_values_of_claims() throws IOException {
        UniqueNames place = new UniqueNames();
        List<JsonStreamContext> contexts = new ArrayList<>();
        ClaimsWriter claims = out -> {
            out.writeStartObject();
            contexts.add(out.getOutputContext());
            out.assignCurrentValue("of hers");
            out.writeFieldName("secret");
        };
        StrictJson.write(new Plaintext(), place, out -> {
            claims.write(out);
            out.writeNull();
            out.writeEndObject();
        });
        assertThatThrownBy(() -> StrictJson.write(new Plaintext(), place, claims))
                .isInstanceOf(IOException.class);

        assertThat(contexts).hasSize(2).allSatisfy(context -> {
            assertThat(context.getCurrentName()).isNull();
            assertThat(context.getCurrentValue()).isNull();
        });
    }

    @Test
    void a_number_with_a_text_of_its_own_is_read_again() {
        BigDecimal odd = new BigDecimal("1") {
            @Override
            public String toString() {
                return "1,2";
            }
        };

        assertThatThrownBy(() -> StrictJson.value(MAPPER, out -> out.writeNumber(odd)))
                .isInstanceOf(IOException.class);
    }

    @Test
    void a_generator_that_was_kept_reaches_no_later_value() throws IOException {
        List<JsonGenerator> kept = new ArrayList<>();
        byte[] unused = StrictJson.value(MAPPER, out -> {
            out.writeStartArray();
            out.writeEndArray();
            kept.add(out);
        });

        byte[] later = StrictJson.value(MAPPER, out -> {
            out.writeString("later");
            kept.get(0).writeRaw("somebody else's");
        });

        assertThat(later).isEqualTo(utf8("\"later\""));
    }

    @Test
    void a_value_is_written_while_another_one_is() throws IOException {
        byte[] outer = StrictJson.value(MAPPER, out -> {
            out.writeStartArray();
            out.writeString("before");
            byte[] inner = StrictJson.value(MAPPER, within -> within.writeString("within it, and longer"));
            assertThat(inner).isEqualTo(utf8("\"within it, and longer\""));
            out.writeString("after");
            out.writeEndArray();
        });

        assertThat(outer).isEqualTo(utf8("[\"before\",\"after\"]"));
    }

    @Test
    void it_keeps_and_refuses_what_jackson_and_a_reader_would() throws IOException {
        long seed = new Random().nextLong();
        Random random = new Random(seed);
        int kept = 0;
        int refused = 0;
        for (int i = 0; i < 20_000; i++) {
            long value = random.nextLong();
            ValueWriter writer = out -> anything(out, new Random(value), 0);
            byte[] expected = null;
            try {
                expected = byJackson(writer);
                StrictJson.requireReadable(expected);
            } catch (IOException unfit) {
                expected = null;
            }
            byte[] json = null;
            try {
                json = StrictJson.value(MAPPER, writer);
            } catch (IOException unfit) {
                refused++;
            }
            assertThat(json == null).as("seed %d, value %d", seed, value).isEqualTo(expected == null);
            if (json != null && expected != null) {
                assertKept(json, expected);
                kept++;
            }
        }
        assertThat(kept).isGreaterThan(10_000);
        assertThat(refused).isGreaterThan(50);
    }

    private static void anything(JsonGenerator out, Random random, int depth) throws IOException {
        switch (random.nextInt(depth > 6 ? 8 : 13)) {
            case 0 -> out.writeNumber(random.nextLong());
            case 1 -> out.writeNumber(Double.longBitsToDouble(random.nextLong()));
            case 2 -> out.writeNumber(Float.intBitsToFloat(random.nextInt()));
            case 3, 4 -> out.writeString(text(random));
            case 5 -> out.writeBoolean(random.nextBoolean());
            case 6 -> out.writeRawValue(random.nextInt(8) == 0 ? "1 2" : "[ 1 ]");
            case 7 -> out.writeArray(new String[] {text(random)}, 0, 1);
            case 8, 9 -> {
                out.writeStartArray();
                for (int i = random.nextInt(4); i > 0; i--) {
                    anything(out, random, depth + 1);
                }
                out.writeEndArray();
            }
            default -> {
                out.writeStartObject();
                for (int i = random.nextInt(4); i > 0; i--) {
                    out.writeFieldName(random.nextInt(40) == 0 ? text(random) : "m" + random.nextInt(12));
                    if (random.nextInt(200) > 0) {
                        anything(out, random, depth + 1);
                    }
                }
                out.writeEndObject();
            }
        }
    }

    private static String text(Random random) {
        return random.ints(random.nextInt(5), 0, 0x10000)
                .mapToObj(c -> String.valueOf((char) (random.nextBoolean() ? c : c % 0x100)))
                .collect(Collectors.joining());
    }
}
