package dev.signet.token;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.core.io.SerializedString;
import com.fasterxml.jackson.core.util.JsonGeneratorDelegate;
import com.fasterxml.jackson.databind.json.JsonMapper;
import dev.signet.token.StrictJson.ValueWriter;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.lang.reflect.Method;
import java.math.BigDecimal;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Named;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class StrictGeneratorTest {
    private static final JsonMapper MAPPER = new JsonMapper();

    /** What was written, and whether it claims to be plain. */
    private record Written(boolean plain, byte[] json) {
        static Written by(ValueWriter writer) throws IOException {
            ByteArrayOutputStream bytes = new ByteArrayOutputStream();
            StrictGenerator generator = new StrictGenerator(MAPPER.createGenerator(bytes));
            writer.write(generator);
            boolean plain = generator.isPlain();
            generator.close();
            return new Written(plain, bytes.toByteArray());
        }
    }

    private static Named<ValueWriter> named(String name, ValueWriter writer) {
        return Named.of(name, writer);
    }

    @Nested
    class Values_that_everybody_writes {
        static Stream<Named<ValueWriter>> values() {
            return Stream.of(
                    named("a text", out -> out.writeString("é \ud83d\ude00 \u0000 \" \ud800")),
                    named("nothing", JsonGenerator::writeNull),
                    named("a number", out -> out.writeNumber(-1.5e300)),
                    named("bytes", out -> out.writeBinary(new byte[] {1, 2, 3})),
                    named("numbers", out -> out.writeArray(new int[] {1, 2}, 0, 2)),
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
        void need_not_be_read(ValueWriter writer) throws IOException {
            Written written = Written.by(writer);

            assertThat(written.plain()).isTrue();
            assertThatCode(() -> StrictJson.requireReadable(written.json())).doesNotThrowAnyException();
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
                    named("a long number", out -> out.writeNumber(new BigDecimal("1".repeat(65)))),
                    named("64 arrays and the claims", out -> {
                        for (int i = 0; i < 64; i++) {
                            out.writeStartArray();
                        }
                        for (int i = 0; i < 64; i++) {
                            out.writeEndArray();
                        }
                    }));
        }

        @ParameterizedTest
        @MethodSource("values")
        void are_refused(ValueWriter writer) {
            assertThatThrownBy(() -> StrictJson.value(MAPPER.getFactory(), writer))
                    .isInstanceOf(IOException.class);
        }
    }

    @Test
    void what_it_calls_plain_can_be_read_whatever_is_written() throws IOException {
        long seed = new Random().nextLong();
        Random random = new Random(seed);
        int plain = 0;
        int refused = 0;
        for (int i = 0; i < 20_000; i++) {
            Written written;
            try {
                written = Written.by(out -> anything(out, random, 0));
            } catch (IOException notWritten) {
                refused++;
                continue;
            }
            if (written.plain()) {
                plain++;
                assertThatCode(() -> StrictJson.requireReadable(written.json()))
                        .as("seed %d: %s", seed, new String(written.json(), StandardCharsets.UTF_8))
                        .doesNotThrowAnyException();
            }
        }
        assertThat(plain).isGreaterThan(5_000);
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

    /** An update of Jackson that brings another way to write has to be looked at. */
    @Test
    void it_knows_every_way_to_write() {
        Set<String> ways = Arrays.stream(JsonGeneratorDelegate.class.getDeclaredMethods())
                .map(Method::getName)
                .filter(name -> name.startsWith("write") || name.startsWith("copy"))
                .collect(Collectors.toCollection(TreeSet::new));

        assertThat(ways)
                .containsExactly(
                        "copyCurrentEvent",
                        "copyCurrentStructure",
                        "writeArray",
                        "writeBinary",
                        "writeBoolean",
                        "writeEmbeddedObject",
                        "writeEndArray",
                        "writeEndObject",
                        "writeFieldId",
                        "writeFieldName",
                        "writeNull",
                        "writeNumber",
                        "writeObject",
                        "writeObjectId",
                        "writeObjectRef",
                        "writeOmittedField",
                        "writePOJO",
                        "writeRaw",
                        "writeRawUTF8String",
                        "writeRawValue",
                        "writeStartArray",
                        "writeStartObject",
                        "writeString",
                        "writeTree",
                        "writeTypeId",
                        "writeUTF8String");
    }
}
