package dev.signet;

import static dev.signet.VerificationAssert.assertThat;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import dev.signet.Verification.Cause;
import dev.signet.Verification.Outcome;
import dev.signet.keys.Key;
import dev.signet.keys.KeyRing;
import dev.signet.revocation.Revocation;
import dev.signet.revocation.Revocations;
import java.nio.charset.StandardCharsets;
import java.security.interfaces.ECPublicKey;
import java.time.Duration;
import java.util.Base64;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Signed tickets, verified elsewhere with public keys only. */
class VerifierTest {
    private static final String ISSUER = "https://shop.example";
    private static final String AUDIENCE = "reports";
    private static final String PUBLIC_KEY_ID = "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789-_";

    private final MovableClock clock = MovableClock.atNoon();
    private final KeyRing ring = TestKeys.ring(TestKeys.secret("k1", 1), TestKeys.ecdsa("s1", 0));
    private final Key signer = ring.keys().get(1);
    private final Sessions sessions = signing(ring, ISSUER, AUDIENCE);
    private final Verifier verifier = verifier(KeyRing.parse(ring.exportPublicJwkSet()));

    private Sessions signing(KeyRing keys, String issuer, String audience) {
        return Sessions.with(keys)
                .clock(clock)
                .readableByHolder(issuer, audience)
                .revocations(Revocations.inMemory(clock))
                .build();
    }

    private Verifier verifier(KeyRing keys) {
        return Verifier.of(keys, ISSUER, AUDIENCE, clock);
    }

    @AfterEach
    void close() {
        sessions.close();
        verifier.close();
    }

    private String claims(Session session) {
        return "{\"iss\":\"" + ISSUER + "\",\"aud\":\"" + AUDIENCE + "\","
                + TicketTexts.of(session).substring(1);
    }

    private static String header(String algorithm, String keyId) {
        return SignedTokens.header(algorithm, keyId, "sj1+jwt", "");
    }

    @Nested
    class A_signed_ticket {
        private final Session ada =
                sessions.start(SignIn.as("ada").roles("ADMIN").fact("tenant", "a"));
        private final String ticket = sessions.issue(ada);

        @Test
        void is_verified_here_and_there() {
            assertThat(sessions.verify(ticket)).isEqualTo(new Verification.Active(ada));
            assertThat(verifier.verify(ticket)).isEqualTo(new Verification.Active(ada));
        }

        @Test
        void of_ed25519_is_verified_too() {
            KeyRing edwards = TestKeys.ring(TestKeys.secret("k1", 1), TestKeys.eddsa("s1"));
            Sessions other = signing(edwards, ISSUER, AUDIENCE);
            String signed = other.issue(other.start("bob"));

            assertThat(verifier(KeyRing.parse(edwards.exportPublicJwkSet())).verify(signed))
                    .isActiveFor("bob");
            assertThat(verifier.verify(signed)).isInvalid(Cause.UNKNOWN_KEY);
        }

        @Test
        void is_readable_by_its_holder() {
            String payload = new String(Base64.getUrlDecoder().decode(ticket.split("\\.")[1]), StandardCharsets.UTF_8);

            assertThat(payload)
                    .startsWith("{\"iss\":\"" + ISSUER + "\",\"aud\":\"" + AUDIENCE + "\",\"sid\":\"" + ada.id());
        }

        @Test
        void that_is_missing_is_absent() {
            assertThat(verifier.verify(null)).isAbsent();
            assertThat(verifier.verify("")).isAbsent();
        }

        @ParameterizedTest
        @CsvSource({"-1000, ACTIVE", "-1, ACTIVE", "0, EXPIRED", "1000, EXPIRED"})
        @Tries(34)
        void expires(long millisAfter, Outcome outcome) {
            clock.set(ada.idleUntil().plusMillis(millisAfter));

            assertThat(verifier.verify(ticket).outcome()).isEqualTo(outcome);
        }

        @ParameterizedTest
        @CsvSource({"29, ACTIVE", "30, ACTIVE", "31, INVALID"})
        void of_the_future_is_excused_for_30_seconds(long secondsEarly, Outcome outcome) {
            clock.set(MovableClock.NOON.minusSeconds(secondsEarly));

            assertThat(verifier.verify(ticket).outcome()).isEqualTo(outcome);
        }

        @Test
        void that_was_revoked_is_refused_here_and_not_there() {
            sessions.revoke(Revocation.everyone());

            assertThat(sessions.verify(ticket)).isRevoked();
            assertThat(verifier.verify(ticket)).isActiveFor("ada");
        }

        @Test
        @Keeps("T7")
        @Tries(28)
        void for_somebody_else_or_from_somebody_else_is_refused() {
            Sessions forOthers = signing(ring, ISSUER, "invoices");
            Sessions fromOthers = signing(ring, "https://other.example", AUDIENCE);

            for (Sessions others : List.of(forOthers, fromOthers)) {
                String foreign = others.issue(others.start("ada"));
                assertThat(others.verify(foreign)).isActive();
                assertThat(verifier.verify(foreign)).isInvalid(Cause.CLAIMS);
                assertThat(sessions.verify(foreign)).isInvalid(Cause.CLAIMS);
            }
        }

        @Test
        @Keeps("T7")
        void of_another_key_of_the_same_id_is_refused() {
            Sessions others = signing(TestKeys.ring(TestKeys.ecdsa("s1", 1)), ISSUER, AUDIENCE);

            assertThat(verifier.verify(others.issue(others.start("ada")))).isInvalid(Cause.FORGED);
        }

        @Test
        void leaves_slots_and_visitors_encrypted() {
            Slot<String> theme = Slot.text("theme");
            String slot = sessions.seal(sessions.content(theme, "dark"), ada);
            String visitor = sessions.issue(sessions.startVisitor());

            assertThat(slot.split("\\.", -1)).hasSize(5);
            assertThat(sessions.open("theme", slot, ada)).isPresent();
            assertThat(sessions.verifyVisitor(visitor)).isActive();
            assertThat(verifier.verify(slot)).isInvalid();
            assertThat(verifier.verify(visitor)).isInvalid();
        }
    }

    @Nested
    @Keeps("T5")
    @Tries(16)
    class Encrypted_tickets {

        @Test
        void are_refused() {
            for (TokenFormat format : Set.of(TokenFormat.ENCRYPTED, TokenFormat.SIGNED_THEN_ENCRYPTED)) {
                Sessions encrypting =
                        Sessions.with(ring).clock(clock).format(format).build();
                String ticket = encrypting.issue(encrypting.start("ada"));

                assertThat(verifier.verify(ticket)).isInvalid(Cause.MALFORMED);
                assertThat(sessions.verify(ticket)).isInvalid();
                assertThat(encrypting.verify(sessions.issue(sessions.start("ada"))))
                        .isInvalid();
            }
        }
    }

    @Nested
    @Keeps({"T2", "K6"})
    @Tries({1, 3, 6})
    class Forged_algorithms {
        private final Session ada = sessions.start("ada");

        @Test
        void of_the_right_kind_would_be_accepted() {
            assertThat(verifier.verify(SignedTokens.sign(signer, header("ES256", "s1"), claims(ada))))
                    .isActiveFor("ada");
        }

        static List<byte[]> public_bytes() {
            Key key = TestKeys.ring(TestKeys.ecdsa("s1", 0)).keys().get(0);
            byte[] x = ((ECPublicKey) key.publicKey()).getW().getAffineX().toByteArray();
            return List.of(
                    key.publicKey().getEncoded(),
                    x,
                    Forge.utf8(TestKeys.ring(TestKeys.ecdsa("s1", 0)).exportPublicJwkSet()),
                    Forge.utf8(
                            Base64.getEncoder().encodeToString(key.publicKey().getEncoded())),
                    Forge.utf8("-----BEGIN PUBLIC KEY-----\n"
                            + Base64.getMimeEncoder()
                                    .encodeToString(key.publicKey().getEncoded())
                            + "\n-----END PUBLIC KEY-----\n"));
        }

        @ParameterizedTest
        @MethodSource("public_bytes")
        void of_a_secret_made_of_the_public_key_are_refused(byte[] secret) {
            for (String algorithm : List.of("HS256", "ES256", "EdDSA")) {
                String input = Forge.base64url(Forge.utf8(header(algorithm, "s1"))) + "."
                        + Forge.base64url(Forge.utf8(claims(ada)));
                byte[] mac = Forge.hmac(secret, Forge.utf8(input));
                byte[] twice = new byte[64];
                System.arraycopy(mac, 0, twice, 0, 32);
                System.arraycopy(mac, 0, twice, 32, 32);

                assertThat(verifier.verify(input + "." + Forge.base64url(mac))).isInvalid();
                assertThat(verifier.verify(input + "." + Forge.base64url(twice)))
                        .isInvalid();
                assertThat(sessions.verify(input + "." + Forge.base64url(twice)))
                        .isInvalid();
            }
        }

        @ParameterizedTest
        @ValueSource(
                strings = {
                    "none", "None", "NONE", "nOnE", "", "HS256", "HS512", "RS256", "PS256", "ES384", "ES512", "es256",
                    "Ed25519"
                })
        void of_any_other_name_are_refused_whatever_the_signature(String algorithm) {
            String signed = SignedTokens.sign(signer, header(algorithm, "s1"), claims(ada));
            String input = signed.substring(0, signed.lastIndexOf('.') + 1);

            assertThat(verifier.verify(signed)).isInvalid(Cause.HEADER);
            assertThat(verifier.verify(input)).isInvalid();
            assertThat(verifier.verify(input.substring(0, input.length() - 1))).isInvalid();
            assertThat(verifier.verify(input + "A".repeat(86))).isInvalid(Cause.HEADER);
        }

        @Test
        void of_the_other_pair_are_refused() {
            assertThat(verifier.verify(SignedTokens.sign(signer, header("EdDSA", "s1"), claims(ada))))
                    .isInvalid(Cause.UNKNOWN_KEY);
        }

        @Test
        void of_zeros_are_refused() {
            String signed = SignedTokens.sign(signer, header("ES256", "s1"), claims(ada));

            assertThat(verifier.verify(signed.substring(0, signed.length() - 86) + "A".repeat(86)))
                    .isInvalid(Cause.FORGED);
        }

        @Test
        void in_der_are_refused() {
            String signed = SignedTokens.sign(signer, header("ES256", "s1"), claims(ada));
            byte[] raw = Base64.getUrlDecoder().decode(signed.substring(signed.length() - 86));
            byte[] der = new byte[70];
            der[0] = 0x30;
            der[1] = 68;
            der[2] = der[36] = 2;
            der[3] = der[37] = 32;
            System.arraycopy(raw, 0, der, 4, 32);
            System.arraycopy(raw, 32, der, 38, 32);

            assertThat(verifier.verify(signed.substring(0, signed.length() - 86) + Forge.base64url(der)))
                    .isInvalid();
        }
    }

    @Nested
    @Keeps({"T3", "T8"})
    @Tries({3, 10, 16})
    class Headers {
        private final Session ada = sessions.start("ada");

        @ParameterizedTest
        @ValueSource(
                strings = {
                    "{\"alg\":\"ES256\",\"typ\":\"sj1+jwt\",\"kid\":\"s1\"}",
                    "{\"alg\":\"ES256\", \"kid\":\"s1\",\"typ\":\"sj1+jwt\"}",
                    "{\"alg\":\"ES256\",\"kid\":\"s1\",\"typ\":\"st1+jwt\"}",
                    "{\"alg\":\"ES256\",\"kid\":\"s1\",\"typ\":\"JWT\"}",
                    "{\"alg\":\"ES256\",\"kid\":\"s1\"}",
                    "{\"alg\":\"ES256\",\"typ\":\"sj1+jwt\"}",
                    "{\"alg\":\"ES256\",\"kid\":\"\",\"typ\":\"sj1+jwt\"}",
                    "{\"alg\":\"ES256\",\"kid\":\"s1\",\"typ\":\"sj1+jwt\",\"ctx\":\"app/session\"}",
                    "{\"alg\":\"ES256\",\"kid\":\"s1\",\"typ\":\"sj1+jwt\",\"crit\":[\"b64\"],\"b64\":false}",
                    "{\"alg\":\"ES256\",\"kid\":\"s1\",\"typ\":\"sj1+jwt\",\"jwk\":{}}",
                    "{\"alg\":\"ES256\",\"kid\":\"s1\",\"typ\":\"sj1+jwt\"}\n",
                    "[]",
                    "{}",
                })
        void of_any_other_spelling_are_refused_though_the_signature_fits(String header) {
            assertThat(verifier.verify(SignedTokens.sign(signer, header, claims(ada))))
                    .isInvalid(Cause.HEADER);
        }

        @ParameterizedTest
        @ValueSource(ints = {0, 1, 2, 4, 5, 6})
        void in_any_other_number_of_parts_are_refused(int count) {
            String[] three = sessions.issue(ada).split("\\.");
            StringBuilder token = new StringBuilder(count == 0 ? "." : "");
            for (int i = 0; i < count; i++) {
                token.append(i == 0 ? "" : ".").append(three[i % 3]);
            }

            assertThat(verifier.verify(token.toString())).isInvalid();
        }

        @Test
        void before_ten_megabytes_are_refused_unread() {
            assertThat(verifier.verify(sessions.issue(ada) + "A".repeat(10_000_000)))
                    .isInvalid(Cause.TOO_LONG);
        }
    }

    @Nested
    class Key_ids_of_others {
        private final Session ada = sessions.start("ada");

        @ParameterizedTest
        @ValueSource(strings = {"a", PUBLIC_KEY_ID, "0123456789abc", "2026.03:main", "https://issuer.example/keys/1"})
        void of_up_to_64_characters_verify(String keyId) {
            String ticket = SignedTokens.sign(signer, header("ES256", keyId), claims(ada));

            assertThat(verifier(TestKeys.ring(TestKeys.ecdsaPublic(keyId, 0))).verify(ticket))
                    .isActiveFor("ada");
        }

        @Test
        void of_more_do_not_even_load() {
            assertThatIllegalArgumentException()
                    .isThrownBy(() -> TestKeys.ring(TestKeys.ecdsaPublic(PUBLIC_KEY_ID + "x", 0)))
                    .withMessageContaining("64");
            assertThat(verifier.verify(SignedTokens.sign(signer, header("ES256", PUBLIC_KEY_ID + "x"), claims(ada))))
                    .isInvalid(Cause.HEADER);
        }
    }

    @Nested
    @Keeps("T7")
    class Issuer_and_audience {

        @Test
        void are_both_required() {
            assertThatIllegalArgumentException().isThrownBy(() -> Verifier.of(ring, "", AUDIENCE));
            assertThatIllegalArgumentException().isThrownBy(() -> Verifier.of(ring, ISSUER, " "));
            assertThatIllegalArgumentException()
                    .isThrownBy(() -> Sessions.with(ring).readableByHolder(ISSUER, ""))
                    .withMessageContaining("name both");
        }

        @Test
        void are_said_where_tokens_are_readable() {
            assertThatIllegalArgumentException()
                    .isThrownBy(() -> Sessions.with(ring).format(TokenFormat.SIGNED))
                    .withMessageContaining("readableByHolder");
        }

        @Test
        void are_required_in_every_ticket() {
            Session ada = sessions.start("ada");
            String without = TicketTexts.of(ada);

            for (String claims : List.of(
                    without,
                    without.replace("{", "{\"iss\":\"" + ISSUER + "\","),
                    without.replace("{", "{\"aud\":\"" + AUDIENCE + "\","),
                    without.replace("{", "{\"iss\":\"" + ISSUER + "\",\"aud\":[\"" + AUDIENCE + "\"],"))) {
                assertThat(verifier.verify(SignedTokens.sign(signer, header("ES256", "s1"), claims)))
                        .isInvalid(Cause.CLAIMS);
            }
        }
    }

    @Nested
    class Rotated_keys {

        @Test
        void are_found_at_the_source_and_dropped_with_it() {
            Vault vault = new Vault(TestKeys.ecdsaPublic("s1", 0));
            try (Verifier following = verifier(KeyRing.from(vault))) {
                KeyRing next = TestKeys.ring(TestKeys.ecdsa("s2", 1));
                Sessions others = signing(next, ISSUER, AUDIENCE);
                String ticket = others.issue(others.start("ada"));
                assertThat(following.verify(sessions.issue(sessions.start("bob"))))
                        .isActiveFor("bob");
                vault.put(TestKeys.ecdsaPublic("s2", 1));

                assertThat(following.verify(ticket)).isActiveFor("ada");
                assertThat(following.verify(sessions.issue(sessions.start("bob"))))
                        .isInvalid(Cause.UNKNOWN_KEY);
            }
        }

        @Test
        void that_retire_are_refused_at_that_second() {
            KeyRing retiring =
                    TestKeys.ring(TestKeys.ecdsa("s1", 0, TestKeys.until(MovableClock.NOON.plusSeconds(60))));
            Verifier some = verifier(KeyRing.parse(retiring.exportPublicJwkSet()));
            String ticket = sessions.issue(sessions.start("ada"));

            clock.forward(Duration.ofSeconds(59));
            assertThat(some.verify(ticket)).isActive();
            clock.forward(Duration.ofSeconds(1));
            assertThat(some.verify(ticket)).isInvalid(Cause.RETIRED_KEY);
        }
    }
}
