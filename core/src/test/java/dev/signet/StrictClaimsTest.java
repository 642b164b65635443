package dev.signet;

import static dev.signet.VerificationAssert.assertThat;
import static org.assertj.core.api.Assertions.assertThat;

import dev.signet.Verification.Cause;
import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What somebody who has the key may still not say: claims that authenticate and are not token format 1. */
class StrictClaimsTest {
    private static final Instant NOW = MovableClock.NOON;
    private static final long T = NOW.getEpochSecond();
    private static final String SID = "AAAAAAAAAAAAAAAAAAAAAA";
    private static final Forge FORGE = Forge.at(NOW);

    private final Sessions sessions =
            Sessions.with(TestKeys.ring()).clock(new MovableClock(NOW)).build();

    private static Map<String, String> members() {
        Map<String, String> members = new LinkedHashMap<>();
        members.put("sid", "\"" + SID + "\"");
        members.put("sub", "\"ada\"");
        members.put("st", "" + T);
        members.put("iat", "" + T);
        members.put("exp", "" + (T + 1800));
        members.put("end", "" + (T + 43_200));
        members.put("seq", "5");
        return members;
    }

    private static String json(Map<String, String> members) {
        return members.entrySet().stream()
                .map(member -> "\"" + member.getKey() + "\":" + member.getValue())
                .collect(Collectors.joining(",", "{", "}"));
    }

    private static String with(String name, String value) {
        Map<String, String> members = members();
        members.put(name, value);
        return json(members);
    }

    private static String without(String name) {
        Map<String, String> members = members();
        members.remove(name);
        return json(members);
    }

    private static String plus(String further) {
        return json(members()).replaceAll("}$", "," + further.replace("\\", "\\\\") + "}");
    }

    private Verification verify(String claims) {
        return sessions.verify(FORGE.ticket(claims));
    }

    private Verification verify(byte[] claims) {
        return sessions.verify(FORGE.seal("st1+jwt", "", claims));
    }

    private void assertAccepted(String claims) {
        assertThat(verify(claims)).isActive();
    }

    private void assertRefused(String claims) {
        assertThat(verify(claims)).isInvalid(Cause.CLAIMS);
    }

    @Nested
    class A_ticket_in_the_format {

        @Test
        void is_accepted() {
            Session session = assertThat(verify(json(members()))).isActiveFor("ada");

            assertThat(session.id()).isEqualTo(SID);
            assertThat(session.lifetime()).isEqualTo("default");
            assertThat(session.authenticatedAt()).isEqualTo(NOW);
        }

        @ParameterizedTest
        @CsvSource(
                delimiter = '|',
                quoteCharacter = '`',
                value = {
                    "sub  | \"\\u0061da\"",
                    "sub  | \"ädä 😀\"",
                    "lt   | \"kiosk\"",
                    "seq  | 0",
                    "seq  | 253402300799000",
                    "from | {\"v\":\"BBBBBBBBBBBBBBBBBBBBBA\",\"s\":[\"cart\"]}",
                    "app  | {\"roles\":[\"ADMIN\"],\"amr\":[\"pwd\"],\"tenant\":\"a\"}",
                    "app  | {}",
                })
        void may_vary_in(String name, String value) {
            assertAccepted(with(name, value));
        }

        @Test
        void may_name_its_members_in_any_order_and_with_spaces() {
            assertAccepted(json(members())
                    .replace("{\"sid\"", "{ \"seq\": 5 , \"sid\"")
                    .replace(",\"seq\":5}", " } "));
        }
    }

    @Nested
    @Keeps({"T4", "T12", "T13"})
    @Tries({23, 27, 34})
    class Members {

        @ParameterizedTest
        @ValueSource(strings = {"sid", "sub", "st", "iat", "exp", "end", "seq"})
        void are_required(String name) {
            assertRefused(without(name));
        }

        @ParameterizedTest
        @ValueSource(strings = {"sid", "sub", "st", "iat", "exp", "end", "seq", "auth_time", "lt", "from", "app"})
        void are_never_null_and_of_one_type_only(String name) {
            for (String value : new String[] {"null", "true", "false", "\"\"", "[]", "[1]", "1.0", "{\"a\":{}}"}) {
                assertThat(verify(with(name, value))).as("%s = %s", name, value).isInvalid(Cause.CLAIMS);
            }
        }

        @ParameterizedTest
        @ValueSource(
                strings = {
                    "\"x\":1",
                    "\"SID\":\"" + SID + "\"",
                    "\"nbf\":0",
                    "\"iss\":\"me\"",
                    "\"aud\":\"me\"",
                    "\"data\":{}",
                    "\"\":1",
                    "\"sub \":\"bob\"",
                    "\"role\":\"ADMIN\"",
                    "\"from\":{\"v\":\"" + SID + "\",\"s\":[],\"x\":1}",
                    "\"from\":{\"s\":[\"cart\"]}",
                    "\"from\":{\"v\":\"short\",\"s\":[]}",
                    "\"from\":{\"v\":\"" + SID + "\",\"s\":\"cart\"}",
                    "\"from\":{\"v\":\"" + SID + "\",\"s\":[\"a\",\"a\"]}",
                    "\"app\":{\"roles\":\"ADMIN\"}",
                    "\"app\":{\"roles\":[1]}",
                    "\"app\":{\"roles\":[[\"ADMIN\"]]}",
                    "\"app\":{\"roles\":[\"A\",\"A\"]}",
                    "\"app\":{\"roles\":[\"\"]}",
                    "\"app\":{\"tenant\":1}",
                    "\"app\":{\"tenant\":{}}",
                    "\"app\":{\"tenant\":\"\"}",
                })
        void are_known_and_made_as_they_are_written(String further) {
            assertRefused(plus(further));
        }

        @ParameterizedTest
        @ValueSource(
                strings = {
                    "\"sub\":\"ada\"",
                    "\"sub\":\"bob\"",
                    "\"\\u0073ub\":\"bob\"",
                    "\"s\\u0075b\":\"ada\"",
                    "\"exp\":9",
                    "\"\\u0065xp\":9",
                    "\"lt\":\"a\",\"lt\":\"a\"",
                    "\"app\":{\"tenant\":\"a\",\"tenant\":\"a\"}",
                    "\"app\":{\"tenant\":\"a\",\"\\u0074enant\":\"b\"}",
                    "\"app\":{},\"app\":{}",
                })
        void are_said_once_in_whatever_spelling(String again) {
            assertRefused(plus(again));
            assertRefused("{" + again + "," + json(members()).substring(1));
        }
    }

    @Nested
    @Keeps("T4")
    @Tries({27, 34, 35})
    class Times {

        @ParameterizedTest
        @ValueSource(strings = {"st", "iat", "exp", "end", "auth_time", "seq"})
        void are_plain_whole_numbers(String name) {
            for (String value : new String[] {
                "-1",
                "-0",
                "1.5",
                "1e10",
                "1E3",
                "1.0",
                "\"1\"",
                "01",
                "+1",
                "0x1",
                "NaN",
                "Infinity",
                "2147483648.0",
                "9223372036854775807",
                "9223372036854775808",
                "18446744073709551616",
                "18446746000000000",
                "253402300800000",
                "1e400",
                "9".repeat(60),
                "9".repeat(2000)
            }) {
                assertThat(verify(with(name, value))).as("%s = %s", name, value).isInvalid(Cause.CLAIMS);
            }
        }

        @ParameterizedTest
        @CsvSource({
            "exp, -1, of an idle deadline before its issue",
            "end, 1799, of an absolute deadline before the idle one",
            "st, 1, of a start after its issue",
            "auth_time, 1, of credentials checked after its issue",
            "end, 34560001, of a life longer than 400 days",
            "end, 253402300799, of an end in another age",
        })
        void are_in_order(String name, long fromNow, String of) {
            assertThat(verify(with(name, "" + (T + fromNow)))).as(of).isInvalid(Cause.CLAIMS);
        }

        @Test
        void may_be_equal_and_as_long_as_the_longest_lifetime() {
            assertAccepted(with("end", "" + (T + 1800)));
            assertAccepted(with("end", "" + (T + 34_560_000)));
            assertAccepted(with("auth_time", "" + T));
            assertAccepted(with("auth_time", "0"));
            assertThat(verify(with("exp", "" + T))).isExpired();
        }

        @Test
        void are_bounded_by_the_longest_lifetime_of_the_ring() {
            Lifetime day = Lifetime.of(Duration.ofHours(1), Duration.ofDays(1));
            Sessions shorter = Sessions.with(TestKeys.ring().withLongestLifetime(Duration.ofDays(1)))
                    .clock(new MovableClock(NOW))
                    .lifetime(day)
                    .remembered(day)
                    .build();

            assertThat(shorter.verify(FORGE.ticket(with("end", "" + (T + 86_400)))))
                    .isActive();
            assertThat(shorter.verify(FORGE.ticket(with("end", "" + (T + 86_401)))))
                    .isInvalid(Cause.CLAIMS);
        }
    }

    @Nested
    class Ids_and_texts {

        @ParameterizedTest
        @ValueSource(
                strings = {
                    "AAAAAAAAAAAAAAAAAAAAA",
                    "AAAAAAAAAAAAAAAAAAAAAAA",
                    "AAAAAAAAAAAAAAAAAAAAAB",
                    "AAAAAAAAAAAAAAAAAAAAA=",
                    "AAAAAAAAAAAAAAAAAAAA+A",
                    "AAAAAAAAAAAAAAAAAAAA A",
                    "AAAAAAAAAAAAAAAAAAAAéA",
                })
        void an_id_is_22_characters_of_canonical_base64url(String sid) {
            assertRefused(with("sid", "\"" + sid + "\""));
        }

        @Test
        void a_subject_has_at_most_255_characters() {
            assertAccepted(with("sub", "\"" + "é".repeat(255) + "\""));
            assertRefused(with("sub", "\"" + "é".repeat(256) + "\""));
        }

        @Test
        void a_lifetime_has_at_most_16_characters() {
            assertAccepted(with("lt", "\"" + "a".repeat(16) + "\""));
            assertRefused(with("lt", "\"" + "a".repeat(17) + "\""));
        }
    }

    @Nested
    @Keeps("S16")
    @Tries(16)
    class Kinds_of_people {

        @Test
        void a_visitor_has_no_subject_and_no_position() {
            String nobody = without("sub").replace(",\"seq\":5", "");

            assertThat(sessions.verifyVisitor(FORGE.visitor(nobody))).isActive();
            assertThat(sessions.verifyVisitor(FORGE.visitor(json(members())))).isInvalid(Cause.CLAIMS);
            assertThat(sessions.verifyVisitor(FORGE.visitor(without("sub")))).isInvalid(Cause.CLAIMS);
            assertThat(sessions.verifyVisitor(FORGE.visitor(without("seq")))).isInvalid(Cause.CLAIMS);
        }

        @Test
        void a_session_without_a_subject_is_nobody() {
            assertRefused(without("sub").replace(",\"seq\":5", ""));
        }
    }

    @Nested
    @Keeps("T12")
    @Tries({13, 23, 24, 25})
    class Texts_that_are_not_one_json_object {
        private static final String FINE = json(members());

        static Stream<String> texts() {
            return Stream.of(
                    "",
                    " ",
                    "null",
                    "true",
                    "1",
                    "\"text\"",
                    "[]",
                    "[" + FINE + "]",
                    " " + FINE,
                    "\ufeff" + FINE,
                    FINE + "x",
                    FINE + "{}",
                    FINE + FINE,
                    FINE + ",",
                    FINE + "\u0000",
                    FINE + "\n",
                    "{}" + FINE,
                    FINE + "//",
                    FINE.replace(",", ",/**/"),
                    FINE.replace("\"sub\"", "'sub'"),
                    FINE.replace("\"sub\"", "sub"),
                    FINE.replace("ada", "a\tda"),
                    FINE.replace("ada", "a\u0000da"),
                    FINE.replace("ada", "a\\xda"),
                    FINE.replace("ada", "a\\u00g1"),
                    FINE.replace(",", ",,"),
                    FINE.replace("}", ",}"),
                    FINE.replace("}", ""),
                    FINE.replace("\"sub\":", "\"sub\";"),
                    "{\"a\":".repeat(500),
                    "[".repeat(2000),
                    "{\"app\":" + "[".repeat(70) + "]".repeat(70) + "," + FINE.substring(1),
                    "{" + "\"x\":1,".repeat(300) + FINE.substring(1));
        }

        @ParameterizedTest
        @MethodSource("texts")
        void are_refused(String text) {
            assertRefused(text);
        }

        @Test
        void in_another_encoding_are_refused() {
            assertThat(verify(FINE.getBytes(StandardCharsets.UTF_16))).isInvalid(Cause.CLAIMS);
            assertThat(verify(FINE.getBytes(StandardCharsets.UTF_16LE))).isInvalid(Cause.CLAIMS);
            assertThat(verify(FINE.getBytes(StandardCharsets.UTF_16BE))).isInvalid(Cause.CLAIMS);
            assertThat(verify(with("sub", "\"adé\"").getBytes(StandardCharsets.ISO_8859_1)))
                    .isInvalid(Cause.CLAIMS);
        }

        @ParameterizedTest
        @ValueSource(
                strings = {
                    "C0 AF",
                    "C1 81",
                    "E0 80 AF",
                    "F0 80 80 AF",
                    "FF",
                    "FE",
                    "80",
                    "C3",
                    "E2 82",
                    "ED A0 80",
                    "ED B0 80",
                    "F4 90 80 80",
                    "F8 88 80 80 80",
                    "EF BB"
                })
        void in_broken_or_overlong_utf8_are_refused(String bytes) {
            ByteArrayOutputStream claims = new ByteArrayOutputStream();
            String[] halves = FINE.split("ada");
            claims.writeBytes(Forge.utf8(halves[0] + "ada"));
            for (String hex : bytes.split(" ")) {
                claims.write(Integer.parseInt(hex, 16));
            }
            claims.writeBytes(Forge.utf8(halves[1]));

            assertThat(verify(claims.toByteArray())).isInvalid(Cause.CLAIMS);
        }

        @Test
        void with_half_a_character_are_refused() {
            assertRefused(with("sub", "\"a\\ud800b\""));
            assertRefused(with("sub", "\"\\udc00\""));
        }
    }

    @Nested
    @Keeps("T12")
    @Tries({23, 24})
    class A_slot {
        private final Session ada = sessions.start("ada");

        private String claims(String further) {
            return "{\"sid\":\"" + ada.id() + "\",\"iat\":" + T + ",\"exp\":" + (T + 60) + further + "}";
        }

        private boolean opens(String claims) {
            return sessions.open("theme", FORGE.slot("theme", claims), ada).isPresent();
        }

        @Test
        void in_the_format_is_read() {
            assertThat(opens(claims(",\"data\":\"dark\""))).isTrue();
            assertThat(opens(claims(",\"ver\":7,\"data\":null"))).isTrue();
            assertThat(opens("{\"data\":[1, {\"a\" : 2}], " + claims("").substring(1)))
                    .isTrue();
        }

        @ParameterizedTest
        @ValueSource(
                strings = {
                    "",
                    ",\"data\":1,\"data\":1",
                    ",\"data\":{\"a\":1,\"a\":2}",
                    ",\"data\":[{\"a\":{\"b\":1,\"\\u0062\":2}}]",
                    ",\"data\":1,\"x\":1",
                    ",\"data\":1,\"ver\":-1",
                    ",\"data\":1,\"ver\":1.5",
                    ",\"data\":1,\"ver\":\"1\"",
                    ",\"data\":1,\"ver\":2147483648",
                    ",\"data\":1,\"sub\":\"ada\"",
                    ",\"data\":01",
                    ",\"data\":1}{",
                    ",\"data\":{",
                    ",\"data\":\"dark",
                    ",\"data\":'dark'",
                    ",\"data\":NaN",
                })
        void in_any_other_is_absent(String further) {
            assertThat(opens(claims(further))).isFalse();
        }

        @Test
        void needs_its_session_and_times() {
            assertThat(opens("{\"iat\":" + T + ",\"exp\":" + (T + 60) + ",\"data\":1}"))
                    .isFalse();
            assertThat(opens(claims(",\"data\":1").replace(",\"iat\":" + T, "")))
                    .isFalse();
            assertThat(opens(claims(",\"data\":1").replace(",\"exp\":" + (T + 60), "")))
                    .isFalse();
            assertThat(opens(claims(",\"data\":1").replace("\"exp\":" + (T + 60), "\"exp\":" + (T - 1))))
                    .isFalse();
        }
    }
}
