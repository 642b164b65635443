package dev.signet;

import static dev.signet.VerificationAssert.assertThat;
import static org.assertj.core.api.Assertions.assertThat;

import dev.signet.Verification.Cause;
import dev.signet.keys.Key;
import dev.signet.keys.KeyRing;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Signed-then-encrypted tokens, against somebody who has the secret key and not the private one. */
@Keeps("T9")
@Tries(20)
class NestedTest {
    private static final Forge FORGE = Forge.at(MovableClock.NOON);

    private final MovableClock clock = MovableClock.atNoon();
    private final KeyRing ring = TestKeys.ring(TestKeys.secret("k1", 1), TestKeys.ecdsa("s1", 0));
    private final Key signer = ring.keys().get(1);
    private final Sessions sessions = Sessions.with(ring)
            .clock(clock)
            .format(TokenFormat.SIGNED_THEN_ENCRYPTED)
            .build();
    private final Session ada = sessions.start("ada");
    private final String claims = TicketTexts.of(ada);

    private Verification verify(String inside) {
        return sessions.verify(FORGE.seal("sn1+jwt", "", Forge.utf8(inside)));
    }

    private static String header(String algorithm, String typ, String context) {
        return SignedTokens.header(algorithm, "s1", typ, ",\"ctx\":\"" + context + "\"");
    }

    private String signed(String header) {
        return SignedTokens.sign(signer, header, claims);
    }

    @Test
    void the_right_inside_is_accepted() {
        assertThat(verify(signed(header("ES256", "st1+jwt", "app/session")))).isActiveFor("ada");
    }

    @Nested
    class An_inside {

        @Test
        void that_is_not_signed_is_refused() {
            String none = signed(header("none", "st1+jwt", "app/session"));
            String input = none.substring(0, none.lastIndexOf('.') + 1);

            assertThat(verify(claims)).isInvalid(Cause.MALFORMED);
            assertThat(verify(none)).isInvalid(Cause.HEADER);
            assertThat(verify(input)).isInvalid(Cause.MALFORMED);
            assertThat(verify(input + "A".repeat(86))).isInvalid(Cause.HEADER);
            assertThat(verify("")).isInvalid(Cause.MALFORMED);
        }

        @Test
        void of_another_signer_is_refused() {
            Key stranger = TestKeys.ring(TestKeys.ecdsa("s1", 1)).keys().get(0);

            assertThat(verify(SignedTokens.ticket(stranger, ada))).isInvalid(Cause.FORGED);
        }

        @Test
        void that_is_encrypted_again_is_refused() {
            String right = signed(header("ES256", "st1+jwt", "app/session"));

            assertThat(verify(FORGE.seal("sn1+jwt", "", Forge.utf8(right)))).isInvalid(Cause.MALFORMED);
            assertThat(verify(FORGE.ticket(claims))).isInvalid(Cause.MALFORMED);
        }

        @ParameterizedTest
        @ValueSource(strings = {"sv1+jwt", "ss1+jwt", "sj1+jwt", "sn1+jwt", "st2+jwt", "JWT"})
        void of_another_kind_is_refused(String typ) {
            assertThat(verify(signed(header("ES256", typ, "app/session")))).isInvalid(Cause.HEADER);
        }

        @ParameterizedTest
        @ValueSource(strings = {"app/admin", "shop/session", "app/session/theme", "app", "app/session/", "/"})
        void of_another_purpose_is_refused(String context) {
            assertThat(verify(signed(header("ES256", "st1+jwt", context)))).isInvalid(Cause.HEADER);
        }

        @Test
        void of_no_purpose_is_refused() {
            assertThat(verify(signed(SignedTokens.header("ES256", "s1", "st1+jwt", ""))))
                    .isInvalid(Cause.HEADER);
        }

        @Test
        void that_is_readable_elsewhere_is_refused() {
            Sessions readable = Sessions.with(ring)
                    .clock(clock)
                    .readableByHolder("me", "you")
                    .build();

            assertThat(verify(readable.issue(ada))).isInvalid(Cause.HEADER);
        }
    }

    @Nested
    class A_slots_inside {
        private final Slot<String> theme = Slot.text("theme");

        private String slot(String name, String context) {
            String data =
                    "{\"sid\":\"" + ada.id() + "\",\"iat\":" + ada.issuedAt().getEpochSecond() + ",\"exp\":"
                            + ada.endsAt().getEpochSecond() + ",\"data\":\"dark\"}";
            String inside = SignedTokens.sign(signer, header("ES256", "ss1+jwt", context), data);
            return FORGE.seal("sn1+jwt", name, Forge.utf8(inside));
        }

        @Test
        void belongs_to_one_slot() {
            assertThat(sessions.open("theme", slot("theme", "app/session/theme"), ada)
                            .flatMap(content -> sessions.value(theme, content)))
                    .contains("dark");
            assertThat(sessions.open("cart", slot("cart", "app/session/theme"), ada))
                    .isEmpty();
            assertThat(sessions.open("cart", slot("cart", "app/session"), ada)).isEmpty();
        }
    }

    @Nested
    class An_outside {

        @ParameterizedTest
        @ValueSource(strings = {"st1+jwt", "sv1+jwt", "ss1+jwt"})
        void of_another_kind_is_refused(String kind) {
            String right = signed(header("ES256", "st1+jwt", "app/session"));

            assertThat(sessions.verify(FORGE.seal(kind, "", Forge.utf8(right)))).isInvalid(Cause.HEADER);
        }

        @Test
        void without_its_content_type_is_refused() {
            String right = signed(header("ES256", "st1+jwt", "app/session"));
            String header = FORGE.header("sn1+jwt").replace(",\"cty\":\"JWT\"", "");

            assertThat(sessions.verify(Forge.seal(header, FORGE.key("sn1+jwt", ""), Forge.utf8(right))))
                    .isInvalid(Cause.HEADER);
        }
    }
}
