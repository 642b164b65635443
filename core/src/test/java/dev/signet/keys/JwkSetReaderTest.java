package dev.signet.keys;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.junit.jupiter.params.provider.Arguments.arguments;

import dev.signet.Keeps;
import dev.signet.Tries;
import java.util.HexFormat;
import java.util.List;
import java.util.Random;
import java.util.stream.Stream;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

class JwkSetReaderTest {
    private static final List<String> SECRETS =
            List.of(Jwks.k(1), Jwks.k(2), Jwks.EC_D, Jwks.ED_D, Jwks.OTHER_EC_D, Jwks.OTHER_ED_D);
    private static final String EC_WITHOUT_Y = "{\"kty\":\"EC\",\"crv\":\"P-256\",\"x\":\"" + Jwks.EC_X + "\"";

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                " ",
                "null",
                "1",
                "\"text\"",
                "[]",
                "{}",
                "changeit",
                "{\"keys\":null}",
                "{\"keys\":{}}",
                "{\"keys\":[]}",
                "{\"keys\":[null]}",
                "{\"keys\":[[]]}",
                "{\"keys\":[\"text\"]}",
                "{\"keys\":[{}]}",
                "{\"keys\":[]",
                "{'keys':[]}",
                "{\"keys\":[],}",
                "// {}",
                "\uFEFF{\"keys\":[]}"
            })
    void refuses_what_is_not_a_set(String text) {
        assertRefused(text, "");
    }

    @Test
    void refuses_a_key_that_stands_alone() {
        assertRefused(Jwks.secret(1), "not a JWK Set");
    }

    @Test
    void refuses_trailing_text() {
        assertRefused(Jwks.set(Jwks.secret(1)) + "{}", "not JSON");
        assertThat(JwkSetReader.read(Jwks.set(Jwks.secret(1)) + "\n")).hasSize(1);
    }

    @Test
    void refuses_a_member_that_is_named_twice() {
        assertRefused("{\"keys\":[],\"keys\":[" + Jwks.secret(1) + "]}", "twice");
        assertRefused(Jwks.set(Jwks.secret(1, "\"k\":\"" + Jwks.k(2) + "\"")), "twice");
        assertRefused(Jwks.set(Jwks.secret(1, "\"\\u006b\":\"" + Jwks.k(2) + "\"")), "twice");
    }

    @Test
    @Tries(14)
    void refuses_more_than_a_mebibyte() {
        String text = Jwks.set(Jwks.secret(1));
        String longest = text + " ".repeat((1 << 20) - text.length());

        assertThat(JwkSetReader.read(longest)).hasSize(1);
        assertRefused(longest + " ", "1 MiB");
    }

    @Test
    void refuses_the_whole_set_for_one_bad_key() {
        assertRefused(Jwks.set(Jwks.secret(1), Jwks.oct("AAAA")), "key 2 of 2: k has 3 bytes");
    }

    @Test
    @Tries(13)
    void survives_deep_nesting() {
        assertRefused("{\"keys\":" + "[".repeat(500_000), "not JSON");
        assertRefused(Jwks.set(Jwks.secret(1, "\"x\":" + "[".repeat(5000) + "]".repeat(5000))), "not JSON");
    }

    @ParameterizedTest
    @MethodSource
    @Keeps({"K1", "K6"})
    @Tries({5, 6})
    void refuses_keys_that_do_not_fit(String jwk, String why) {
        assertRefused(Jwks.set(jwk), why);
    }

    static Stream<Arguments> refuses_keys_that_do_not_fit() {
        String k = Jwks.k(1);
        return Stream.of(
                arguments("{\"k\":\"" + k + "\"}", "kty"),
                arguments("{\"kty\":1,\"k\":\"" + k + "\"}", "kty"),
                arguments("{\"kty\":\"OCT\",\"k\":\"" + k + "\"}", "kty"),
                arguments("{\"kty\":\"RSA\",\"n\":\"AQAB\",\"e\":\"AQAB\"}", "kty"),
                arguments("{\"kty\":\"oct\"}", "k must be there"),
                arguments("{\"kty\":\"oct\",\"k\":null}", "k must be there"),
                arguments("{\"kty\":\"oct\",\"k\":17}", "k must be there"),
                arguments("{\"kty\":\"oct\",\"k\":[\"" + k + "\"]}", "k must be there"),
                arguments(Jwks.oct(""), "0 bytes"),
                arguments(Jwks.oct(Jwks.base64url(new byte[31])), "31 bytes"),
                arguments(Jwks.oct(Jwks.base64url(new byte[33])), "33 bytes"),
                arguments(Jwks.oct(k + "="), "canonical"),
                arguments(Jwks.oct(" " + k), "canonical"),
                arguments(Jwks.oct(k + "\\n"), "canonical"),
                arguments(Jwks.oct(k.substring(0, 42) + "_"), "canonical"),
                arguments(Jwks.oct(k.substring(0, 41)), "canonical"),
                arguments(Jwks.oct("+/" + k.substring(2)), "canonical"),
                arguments(Jwks.secret(1, "\"alg\":\"A128GCM\""), "alg"),
                arguments(Jwks.secret(1, "\"alg\":\"HS256\""), "alg"),
                arguments(Jwks.secret(1, "\"alg\":\"none\""), "alg"),
                arguments(Jwks.secret(1, "\"alg\":null"), "alg"),
                arguments(Jwks.secret(1, "\"use\":\"sig\""), "use"),
                arguments(Jwks.secret(1, "\"key_ops\":[]"), "key_ops"),
                arguments(Jwks.secret(1, "\"key_ops\":[\"decrypt\"]"), "key_ops"),
                arguments(Jwks.secret(1, "\"key_ops\":[\"sign\"]"), "key_ops"),
                arguments(Jwks.secret(1, "\"key_ops\":\"encrypt\""), "key_ops"),
                arguments(Jwks.secret(1, "\"key_ops\":{\"a\":\"encrypt\",\"b\":\"decrypt\"}"), "key_ops"),
                arguments(Jwks.ecPublic("\"alg\":\"EdDSA\""), "alg"),
                arguments(Jwks.ecPublic("\"alg\":\"HS256\""), "alg"),
                arguments(Jwks.edPublic("\"alg\":\"ES256\""), "alg"),
                arguments(Jwks.edPublic("\"use\":\"enc\""), "use"),
                arguments(Jwks.edPublic("\"key_ops\":[\"sign\",\"verify\"]"), "key_ops"),
                arguments(Jwks.edPrivate("\"key_ops\":[\"verify\"]"), "key_ops"),
                arguments(Jwks.secret(1, "\"nbf\":\"1\""), "nbf"),
                arguments(Jwks.secret(1, "\"nbf\":1.5"), "nbf"),
                arguments(Jwks.secret(1, "\"iat\":-1"), "iat"),
                arguments(Jwks.secret(1, "\"iat\":1e9"), "iat"),
                arguments(Jwks.secret(1, "\"exp\":null"), "exp"),
                arguments(Jwks.secret(1, "\"exp\":253402300800"), "exp"),
                arguments(Jwks.secret(1, "\"exp\":99999999999999999999"), "exp"),
                arguments(Jwks.secret(1, "\"exp\":0"), "later"),
                arguments(Jwks.secret(1, "\"nbf\":5,\"exp\":5"), "later"));
    }

    @Nested
    @Keeps("K4")
    @Tries(53)
    class Key_ids {
        @ParameterizedTest
        @ValueSource(
                strings = {
                    "",
                    "1234567890123",
                    "a.b",
                    "a b",
                    "../x",
                    "%00",
                    "é",
                    "\\u202e",
                    "\\r\\n",
                    "${jndi:ldap://x}",
                    "' OR 1=1--",
                    "a\\u0000"
                })
        void of_own_keys_have_1_to_12_plain_characters(String kid) {
            assertRefused(Jwks.set(Jwks.secret(1, "\"kid\":\"" + kid + "\"")), "kid");
            assertRefused(Jwks.set(Jwks.ecPrivate("\"kid\":\"" + kid + "\"")), "kid");
        }

        @ParameterizedTest
        @ValueSource(strings = {"", "a b", "é", "\\u202e", "\\r\\n", "\\\"", "\\\\", "\\u007f"})
        void of_others_have_visible_characters(String kid) {
            assertRefused(Jwks.set(Jwks.ecPublic("\"kid\":\"" + kid + "\"")), "kid");
        }

        @ParameterizedTest
        @ValueSource(strings = {"1", "null", "{}", "[\"a\"]", "true"})
        void are_strings(String kid) {
            assertRefused(Jwks.set(Jwks.secret(1, "\"kid\":" + kid)), "kid");
        }

        @Test
        void differ() {
            String kid = "\"kid\":\"a\"";

            assertRefused(
                    Jwks.set(Jwks.secret(1, kid), Jwks.secret(2), Jwks.ecPrivate(kid)),
                    "keys 1 and 3 have the same id");
        }

        @Test
        void may_not_name_the_same_key_twice() {
            assertRefused(Jwks.set(Jwks.secret(1, "\"kid\":\"a\""), Jwks.secret(1, "\"kid\":\"b\"")), "same key");
            assertRefused(Jwks.set(Jwks.ecPrivate("\"kid\":\"a\""), Jwks.ecPublic("\"kid\":\"b\"")), "same key");
            assertRefused(Jwks.set(Jwks.edPublic("\"kid\":\"a\""), Jwks.edPublic("\"kid\":\"b\"")), "same key");
        }
    }

    @Nested
    @Keeps("K6")
    @Tries(6)
    class Key_pairs {
        @Test
        void must_match() {
            assertRefused(Jwks.set(Jwks.ecPrivate().replace(Jwks.EC_D, Jwks.OTHER_EC_D)), "P-256");
            assertRefused(Jwks.set(Jwks.edPrivate().replace(Jwks.ED_D, Jwks.OTHER_ED_D)), "Ed25519");
        }

        @Test
        void must_lie_on_their_curve() {
            assertRefused(Jwks.set(Jwks.ecPublic().replace(Jwks.EC_Y, Jwks.k(1))), "not a point");
            assertRefused(Jwks.set(Jwks.ecPublic().replace(Jwks.EC_X, max()).replace(Jwks.EC_Y, max())), "not a point");
            assertRefused(Jwks.set(Jwks.edPublic().replace(Jwks.ED_X, "Ag" + "A".repeat(41))), "not a point");
            assertRefused(Jwks.set(Jwks.edPublic().replace(Jwks.ED_X, max())), "not a point");
        }

        @Test
        void have_a_private_value_below_the_order() {
            byte[] order = HexFormat.of().parseHex("ffffffff00000000ffffffffffffffffbce6faada7179e84f3b9cac2fc632551");

            assertRefused(Jwks.set(Jwks.ecPrivate().replace(Jwks.EC_D, Jwks.base64url(order))), "out of range");
        }

        @Test
        void have_all_members_in_full_length() {
            assertRefused(Jwks.set(EC_WITHOUT_Y + "}"), "y must be there");
            assertRefused(Jwks.set(EC_WITHOUT_Y + ",\"y\":\"AQAB\"}"), "y has 3 bytes");
            assertRefused(Jwks.set(Jwks.ecPrivate().replace(Jwks.EC_D, "")), "d has 0 bytes");
        }

        @Test
        void are_of_P256_or_Ed25519() {
            assertRefused(Jwks.set(Jwks.ecPublic().replace("P-256", "P-384")), "curve");
            assertRefused(Jwks.set(Jwks.ecPublic().replace("P-256", "secp256k1")), "curve");
            assertRefused(Jwks.set(Jwks.edPublic().replace("Ed25519", "X25519")), "curve");
            assertRefused(Jwks.set(Jwks.edPublic().replace("Ed25519", "P-256")), "curve");
        }

        private String max() {
            return "_".repeat(42) + "8";
        }
    }

    /** Whatever happens to a text, it is a ring or an IllegalArgumentException that tells nothing of the secrets. */
    @Test
    void a_damaged_text_causes_nothing_but_a_refusal() {
        long seed = Long.getLong("signet.seed", 20_261_122);
        System.out.println("signet.seed=" + seed);
        Random random = new Random(seed);
        String good = Jwks.set(
                Jwks.secret(1, "\"kid\":\"a\"", "\"nbf\":1700000000", "\"exp\":1800000000"),
                Jwks.ecPrivate("\"use\":\"sig\""),
                Jwks.edPrivate());
        for (int i = 0; i < 5000; i++) {
            String damaged = good;
            for (int n = random.nextInt(3); n >= 0; n--) {
                damaged = damage(damaged, random);
            }
            try {
                assertThat(JwkSetReader.read(damaged)).isNotEmpty();
            } catch (IllegalArgumentException e) {
                Secrets.assertNoneIn(e, SECRETS);
            }
        }
    }

    private static String damage(String text, Random random) {
        int from = random.nextInt(text.length());
        int to = Math.min(text.length(), from + 1 + random.nextInt(random.nextBoolean() ? 1 : 60));
        String part = text.substring(from, to);
        List<String> replacements = List.of(
                "",
                part + part,
                "null",
                "\"",
                "{",
                "]",
                ",",
                "\\u0000",
                "\uD800",
                "-1",
                "1e999999",
                "9".repeat(2000),
                "é",
                "\"k\":",
                String.valueOf((char) random.nextInt(0x10000)),
                text.substring(random.nextInt(from + 1), to));
        return text.substring(0, from) + replacements.get(random.nextInt(replacements.size())) + text.substring(to);
    }

    private static void assertRefused(String text, String why) {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> JwkSetReader.read(text))
                .withMessageContaining(why)
                .satisfies(e -> Secrets.assertNoneIn(e, SECRETS));
    }
}
