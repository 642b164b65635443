package dev.signet;

import static dev.signet.VerificationAssert.assertThat;
import static org.assertj.core.api.Assertions.assertThat;

import dev.signet.keys.KeyRing;
import dev.signet.revocation.Revocations;
import java.time.Duration;
import java.time.Instant;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What format 1 wrote in January 2026 opens today. */
@Keeps({"T13", "K10"})
class FrozenTokensTest {
    private static final Instant SEALED = FrozenTokens.SEALED;

    private final MovableClock clock = new MovableClock(SEALED);
    private final KeyRing keys = FrozenTokens.keys();

    private Sessions sessions(TokenFormat format) {
        return FrozenTokens.sessions(clock, keys)
                .revocations(Revocations.inMemory(clock))
                .format(format)
                .build();
    }

    private static void assertIsEverything(Session session) {
        assertThat(session.subject()).isEqualTo("ada");
        assertThat(session.id()).hasSize(22);
        assertThat(session.roles()).containsExactlyInAnyOrder("ADMIN", "BUYER");
        assertThat(session.amr()).containsExactly("pwd", "otp");
        assertThat(session.facts()).containsOnlyKeys("tenant").containsValue("zürich");
        assertThat(session.lifetime()).isEqualTo("remembered");
        assertThat(session.issuedAt()).isEqualTo(SEALED);
        assertThat(session.authenticatedAt()).isEqualTo(SEALED);
        assertThat(session.idleUntil()).isEqualTo(SEALED.plus(Duration.ofDays(14)));
    }

    @Nested
    class Encrypted {
        private final Sessions sessions = sessions(TokenFormat.ENCRYPTED);

        @Test
        void ticket_opens() {
            Session ada =
                    assertThat(sessions.verify(FrozenTokens.read("ticket.jwe"))).isActiveFor("ada");

            assertThat(ada.startedAt()).isEqualTo(SEALED);
            assertThat(ada.idleUntil()).isEqualTo(SEALED.plus(Duration.ofMinutes(30)));
            assertThat(ada.endsAt()).isEqualTo(SEALED.plus(Duration.ofHours(12)));
            assertThat(ada.lifetime()).isEqualTo("default");
            assertThat(ada.roles()).isEmpty();
        }

        @Test
        void ticket_with_everything_opens() {
            Session ada = assertThat(sessions.verify(FrozenTokens.read("ticket-with-everything.jwe")))
                    .isActive();

            assertIsEverything(ada);
            assertThat(ada.startedAt()).isEqualTo(SEALED.minusSeconds(600));
            assertThat(ada.endsAt()).isEqualTo(SEALED.minusSeconds(600).plus(Duration.ofDays(90)));
        }

        @Test
        void visitor_opens() {
            Session visitor = assertThat(sessions.verifyVisitor(FrozenTokens.read("visitor.jwe")))
                    .isActive();

            assertThat(visitor.isVisitor()).isTrue();
            assertThat(visitor.startedAt()).isEqualTo(SEALED.minusSeconds(600));
            assertThat(visitor.issuedAt()).isEqualTo(SEALED);
        }

        @Test
        void slots_open_under_their_own_id_and_the_carried_one() {
            Session ada = assertThat(sessions.verify(FrozenTokens.read("ticket-with-everything.jwe")))
                    .isActive();
            Session visitor = assertThat(sessions.verifyVisitor(FrozenTokens.read("visitor.jwe")))
                    .isActive();
            String note = FrozenTokens.read("slot-note-of-visitor.jwe");

            assertThat(sessions.open("theme", FrozenTokens.read("slot-theme.jwe"), ada)
                            .flatMap(content -> sessions.value(FrozenTokens.THEME, content)))
                    .contains("dark");
            assertThat(sessions.open("note", note, ada).flatMap(content -> sessions.value(FrozenTokens.NOTE, content)))
                    .contains("ü😀");
            assertThat(sessions.open("note", note, visitor)).isPresent();
        }
    }

    @Nested
    class Signed_then_encrypted {
        private final Sessions sessions = sessions(TokenFormat.SIGNED_THEN_ENCRYPTED);

        @ParameterizedTest
        @ValueSource(strings = {"ES256", "EdDSA"})
        void ticket_and_slot_open(String algorithm) {
            Session ada = assertThat(sessions.verify(FrozenTokens.read("nested-" + algorithm + "-ticket.jwe")))
                    .isActive();
            String theme = FrozenTokens.read("nested-" + algorithm + "-slot-theme.jwe");

            assertIsEverything(ada);
            assertThat(sessions.open("theme", theme, ada)
                            .flatMap(content -> sessions.value(FrozenTokens.THEME, content)))
                    .contains("dark");
        }
    }

    @Nested
    class Signed {

        @ParameterizedTest
        @ValueSource(strings = {"ES256", "EdDSA"})
        void ticket_verifies(String algorithm) {
            String ticket = FrozenTokens.read("signed-" + algorithm + "-ticket.jws");
            KeyRing publicKeys = KeyRing.parse(keys.exportPublicJwkSet());
            try (Verifier verifier = Verifier.of(publicKeys, FrozenTokens.ISSUER, FrozenTokens.AUDIENCE, clock)) {
                assertIsEverything(assertThat(verifier.verify(ticket)).isActive());
            }
            try (Sessions sessions = FrozenTokens.sessions(clock, keys)
                    .readableByHolder(FrozenTokens.ISSUER, FrozenTokens.AUDIENCE)
                    .build()) {
                assertIsEverything(assertThat(sessions.verify(ticket)).isActive());
            }
        }
    }
}
