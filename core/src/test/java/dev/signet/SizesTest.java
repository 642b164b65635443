package dev.signet;

import static dev.signet.VerificationAssert.assertThat;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import dev.signet.keys.KeyRing;
import dev.signet.revocation.Revocations;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** How many bytes go over the wire with each request. */
class SizesTest {
    private static final int LONGEST_COOKIE = 4096;

    private final MovableClock clock = MovableClock.atNoon();
    private final Sessions sessions = Sessions.with(KeyRing.generate())
            .clock(clock)
            .revocations(Revocations.inMemory(clock))
            .build();

    private static int cookie(String name, String value) {
        return (name + "=" + value).length();
    }

    @Test
    void a_ticket_takes_345_characters() {
        assertThat(cookie("__Host-session", sessions.issue(sessions.start("ada12345"))))
                .isLessThanOrEqualTo(345);
    }

    @Test
    void a_small_text_takes_260_characters() {
        Session ada = sessions.start("ada12345");
        String token = sessions.seal(sessions.content(Slot.text("theme"), "dark"), ada);

        assertThat(cookie("__Host-session.theme", token)).isLessThanOrEqualTo(260);
    }

    @Test
    void a_visitors_ticket_is_shorter_than_a_sessions() {
        assertThat(sessions.issue(sessions.startVisitor()))
                .hasSizeLessThan(sessions.issue(sessions.start("ada12345")).length());
    }

    @Nested
    @Keeps("C6")
    class A_long_ticket {
        private final Sessions longNamed = Sessions.with(
                        TestKeys.ring(TestKeys.secret("abcdefghijkl", 1), TestKeys.ecdsa("mnopqrstuvwx", 0)))
                .application("a".repeat(64))
                .name("abcdefghijklmnop")
                .clock(clock)
                .build();

        @Test
        void that_does_not_fit_into_a_cookie_is_refused_at_sign_in() {
            String subject = "\u0001".repeat(255);
            SignIn signIn = SignIn.as(subject).fact("f", "\u0001".repeat(1000));

            assertThatIllegalArgumentException()
                    .isThrownBy(() -> sessions.start(signIn))
                    .withMessageContainingAll("ticket of ", "4032", "shorter subject")
                    .withMessageNotContaining(subject);
        }

        @Test
        void that_does_not_fit_is_refused_at_a_restart_which_then_changes_nothing() {
            Session ada = sessions.start("\u0001".repeat(255));
            SignIn again = SignIn.as(ada.subject()).fact("f", "\u0001".repeat(1000));

            assertThatIllegalArgumentException().isThrownBy(() -> sessions.restart(ada, again));
            assertThat(sessions.verify(sessions.issue(ada))).isActive();
        }

        @Test
        void of_the_largest_plain_identity_fits() {
            Session ada = longNamed.start(
                    SignIn.as("é".repeat(255)).fact("f", "x".repeat(1017)).remember());

            assertFits(longNamed, ada);
        }

        @Test
        void takes_up_to_4032_characters() {
            assertThat(IntStream.range(0, 6)
                            .map(plain -> longestOf("x".repeat(plain)))
                            .max())
                    .hasValue(4032);
        }

        private int longestOf(String plain) {
            Session longest = longest(longNamed, SignIn.as("\u0001".repeat(200) + plain));
            return longNamed.issue(longest).length();
        }

        @Test
        void that_just_fits_also_fits_when_it_carries_slots() {
            Set<String> sixteen = new TreeSet<>(IntStream.range(0, 16)
                    .mapToObj("aslotnamedabc%03d"::formatted)
                    .toList());
            Session fitting = longest(longNamed, SignIn.as("\u0001".repeat(200)));
            Session visitor = longNamed.startVisitor();
            Session carrying;
            try {
                carrying = longNamed.carrying(fitting, visitor, sixteen);
            } catch (IllegalArgumentException refused) {
                assertThat(refused).hasMessageContaining("ticket of ");
                return;
            }

            assertFits(longNamed, carrying);
        }

        @ParameterizedTest
        @EnumSource(
                value = TokenFormat.class,
                names = {"ENCRYPTED", "SIGNED_THEN_ENCRYPTED"})
        void fits_also_after_a_renewal_and_in_its_last_second(TokenFormat format) {
            Sessions some = Sessions.with(TestKeys.ring(TestKeys.secret("k1", 1), TestKeys.ecdsa("s1", 0)))
                    .clock(clock)
                    .format(format)
                    .build();
            Session last = longest(some, SignIn.as("ada"));
            clock.set(last.idleUntil().minusSeconds(1));

            assertFits(some, some.renew(last));
        }

        /** With one character of a fact more, it is refused. */
        private Session longest(Sessions some, SignIn signIn) {
            Session last = some.start(signIn);
            for (int length = 1; ; length++) {
                try {
                    last = some.start(signIn.fact("f", "\u0001".repeat(length)));
                } catch (IllegalArgumentException fitsNoMore) {
                    assertThat(fitsNoMore).hasMessageContaining("ticket of ");
                    return last;
                }
            }
        }

        private void assertFits(Sessions some, Session session) {
            String ticket = some.issue(session);

            assertThat(cookie("__Host-" + some.name(), ticket)).isLessThanOrEqualTo(LONGEST_COOKIE);
            assertThat(some.verify(ticket)).isActive();
        }
    }
}
