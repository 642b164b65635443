package dev.signet.token;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.core.StreamReadConstraints;
import com.fasterxml.jackson.core.StreamReadFeature;
import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The parser of token claims, held against Jackson's own with the rules of token format 1 around it. */
class StrictParserTest {
    private static final String REFUSED = "refused";

    /** Jackson's parser, which takes a second look for names, and looks at the bytes for all that it does not care about. */
    private static final JsonFactory JACKSON = JsonFactory.builder()
            .streamReadConstraints(StreamReadConstraints.builder()
                    .maxNestingDepth(64)
                    .maxNumberLength(64)
                    .maxNameLength(1024)
                    .build())
            .enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION)
            .disable(JsonFactory.Feature.CHARSET_DETECTION)
            .build();

    private static String told(byte[] json) {
        try {
            return StrictJson.read(json, json.length, (in, source) -> events(in));
        } catch (IOException refused) {
            return REFUSED;
        }
    }

    private static String toldByJackson(byte[] json) {
        try {
            StandardCharsets.UTF_8.newDecoder().decode(ByteBuffer.wrap(json));
        } catch (CharacterCodingException notUtf8) {
            return REFUSED;
        }
        for (byte b : json) {
            if (b >= 0 && b < ' ') {
                return REFUSED;
            }
        }
        if (json.length == 0 || json[0] != '{') {
            return REFUSED;
        }
        try (JsonParser in = JACKSON.createParser(json)) {
            String events = events(in);
            return in.nextToken() == null ? events : REFUSED;
        } catch (IOException refused) {
            return REFUSED;
        }
    }

    /** Everything that can be asked of the first value. */
    private static String events(JsonParser in) throws IOException {
        StringBuilder events = new StringBuilder();
        int depth = 0;
        do {
            JsonToken token = in.nextToken();
            if (token == null) {
                throw new IOException("ended");
            }
            depth += token.isStructStart() ? 1 : token.isStructEnd() ? -1 : 0;
            events.append(depth).append(token).append(' ').append(in.currentName());
            events.append(' ').append(in.getText()).append(' ').append(in.getTextLength());
            events.append(' ').append(in.getTextCharacters(), in.getTextOffset(), in.getTextLength());
            events.append(' ')
                    .append(in.getValueAsString())
                    .append(' ')
                    .append(in.getParsingContext().pathAsPointer());
            if (token.isNumeric()) {
                events.append(numbers(in));
            }
        } while (depth > 0);
        return events.toString();
    }

    private static String numbers(JsonParser in) throws IOException {
        List<Object> numbers = new ArrayList<>(List.of(in.getNumberType(), in.isNaN()));
        numbers.add(orRefused(in::getNumberValue));
        numbers.add(orRefused(in::getDoubleValue));
        numbers.add(orRefused(in::getFloatValue));
        numbers.add(orRefused(in::getDecimalValue));
        numbers.add(orRefused(in::getIntValue));
        numbers.add(orRefused(in::getLongValue));
        numbers.add(orRefused(in::getBigIntegerValue));
        numbers.add(in.getNumberType());
        return numbers.toString();
    }

    private interface Asked {
        Object answer() throws IOException;
    }

    private static Object orRefused(Asked asked) {
        try {
            return asked.answer();
        } catch (IOException | NumberFormatException outOfRange) {
            return outOfRange.getClass();
        }
    }

    private static void assertSame(byte[] json, String where) {
        String told = told(json);
        String toldByJackson = toldByJackson(json);
        if (!told.equals(toldByJackson)) {
            assertThat(told)
                    .as("%s: %s", where, new String(json, StandardCharsets.UTF_8))
                    .isEqualTo(toldByJackson);
        }
    }

    /** JSON of every form, often with names that were there before. */
    private static void write(Random random, StringBuilder out, int depth) {
        switch (random.nextInt(depth > 5 ? 4 : 7)) {
            case 0 -> out.append(pick(random, "true", "false", "null", "tru", "nul", "truefalse"));
            case 1 -> number(random, out);
            case 2, 3 -> text(random, out);
            case 4 -> {
                out.append('[');
                for (int i = random.nextInt(4); i > 0; i--) {
                    spaced(random, out, () -> write(random, out, depth + 1));
                    out.append(i > 1 ? "," : "");
                }
                out.append(']');
            }
            default -> object(random, out, depth);
        }
    }

    private static void object(Random random, StringBuilder out, int depth) {
        out.append('{');
        for (int i = random.nextInt(6); i > 0; i--) {
            spaced(random, out, () -> text(random, out));
            out.append(':');
            spaced(random, out, () -> write(random, out, depth + 1));
            out.append(i > 1 ? "," : "");
        }
        out.append('}');
    }

    private static void spaced(Random random, StringBuilder out, Runnable writing) {
        out.append(" ".repeat(Math.max(0, random.nextInt(12) - 9)));
        writing.run();
        out.append(" ".repeat(Math.max(0, random.nextInt(12) - 9)));
    }

    private static void number(Random random, StringBuilder out) {
        switch (random.nextInt(6)) {
            case 0 -> out.append(random.nextInt(100));
            case 1 -> out.append(random.nextLong());
            case 2 -> out.append(random.nextDouble());
            case 3 ->
                out.append(random.nextInt())
                        .append(pick(random, "e", "E", "e+", "E-", ".e", ".0e1"))
                        .append(random.nextInt(40));
            case 4 -> out.append(pick(random, "-0", "0.0", "-", "01", "1.", ".5", "+1", "-00", "1e", "0x1", "NaN"));
            default -> random.ints(random.nextInt(70), '0', ':').forEach(digit -> out.append((char) digit));
        }
    }

    private static void text(Random random, StringBuilder out) {
        out.append('"');
        for (int i = random.nextInt(random.nextInt(20) + 1); i > 0; i--) {
            switch (random.nextInt(20)) {
                case 0 ->
                    out.append(pick(random, "\\n", "\\\"", "\\\\", "\\/", "\\u0041", "\\uD83D\\uDE00", "\\ud800"));
                case 1 -> out.append(pick(random, "é", "€", "😀", "\u007f", "\u2028", "\ufffd", "\ufeff", "\u0080"));
                case 2 -> out.append(pick(random, "\\x", "\\u12", "\\u12g4", "\u0000", "\n", "'", "\\"));
                default -> out.append((char) ('a' + random.nextInt(3)));
            }
        }
        out.append('"');
    }

    private static String pick(Random random, String... some) {
        return some[random.nextInt(some.length)];
    }

    private static byte[] changed(Random random, byte[] json) {
        byte[] changed = json.clone();
        for (int i = random.nextInt(3); i >= 0 && changed.length > 0; i--) {
            int at = random.nextInt(changed.length);
            byte other = random.nextBoolean()
                    ? (byte) "{}[]:,\"\\ 0-.eEtn\t".charAt(random.nextInt(17))
                    : (byte) random.nextInt(256);
            switch (random.nextInt(4)) {
                case 0 -> changed[at] = other;
                case 1 -> changed = Arrays.copyOf(changed, at);
                case 2 -> {
                    changed = Arrays.copyOf(changed, changed.length + 1);
                    System.arraycopy(changed, at, changed, at + 1, changed.length - at - 1);
                    changed[at] = other;
                }
                default -> {
                    System.arraycopy(changed, at + 1, changed, at, changed.length - at - 1);
                    changed = Arrays.copyOf(changed, changed.length - 1);
                }
            }
        }
        return changed;
    }

    @Nested
    class Beside_jackson {

        @Test
        void it_tells_the_same_of_random_json() {
            Random random = new Random(21);
            int told = 0;
            for (int round = 0; round < 10_000; round++) {
                StringBuilder json = new StringBuilder();
                object(random, json, 0);
                byte[] bytes = json.toString().getBytes(StandardCharsets.UTF_8);
                assertSame(bytes, "seed 21, round " + round);
                told += told(bytes).equals(REFUSED) ? 0 : 1;
            }
            assertThat(told).isBetween(2_000, 9_500);
        }

        @Test
        void it_tells_the_same_of_fine_json_with_bytes_changed() {
            Random random = new Random(22);
            int told = 0;
            for (int round = 0; round < 3_000; round++) {
                byte[] fine = Trees.random(random).toString().getBytes(StandardCharsets.UTF_8);
                assertSame(fine, "seed 22, round " + round);
                for (int change = 0; change < 8; change++) {
                    byte[] changed = changed(random, fine);
                    assertSame(changed, "seed 22, round " + round + ", changed");
                    told += told(changed).equals(REFUSED) ? 0 : 1;
                }
            }
            assertThat(told).isBetween(1_000, 20_000);
        }

        @Test
        void it_tells_the_same_of_every_byte_at_every_place() {
            byte[] fine = "{\"a\":[-1,2.5e3,\"x\\ny\",true],\"\\u0062\":{\"é\":null}, \"c\":1234567890123456789}"
                    .getBytes(StandardCharsets.UTF_8);
            for (int at = 0; at < fine.length; at++) {
                for (int b = 0; b < 256; b++) {
                    byte[] changed = fine.clone();
                    changed[at] = (byte) b;
                    assertSame(changed, "byte " + b + " at " + at);
                }
                assertSame(Arrays.copyOf(fine, at), "cut at " + at);
            }
        }

        @Test
        void it_makes_the_same_trees() throws IOException {
            Random random = new Random(23);
            for (int round = 0; round < 1_000; round++) {
                byte[] json = Trees.random(random).toString().getBytes(StandardCharsets.UTF_8);
                JsonNode tree = StrictJson.read(json, json.length, Trees::read);
                assertThat(tree).as("seed 23, round %d", round).isEqualTo(Trees.JSON.readTree(json));
            }
        }

        @ParameterizedTest
        @ValueSource(
                strings = {
                    "{\"a\":1,\"a\":2}",
                    "{\"\":1,\"\":2}",
                    "{\"a\":1,\"\\u0061\":2}",
                    "{\"é\":1,\"\\u00e9\":2}",
                    "{\"Aa\":1,\"BB\":2}",
                    "{\"AaAa\":1,\"BBBB\":2,\"AaBB\":3,\"BBAa\":4,\"AaAa\":5}",
                    "{\"a\":{\"a\":1},\"b\":{\"a\":1}}",
                    "{\"a\":[{\"a\":1},{\"a\":1,\"a\":2}]}",
                    "{\"a23456789012345\":1,\"a23456789012345\":1}",
                    "{\"a2345678901234567890\":1,\"a2345678901234567890\":1}",
                    "{\"a2345678\":1,\"a23456789\":1,\"a234567\":1}",
                    "{\"a\":1e1000,\"b\":-1e-1000,\"c\":9223372036854775808,\"d\":-9223372036854775808}",
                    "{\"a\":12345678901234567890123456789012345678901234567890123456789012345}",
                })
        void it_tells_the_same_of(String json) {
            assertSame(json.getBytes(StandardCharsets.UTF_8), "");
        }

        @ParameterizedTest
        @ValueSource(ints = {62, 63, 64, 65, 500})
        void it_goes_as_deep(int depth) {
            assertSame(("{\"a\":" + "[".repeat(depth) + "]".repeat(depth) + "}").getBytes(StandardCharsets.UTF_8), "");
            assertSame(("{\"a\":".repeat(depth) + "1" + "}".repeat(depth)).getBytes(StandardCharsets.UTF_8), "objects");
        }

        @ParameterizedTest
        @ValueSource(ints = {1, 15, 16, 31, 32, 33, 1023, 1024, 1025})
        void it_takes_names_as_long(int length) {
            assertSame(("{\"" + "n".repeat(length) + "\":1}").getBytes(StandardCharsets.UTF_8), "");
            assertSame(("{\"" + "n".repeat(length - 1) + "\\u006e\":1}").getBytes(StandardCharsets.UTF_8), "escaped");
        }

        @ParameterizedTest
        @ValueSource(ints = {63, 64, 65})
        void it_takes_numbers_as_long(int digits) {
            assertSame(("{\"a\":" + "9".repeat(digits) + "}").getBytes(StandardCharsets.UTF_8), "");
            assertSame(("{\"a\":-" + "9".repeat(digits) + "}").getBytes(StandardCharsets.UTF_8), "");
            assertSame(("{\"a\":1." + "9".repeat(digits - 1) + "}").getBytes(StandardCharsets.UTF_8), "");
        }

        @Test
        void it_takes_objects_with_as_many_names() {
            StringBuilder json = new StringBuilder("{");
            for (int i = 0; i < 400; i++) {
                json.append("\"n").append(i).append("\":").append(i).append(',');
            }
            assertSame((json + "\"x\":1}").getBytes(StandardCharsets.UTF_8), "all different");
            assertSame((json + "\"n7\":1}").getBytes(StandardCharsets.UTF_8), "one twice");
        }
    }

    @Nested
    class Where_a_value_stands {

        @Test
        void is_told_in_bytes() throws IOException {
            byte[] json = "{\"é\": [1, \"é\" ] , \"b\":\"x\\n\",\"c\":-12.5 }".getBytes(StandardCharsets.UTF_8);
            List<String> values = new ArrayList<>();
            StrictJson.read(json, json.length, (in, source) -> {
                in.nextToken();
                while (in.nextFieldName() != null) {
                    in.nextToken();
                    int from = (int) in.currentTokenLocation().getByteOffset();
                    assertThat(in.currentTokenLocation().getColumnNr()).isEqualTo(from + 1);
                    in.skipChildren();
                    int to = (int) in.currentLocation().getByteOffset();
                    values.add(new String(source, from, to - from, StandardCharsets.UTF_8));
                }
                return values;
            });

            assertThat(values).containsExactly("[1, \"é\" ]", "\"x\\n\"", "-12.5");
        }
    }

    @Test
    void reads_nothing_more_for_somebody_who_kept_it() {
        byte[] json = "{\"a\":1,\"b\":2}".getBytes(StandardCharsets.UTF_8);
        JsonParser[] kept = {null};
        assertThatThrownBy(() -> StrictJson.read(json, json.length, (in, source) -> {
                    kept[0] = in;
                    in.nextToken();
                    throw new IOException("enough");
                }))
                .hasMessage("enough");

        assertThatThrownBy(() -> kept[0].nextToken()).isInstanceOf(InvalidClaims.class);
    }

    @Test
    void says_nothing_more_of_what_it_stood_on() throws IOException {
        byte[] json = "{\"a\":\"secret\"}".getBytes(StandardCharsets.UTF_8);
        JsonParser[] kept = {null};
        assertThatThrownBy(() -> StrictJson.read(json, json.length, (in, source) -> {
                    kept[0] = in;
                    in.nextToken();
                    in.nextToken();
                    in.nextToken();
                    throw new IOException("enough");
                }))
                .hasMessage("enough");

        assertThat(kept[0].getText()).isEmpty();
    }

    @Nested
    class The_next_name {

        private static List<Object> names(String json) throws IOException {
            return StrictJson.read(json.getBytes(StandardCharsets.UTF_8), json.length(), (in, source) -> {
                List<Object> seen = new ArrayList<>();
                do {
                    seen.add(String.valueOf(in.nextFieldName()));
                    seen.add(in.currentToken());
                } while (!in.getParsingContext().inRoot());
                return seen;
            });
        }

        @Test
        void is_none_where_a_value_stands() throws IOException {
            assertThat(names("{\"a\":[1]}"))
                    .containsExactly(
                            "null",
                            JsonToken.START_OBJECT,
                            "a",
                            JsonToken.FIELD_NAME,
                            "null",
                            JsonToken.START_ARRAY,
                            "null",
                            JsonToken.VALUE_NUMBER_INT,
                            "null",
                            JsonToken.END_ARRAY,
                            "null",
                            JsonToken.END_OBJECT);
        }

        @Test
        void is_told_however_it_was_asked_for_the_object() throws IOException {
            String name = StrictJson.readValue("[{\"a\":1}]".getBytes(StandardCharsets.UTF_8), in -> {
                String inArray = in.nextFieldName();
                String inObject = in.nextFieldName();
                String unused = in.nextFieldName();
                in.nextToken();
                in.nextToken();
                return inArray + inObject;
            });

            assertThat(name).isEqualTo("nulla");
        }
    }

    @Nested
    class After_the_claims {

        @ParameterizedTest
        @ValueSource(strings = {"{}", "{} ", "{\"a\":1}   "})
        void spaces_may_follow(String json) {
            assertThat(told(json.getBytes(StandardCharsets.UTF_8))).isNotEqualTo(REFUSED);
        }

        @ParameterizedTest
        @ValueSource(strings = {"{}x", "{} x", "{} {}", "{}\n", "{}}", "{},"})
        void nothing_else_may(String json) {
            assertThat(told(json.getBytes(StandardCharsets.UTF_8))).isEqualTo(REFUSED);
        }
    }

    @Nested
    class A_value_by_itself {

        @ParameterizedTest
        @ValueSource(strings = {"1", "-0", "null", "true", "false", "1.5", "1e3", "\"\"", "[]", "{}", "1 "})
        void is_read_to_the_last_byte(String json) throws IOException {
            byte[] bytes = json.getBytes(StandardCharsets.UTF_8);

            JsonNode value = StrictJson.readValue(bytes, in -> {
                in.setCodec(Trees.JSON);
                assertThat(in.getCodec()).isSameAs(Trees.JSON);
                assertThat(in.hasTextCharacters()).isFalse();
                return Trees.JSON.readTree(in);
            });

            assertThat(value).isEqualTo(Trees.JSON.readTree(bytes));
        }

        @ParameterizedTest
        @ValueSource(
                strings = {"1", "-0", "\"\"", "null", "true", "[]", "{\"a\":[{}]}", " [1, 2] ", "1.5e3", "\"\\n\""})
        void is_readable(String json) throws IOException {
            StrictJson.requireReadable(json.getBytes(StandardCharsets.UTF_8));
        }

        @ParameterizedTest
        @ValueSource(
                strings = {
                    "",
                    " ",
                    "1 2",
                    "[]]",
                    "{",
                    "{\"a\":1,\"a\":1}",
                    "\"",
                    "tru",
                    "[1,]",
                    "[,1]",
                    "{\"a\"}",
                    "\n1",
                    "1x"
                })
        void is_not(String json) {
            assertThatThrownBy(() -> StrictJson.requireReadable(json.getBytes(StandardCharsets.UTF_8)))
                    .isInstanceOf(IOException.class);
        }
    }
}
