package dev.signet.keys;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.nimbusds.jose.JOSEException;
import com.nimbusds.jose.jwk.JWK;
import com.nimbusds.jose.jwk.JWKSet;
import dev.signet.Keeps;
import dev.signet.Tries;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.NotSerializableException;
import java.io.ObjectOutputStream;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.security.Signature;
import java.text.ParseException;
import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class KeyRingTest {
    private static final String ALL = Jwks.set(
            Jwks.secret(1, "\"kid\":\"now\"", "\"iat\":1000", "\"nbf\":2000", "\"exp\":3000"),
            Jwks.secret(2),
            Jwks.ecPrivate("\"kid\":\"ec\""),
            Jwks.edPrivate("\"kid\":\"ed\""));

    @Nested
    class A_ring_of_made_keys {
        private final Instant made = Instant.parse("2026-11-22T00:00:00Z");
        private final Instant from = Instant.parse("2026-11-23T00:00:00Z");
        private final Key secret = Key.secret(made, from);
        private final Key pair = Key.pair(made, from);

        @Test
        void reads_as_it_was_written() {
            Instant end = from.plusSeconds(1);
            KeyRing ring = KeyRing.of(List.of(secret, pair.acceptedUntil(end)));
            KeyRing read = KeyRing.parse(ring.exportSecretJwkSet());

            assertThat(read.keys()).hasToString(ring.keys().toString());
            assertThat(read.keys()).extracting(Key::use).containsExactly(Key.Use.ENCRYPTION, Key.Use.SIGNING);
            assertThat(read.keys()).extracting(Key::sealsFrom).containsOnly(from);
            assertThat(read.keys()).extracting(Key::madeAt).containsOnly(made);
            assertThat(read.keys().get(1).acceptedUntil()).contains(end);
            assertThat(read.exportSecretJwkSet()).isEqualTo(ring.exportSecretJwkSet());
        }

        @Test
        void has_another_secret_each_time() {
            assertThat(secret.exportPurposeKey(new byte[1], new byte[1]))
                    .isNotEqualTo(Key.secret(made, from).exportPurposeKey(new byte[1], new byte[1]));
            assertThat(pair.publicKey()).isNotEqualTo(Key.pair(made, from).publicKey());
        }

        @Test
        void needs_keys_and_each_once() {
            assertThatIllegalArgumentException().isThrownBy(() -> KeyRing.of(List.of()));
            assertThatIllegalArgumentException().isThrownBy(() -> KeyRing.of(List.of(secret, secret)));
        }

        @Test
        void refuses_an_end_before_its_beginning() {
            assertThatIllegalArgumentException()
                    .isThrownBy(() -> secret.acceptedUntil(from))
                    .withMessageContaining("cannot end");
        }
    }

    @Nested
    class A_secret {
        private final Key key = KeyRing.parse(Jwks.set(Jwks.secret(1))).keys().get(0);

        @Test
        void is_for_encryption() {
            assertThat(key.use()).isEqualTo(Key.Use.ENCRYPTION);
            assertThat(key.algorithm()).isEqualTo("A256GCM");
        }

        @Test
        void is_named_by_a_hash_of_its_bytes() throws GeneralSecurityException {
            MessageDigest digest = MessageDigest.getInstance("SHA-256");
            digest.update("signet/kid".getBytes(StandardCharsets.US_ASCII));

            assertThat(key.id())
                    .isEqualTo(Jwks.base64url(digest.digest(Jwks.bytes(1))).substring(0, 6));
        }

        @Test
        void derives_a_key_for_each_salt_and_info() {
            byte[] salt = {1};
            byte[] info = {2};

            assertThat(key.exportPurposeKey(salt, info))
                    .hasSize(32)
                    .isEqualTo(Hkdf.derive(Jwks.bytes(1), salt, info, 32))
                    .isNotEqualTo(key.exportPurposeKey(salt, salt))
                    .isNotEqualTo(key.exportPurposeKey(info, info));
        }

        @Test
        void is_not_changed_through_what_it_exported() {
            byte[] exported = key.exportPurposeKey(new byte[1], new byte[1]);
            Arrays.fill(exported, (byte) 0);

            assertThat(key.exportPurposeKey(new byte[1], new byte[1])).isNotEqualTo(exported);
        }

        @Test
        void has_no_public_or_private_half() {
            assertThatIllegalStateException().isThrownBy(key::publicKey);
            assertThatIllegalStateException().isThrownBy(key::exportPrivateKey);
        }

        @ParameterizedTest
        @ValueSource(
                strings = {
                    "\"alg\":\"A256GCM\"",
                    "\"alg\":\"dir\"",
                    "\"use\":\"enc\"",
                    "\"key_ops\":[\"decrypt\",\"encrypt\"]",
                    "\"x\":{\"y\":[]}"
                })
        void may_say_what_it_is_for(String member) {
            assertThat(KeyRing.parse(Jwks.set(Jwks.secret(1, member))).keys()).hasSize(1);
        }
    }

    @Nested
    class A_key_pair {
        @ParameterizedTest
        @CsvSource({"ec, ES256, SHA256withECDSA", "ed, EdDSA, Ed25519"})
        void signs_and_verifies(String id, String algorithm, String jca) throws GeneralSecurityException {
            Key key = KeyRing.parse(ALL).key(id).orElseThrow();
            Signature signer = Signature.getInstance(jca);
            signer.initSign(key.exportPrivateKey());
            signer.update(Jwks.bytes(3));
            Signature verifier = Signature.getInstance(jca);
            verifier.initVerify(key.publicKey());
            verifier.update(Jwks.bytes(3));

            assertThat(key.use()).isEqualTo(Key.Use.SIGNING);
            assertThat(key.algorithm()).isEqualTo(algorithm);
            assertThat(verifier.verify(signer.sign())).isTrue();
        }

        @Test
        void is_named_by_its_thumbprint() throws ParseException, JOSEException {
            KeyRing ring = KeyRing.parse(Jwks.set(Jwks.ecPrivate(), Jwks.edPrivate()));

            assertThat(ring.keys())
                    .extracting(Key::id)
                    .containsExactly(thumbprint(Jwks.ecPublic()), thumbprint(Jwks.edPublic()));
        }

        private String thumbprint(String jwk) throws ParseException, JOSEException {
            return JWK.parse(jwk).computeThumbprint().toString().substring(0, 6);
        }

        @Test
        void derives_nothing() {
            Key key = KeyRing.parse(ALL).key("ec").orElseThrow();

            assertThatIllegalStateException()
                    .isThrownBy(() -> key.exportPurposeKey(new byte[1], new byte[1]))
                    .withMessageContaining("ec");
        }

        @Test
        void without_its_private_part_verifies_only() {
            Key key = KeyRing.parse(Jwks.set(Jwks.edPublic("\"use\":\"sig\"", "\"key_ops\":[\"verify\"]")))
                    .keys()
                    .get(0);

            assertThat(key.use()).isEqualTo(Key.Use.VERIFYING);
            assertThatIllegalStateException().isThrownBy(key::exportPrivateKey);
        }
    }

    @Nested
    class Dates {
        @Test
        void are_those_of_the_set() {
            Key key = KeyRing.parse(ALL).key("now").orElseThrow();

            assertThat(key.madeAt()).isEqualTo(Instant.ofEpochSecond(1000));
            assertThat(key.sealsFrom()).isEqualTo(Instant.ofEpochSecond(2000));
            assertThat(key.acceptedUntil()).contains(Instant.ofEpochSecond(3000));
        }

        @ParameterizedTest
        @CsvSource({"2999, true", "3000, false", "3001, false"})
        void end_the_acceptance_at_exp(long second, boolean accepted) {
            assertThat(KeyRing.parse(ALL).key("now").orElseThrow().acceptedAt(Instant.ofEpochSecond(second)))
                    .isEqualTo(accepted);
        }

        @Test
        void are_the_epoch_and_no_end_where_the_set_has_none() {
            Key key = KeyRing.parse(ALL).keys().get(1);

            assertThat(key.madeAt()).isEqualTo(Instant.EPOCH);
            assertThat(key.sealsFrom()).isEqualTo(Instant.EPOCH);
            assertThat(key.acceptedUntil()).isEmpty();
            assertThat(key.acceptedAt(Instant.MAX)).isTrue();
        }
    }

    @Nested
    class Keys {
        @Test
        void keep_the_order_of_the_set_and_are_found_by_id() {
            KeyRing ring = KeyRing.parse(ALL);

            assertThat(ring.keys())
                    .hasSize(4)
                    .allSatisfy(key -> assertThat(ring.key(key.id())).containsSame(key));
            assertThat(ring.keys().get(2).id()).isEqualTo("ec");
            assertThat(ring.key("unknown")).isEmpty();
        }

        @Test
        void cannot_be_changed() {
            List<Key> keys = KeyRing.parse(ALL).keys();

            assertThatThrownBy(() -> keys.remove(0)).isInstanceOf(UnsupportedOperationException.class);
        }

        @Test
        void are_one_new_secret_when_generated() {
            KeyRing ring = KeyRing.generate();

            assertThat(ring.keys()).singleElement().extracting(Key::use).isEqualTo(Key.Use.ENCRYPTION);
            assertThat(ring.exportSecretJwkSet())
                    .isNotEqualTo(KeyRing.generate().exportSecretJwkSet());
            assertThat(ring.source()).isEmpty();
        }
    }

    @Nested
    class A_verifying_ring {
        private static final String FOREIGN_ID = "https://issuer.example/keys#2026-11;a=b,c+d/e=f:0123456789abcdef";

        @Test
        void has_public_keys_only() {
            assertThat(KeyRing.parse(Jwks.set(Jwks.ecPublic(), Jwks.edPublic())).verifyingOnly())
                    .isTrue();
            assertThat(KeyRing.parse(Jwks.set(Jwks.ecPublic(), Jwks.edPrivate()))
                            .verifyingOnly())
                    .isFalse();
            assertThat(KeyRing.parse(Jwks.set(Jwks.ecPublic(), Jwks.secret(1))).verifyingOnly())
                    .isFalse();
        }

        @Test
        void accepts_the_ids_of_others_up_to_64_characters() {
            String kid = "\"kid\":\"" + FOREIGN_ID + "\"";

            assertThat(FOREIGN_ID).hasSize(64);
            assertThat(KeyRing.parse(Jwks.set(Jwks.ecPublic(kid))).key(FOREIGN_ID))
                    .isPresent();
            assertThatIllegalArgumentException()
                    .isThrownBy(() -> KeyRing.parse(Jwks.set(Jwks.ecPublic(kid.replace("http", "shttp")))));
            assertThatIllegalArgumentException()
                    .isThrownBy(() -> KeyRing.parse(Jwks.set(Jwks.ecPublic(kid), Jwks.secret(1))));
        }
    }

    @Nested
    class Exporting {
        @Test
        void the_secret_set_gives_the_same_ring() {
            KeyRing ring = KeyRing.parse(ALL);
            KeyRing again = KeyRing.parse(ring.exportSecretJwkSet());

            assertThat(again).hasToString(ring.toString());
            assertThat(again.exportSecretJwkSet())
                    .isEqualTo(ring.exportSecretJwkSet())
                    .contains(Jwks.k(1), Jwks.EC_D, Jwks.ED_D);
        }

        @Test
        void the_public_set_has_the_public_halves_only() {
            String exported = KeyRing.parse(ALL).exportPublicJwkSet();
            KeyRing verifying = KeyRing.parse(exported);

            assertThat(verifying.verifyingOnly()).isTrue();
            assertThat(verifying.keys()).extracting(Key::id).containsExactly("ec", "ed");
            assertThat(exported).doesNotContain(Jwks.k(1), Jwks.k(2), Jwks.EC_D, Jwks.ED_D, "\"d\"", "\"k\"");
        }

        @Test
        void the_public_set_of_secrets_is_empty() {
            assertThat(KeyRing.generate().exportPublicJwkSet()).isEqualTo("{\"keys\":[]}");
        }

        @Test
        void is_read_by_other_libraries() throws ParseException {
            assertThat(JWKSet.parse(KeyRing.parse(ALL).exportSecretJwkSet()).getKeys())
                    .hasSize(4);
        }
    }

    @Nested
    class The_longest_lifetime {
        private final KeyRing ring = KeyRing.generate();

        @Test
        void is_400_days_at_first() {
            assertThat(ring.longestLifetime()).isEqualTo(Duration.ofDays(400));
        }

        @ParameterizedTest
        @ValueSource(strings = {"PT1H", "P30D", "P400D"})
        void may_lie_between_an_hour_and_400_days(Duration lifetime) {
            KeyRing changed = ring.withLongestLifetime(lifetime);

            assertThat(changed.longestLifetime()).isEqualTo(lifetime);
            assertThat(changed.keys()).isEqualTo(ring.keys());
        }

        @ParameterizedTest
        @ValueSource(strings = {"PT-1H", "PT0S", "PT59M59.999S", "P400DT0.001S"})
        void may_not_be_shorter_or_longer(Duration lifetime) {
            assertThatIllegalArgumentException()
                    .isThrownBy(() -> ring.withLongestLifetime(lifetime))
                    .withMessageContaining(lifetime.toString());
        }
    }

    @Nested
    @Keeps("K9")
    @Tries({56, 57})
    class Showing_a_ring {
        @Test
        void tells_ids_and_dates() {
            KeyRing ring = KeyRing.parse(Jwks.set(
                    Jwks.secret(1, "\"kid\":\"a\"", "\"iat\":0", "\"nbf\":60", "\"exp\":3600"),
                    Jwks.ecPrivate("\"kid\":\"b\"")));

            assertThat(ring)
                    .hasToString("KeyRing["
                            + "Key[a ENCRYPTION A256GCM, made 1970-01-01T00:00:00Z, seals from 1970-01-01T00:01:00Z, "
                            + "accepted until 1970-01-01T01:00:00Z], "
                            + "Key[b SIGNING ES256, made 1970-01-01T00:00:00Z, seals from 1970-01-01T00:00:00Z]]");
        }

        @Test
        void by_serialization_is_refused() throws IOException {
            try (var out = new ObjectOutputStream(new ByteArrayOutputStream())) {
                assertThatThrownBy(() -> out.writeObject(KeyRing.parse(ALL)))
                        .isInstanceOf(NotSerializableException.class);
                assertThatThrownBy(
                                () -> out.writeObject(KeyRing.parse(ALL).keys().get(0)))
                        .isInstanceOf(NotSerializableException.class);
            }
        }
    }
}
