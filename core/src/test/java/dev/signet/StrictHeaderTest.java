package dev.signet;

import static dev.signet.VerificationAssert.assertThat;
import static org.assertj.core.api.Assertions.assertThat;

import com.nimbusds.jose.EncryptionMethod;
import com.nimbusds.jose.JWEAlgorithm;
import com.nimbusds.jose.JWEHeader;
import com.nimbusds.jose.JWEObject;
import com.nimbusds.jose.Payload;
import com.nimbusds.jose.crypto.ECDHEncrypter;
import com.nimbusds.jose.crypto.PasswordBasedEncrypter;
import dev.signet.Verification.Cause;
import dev.signet.keys.KeyRing;
import java.security.interfaces.ECPublicKey;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import javax.crypto.SecretKey;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** The envelope of an encrypted token: one header, one number of parts, one length of everything. */
class StrictHeaderTest {
    private static final Instant NOW = MovableClock.NOON;
    private static final Forge FORGE = Forge.at(NOW);
    private static final SecretKey KEY = FORGE.key("st1+jwt", "");
    private static final String HEADER = FORGE.header("st1+jwt");

    private final Sessions sessions =
            Sessions.with(TestKeys.ring()).clock(new MovableClock(NOW)).build();
    private final byte[] claims = Forge.utf8(TicketTexts.of(sessions.start("ada")));

    private static String more(String members) {
        return HEADER.replace("}", "," + members + "}");
    }

    private Verification verify(String header) {
        return sessions.verify(Forge.seal(header, KEY, claims));
    }

    @Test
    void the_one_header_is_accepted() {
        assertThat(verify(HEADER)).isActiveFor("ada");
    }

    @Nested
    class Any_other_header {

        static Stream<String> of_the_same_meaning() {
            return Stream.of(
                    HEADER.replace(",", ", "),
                    HEADER.replace(":", " :"),
                    " " + HEADER,
                    HEADER + " ",
                    HEADER + "\n",
                    "\ufeff" + HEADER,
                    HEADER.replace("\"dir\"", "\"d\\u0069r\""),
                    HEADER.replace("\"typ\"", "\"t\\u0079p\""),
                    HEADER.replace("st1+jwt", "application/st1+jwt"),
                    HEADER.replace("st1+jwt", "ST1+JWT"),
                    "{\"typ\":\"st1+jwt\",\"alg\":\"dir\",\"enc\":\"A256GCM\",\"kid\":\"k1.20513\"}",
                    "{\"enc\":\"A256GCM\",\"alg\":\"dir\",\"kid\":\"k1.20513\",\"typ\":\"st1+jwt\"}");
        }

        static Stream<String> with_more_to_say() {
            return Stream.of(
                    more("\"zip\":\"DEF\""),
                    more("\"zip\":\"def\""),
                    more("\"zip\":null"),
                    more("\"crit\":[]"),
                    more("\"crit\":[\"exp\"]"),
                    more("\"crit\":[\"b64\"],\"b64\":false"),
                    more("\"jku\":\"http://127.0.0.1:1/keys\""),
                    more("\"x5u\":\"file:///etc/passwd\""),
                    more("\"jwk\":{\"kty\":\"oct\",\"k\":\"AAAA\"}"),
                    more("\"x5c\":[\"AAAA\"]"),
                    more("\"x5t\":\"AAAA\""),
                    more("\"p2c\":2000000000,\"p2s\":\"AAAA\""),
                    more("\"epk\":{}"),
                    more("\"apu\":\"AA\""),
                    more("\"iv\":\"AAAAAAAAAAAAAAAA\",\"tag\":\"AAAAAAAAAAAAAAAAAAAAAA\""),
                    more("\"cty\":\"JWT\""),
                    more("\"exp\":1"),
                    more("\"kid\":\"k1.20513\""),
                    more("\"alg\":\"dir\""),
                    "{\"zip\":\"DEF\"," + HEADER.substring(1));
        }

        static Stream<String> of_another_algorithm() {
            Stream<String> algorithms = Stream.of(
                            "none",
                            "None",
                            "NONE",
                            "nOnE",
                            "DIR",
                            "Dir",
                            "",
                            "A256KW",
                            "A256GCMKW",
                            "RSA1_5",
                            "RSA-OAEP",
                            "ECDH-ES",
                            "PBES2-HS256+A128KW",
                            "HS256",
                            "ES256")
                    .map(alg -> HEADER.replace("\"dir\"", "\"" + alg + "\""));
            Stream<String> methods = Stream.of(
                            "A128GCM", "A192GCM", "a256gcm", "A256CBC-HS512", "A128CBC-HS256", "XC20P", "none", "")
                    .map(enc -> HEADER.replace("A256GCM", enc));
            Stream<String> types = Stream.of("JWT", "st2+jwt", "sv1+jwt", "ss1+jwt", "sn1+jwt", "sj1+jwt", "csrf", "")
                    .map(typ -> HEADER.replace("st1+jwt", typ));
            Stream<String> shapes = Stream.of(
                    HEADER.replace("\"dir\"", "null"),
                    HEADER.replace("\"dir\"", "[\"dir\"]"),
                    HEADER.replace("\"alg\":\"dir\",", ""),
                    HEADER.replace("\"enc\":\"A256GCM\",", ""),
                    HEADER.replace(",\"typ\":\"st1+jwt\"", ""));
            return Stream.of(algorithms, methods, types, shapes).flatMap(headers -> headers);
        }

        static Stream<String> of_an_odd_key_id() {
            return Stream.of(
                            "",
                            "k1",
                            ".20513",
                            "k1.",
                            "k1.k1.20513",
                            "k1.20513.1",
                            "k1.020513",
                            "k1.+20513",
                            "k1.-1",
                            "k1.20513 ",
                            " k1.20513",
                            "k1.2051x",
                            "k1.0x5021",
                            "k1.٢٠٥١٣",
                            "k1.12345678",
                            "k1.20513000000000000000",
                            "k1.1e4",
                            "K1.20513.",
                            "k 1.20513",
                            "../../etc/passwd.20513",
                            "/dev/null.20513",
                            "' OR 1=1--.20513",
                            "${jndi:ldap://x}.20513",
                            "%00.20513",
                            "k1\\u0000.20513",
                            "k1\r\n.20513",
                            "\u202ek1.20513",
                            "ключ.20513",
                            "é.20513",
                            "abcdefghijklm.20513",
                            "x".repeat(2000) + ".20513",
                            "k1.\",\"kid\":\"k1.20513")
                    .map(kid -> HEADER.replace("k1.20513", kid));
        }

        static Stream<String> that_is_no_header() {
            return Stream.of(
                    "",
                    "{}",
                    "[]",
                    "null",
                    "{",
                    "{\"alg\":",
                    "x",
                    "[".repeat(1000),
                    "{\"a\":".repeat(300),
                    HEADER + HEADER,
                    HEADER + "x",
                    HEADER.replace("\"k1.20513\"", "7"),
                    HEADER.replace("\"k1.20513\"", "{}"));
        }

        @ParameterizedTest
        @MethodSource({
            "of_the_same_meaning",
            "with_more_to_say",
            "of_another_algorithm",
            "of_an_odd_key_id",
            "that_is_no_header"
        })
        @Keeps({"T2", "T3", "T11", "T13", "K6"})
        @Tries({1, 2, 4, 8, 10, 11, 12, 19})
        void is_refused_though_it_authenticates(String header) {
            assertThat(verify(header)).isInvalid(Cause.HEADER);
        }

        @ParameterizedTest
        @ValueSource(strings = {"k2.20513", "K1.20513", "k.20513", "abcdefghijkl.20513", "-_.20513"})
        @Tries(8)
        void of_an_unknown_key_is_refused(String kid) {
            assertThat(verify(HEADER.replace("k1.20513", kid))).isInvalid(Cause.UNKNOWN_KEY);
        }

        @ParameterizedTest
        @ValueSource(strings = {"k1.0", "k1.1", "k1.20112", "k1.20514", "k1.99999", "k1.9999999", "nobody.1"})
        @Tries({8, 53})
        void of_a_day_that_no_live_token_has_is_refused(String kid) {
            assertThat(verify(HEADER.replace("k1.20513", kid))).isInvalid(Cause.RETIRED_KEY);
        }

        @Test
        void of_another_day_does_not_authenticate() {
            assertThat(verify(HEADER.replace("20513", "20512"))).isInvalid(Cause.FORGED);
        }
    }

    @Nested
    @Keeps("T8")
    @Tries(18)
    class Lengths {

        @ParameterizedTest
        @ValueSource(ints = {1, 8, 11, 13, 16, 24})
        void of_another_iv_are_refused_though_it_authenticates(int bytes) {
            byte[] iv = new byte[bytes];
            iv[0] = 1;

            assertThat(sessions.verify(Forge.seal(HEADER, KEY, iv, 16, claims))).isInvalid(Cause.MALFORMED);
        }

        @ParameterizedTest
        @ValueSource(ints = {12, 13, 14, 15})
        void of_a_shorter_tag_are_refused_though_it_authenticates(int bytes) {
            assertThat(sessions.verify(Forge.seal(HEADER, KEY, new byte[12], bytes, claims)))
                    .isInvalid(Cause.MALFORMED);
        }

        @Test
        void of_a_tag_that_took_from_the_ciphertext_are_refused() {
            String token = Forge.seal(HEADER, KEY, claims);
            int dot = token.lastIndexOf('.');

            for (int moved = 1; moved <= 8; moved++) {
                String longer = token.substring(0, dot - moved) + "." + token.substring(dot - moved, dot)
                        + token.substring(dot + 1);
                String shorter = token.substring(0, dot) + token.substring(dot + 1, dot + 1 + moved) + "."
                        + token.substring(dot + 1 + moved);
                assertThat(sessions.verify(longer)).isInvalid(Cause.MALFORMED);
                assertThat(sessions.verify(shorter)).isInvalid(Cause.MALFORMED);
            }
        }

        @Test
        void of_no_content_are_refused() {
            assertThat(sessions.verify(Forge.seal(HEADER, KEY, new byte[0]))).isInvalid(Cause.CLAIMS);
        }

        @ParameterizedTest
        @ValueSource(ints = {0, 1, 2, 3, 4})
        void of_an_empty_or_filled_part_are_refused(int part) {
            String[] parts = Forge.seal(HEADER, KEY, claims).split("\\.", -1);
            parts[part] = parts[part].isEmpty() ? "AAAA" : "";

            assertThat(sessions.verify(String.join(".", parts))).isInvalid();
        }
    }

    @Nested
    @Keeps("T8")
    @Tries({16, 17})
    class Parts {

        @Test
        void are_five() {
            String[] five = Forge.seal(HEADER, KEY, claims).split("\\.", -1);
            for (int count = 0; count <= 8; count++) {
                List<String> parts = new ArrayList<>();
                for (int i = 0; i < count; i++) {
                    parts.add(five[i % 5]);
                }
                String token = String.join(".", parts);
                assertThat(sessions.verify(token).outcome())
                        .as("%d parts", count)
                        .isEqualTo(
                                switch (count) {
                                    case 0 -> Verification.Outcome.ABSENT;
                                    case 5 -> Verification.Outcome.ACTIVE;
                                    default -> Verification.Outcome.INVALID;
                                });
            }
        }

        @ParameterizedTest
        @ValueSource(strings = {".", "..", "...", "....", ".....", "a", "a.b.c.d.e", "%", "é", "\u0000"})
        void of_nothing_are_refused(String token) {
            assertThat(sessions.verify(token)).isInvalid();
        }

        @Test
        void in_json_serialization_are_refused() {
            String[] parts = Forge.seal(HEADER, KEY, claims).split("\\.", -1);
            String json =
                    "{\"protected\":\"%s\",\"encrypted_key\":\"%s\",\"iv\":\"%s\",\"ciphertext\":\"%s\",\"tag\":\"%s\"}";

            assertThat(sessions.verify(json.formatted((Object[]) parts))).isInvalid();
            assertThat(sessions.verify(json.formatted((Object[]) parts) + String.join(".", parts)))
                    .isInvalid();
        }
    }

    @Nested
    @Keeps("T12")
    @Tries({14, 20})
    class Long_texts {

        @Test
        void are_refused_unread() {
            for (String text : List.of(
                    "a".repeat(4097),
                    "a".repeat(10_000_000),
                    ".".repeat(1_000_000),
                    Forge.seal(HEADER, KEY, claims) + "A".repeat(10_000_000),
                    Forge.seal(HEADER, KEY, new byte[10_000_000]))) {
                assertThat(sessions.verify(text)).isInvalid(Cause.TOO_LONG);
            }
        }

        @Test
        void of_4096_characters_are_read() {
            int spaces = 0;
            String token;
            do {
                token = Forge.seal(HEADER, KEY, padded(spaces++));
            } while (token.length() < 4096);

            assertThat(token).hasSize(4096);
            assertThat(sessions.verify(token)).isActiveFor("ada");
            assertThat(sessions.verify(Forge.seal(HEADER, KEY, padded(spaces)))).isInvalid(Cause.TOO_LONG);
        }

        private byte[] padded(int spaces) {
            return Forge.utf8(TicketTexts.of(sessions.start("ada")).replace("}", " ".repeat(2700 + spaces) + "}"));
        }

        @Test
        void nested_in_themselves_are_refused() {
            String token = Forge.seal(HEADER, KEY, claims);
            for (int depth = 0; depth < 4; depth++) {
                token = Forge.seal(HEADER, KEY, Forge.utf8(token));
                assertThat(sessions.verify(token)).isInvalid(Cause.CLAIMS);
            }
        }
    }

    @Nested
    @Keeps({"T10", "K6"})
    @Tries({3, 12})
    class Tokens_to_a_public_key {
        private final KeyRing ring = TestKeys.ring(TestKeys.secret("k1", 1), TestKeys.ecdsa("s1", 0));

        @Test
        void are_no_sessions() throws Exception {
            ECPublicKey key = (ECPublicKey) ring.keys().get(1).publicKey();
            for (String kid : List.of("s1", "s1.20513", "k1.20513")) {
                JWEObject token = new JWEObject(
                        new JWEHeader.Builder(JWEAlgorithm.ECDH_ES, EncryptionMethod.A256GCM)
                                .keyID(kid)
                                .build(),
                        new Payload(claims));
                token.encrypt(new ECDHEncrypter(key));
                assertThat(sessions.verify(token.serialize())).isInvalid(Cause.HEADER);
            }
        }

        @Test
        void under_the_id_of_a_signing_key_are_refused() {
            Sessions both = Sessions.with(ring).clock(new MovableClock(NOW)).build();

            assertThat(both.verify(Forge.seal(HEADER.replace("k1.", "s1."), KEY, claims)))
                    .isInvalid(Cause.UNKNOWN_KEY);
        }

        @Test
        void of_a_password_are_refused() throws Exception {
            JWEObject token = new JWEObject(
                    new JWEHeader.Builder(JWEAlgorithm.PBES2_HS256_A128KW, EncryptionMethod.A256GCM)
                            .keyID("k1.20513")
                            .build(),
                    new Payload(claims));
            token.encrypt(new PasswordBasedEncrypter(TestKeys.secretBytes(1), 8, 1000));

            assertThat(sessions.verify(token.serialize())).isInvalid(Cause.MALFORMED);
        }
    }
}
