package dev.signet.testing;

import static dev.signet.testing.SignetAssertions.assertThat;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.signet.Sessions;
import dev.signet.Verification;
import dev.signet.Verification.Cause;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import org.junit.jupiter.api.Test;

class VerificationAssertTest {
    private static final Map<Verification.Outcome, Consumer<VerificationAssert>> ASSERTIONS = Map.of(
            Verification.Outcome.ACTIVE, VerificationAssert::isActive,
            Verification.Outcome.ABSENT, VerificationAssert::isAbsent,
            Verification.Outcome.EXPIRED, VerificationAssert::isExpired,
            Verification.Outcome.REVOKED, VerificationAssert::isRevoked,
            Verification.Outcome.INVALID, VerificationAssert::isInvalid,
            Verification.Outcome.UNDECIDED, VerificationAssert::isUndecided);

    private final Shop shop = new Shop();
    private final Sessions sessions = shop.sessions().sessions();
    private final Verification active = sessions.verify(sessions.issue(sessions.start("ada")));

    private static void fails(Verification actual, Consumer<VerificationAssert> assertion, String message) {
        assertThatThrownBy(() -> assertion.accept(assertThat(actual)))
                .isInstanceOf(AssertionError.class)
                .hasMessageMatching(message);
    }

    @Test
    void each_outcome_is_itself_and_no_other() {
        List<Verification> all = List.of(
                active,
                new Verification.Absent(),
                new Verification.Expired(),
                new Verification.Revoked(active.active().orElseThrow()),
                new Verification.Invalid(Cause.FORGED),
                new Verification.Undecided(active.active().orElseThrow()));
        assertThat(all).hasSameSizeAs(ASSERTIONS.keySet());
        for (Verification actual : all) {
            ASSERTIONS.forEach((outcome, assertion) -> {
                if (outcome == actual.outcome()) {
                    assertion.accept(assertThat(actual));
                } else {
                    fails(
                            actual,
                            assertion,
                            "expected a ticket that is " + outcome + ", but it is " + actual.outcome()
                                    + "(| because of FORGED|: a session of ada .*)");
                }
            });
        }
    }

    @Test
    void whose_it_is_counts() {
        assertThat(active).isActive().isActiveFor("ada");
        fails(
                active,
                it -> it.isActiveFor("bob"),
                "expected a session of bob, but it is ACTIVE: a session of ada \\(.{6}\u2026, until 2026-03-02T00:00:00Z\\)");
    }

    @Test
    void why_it_is_invalid_counts() {
        Verification invalid = sessions.verify("x");

        assertThat(invalid).isInvalid().isInvalidBecause(Cause.MALFORMED);
        fails(
                invalid,
                it -> it.isInvalidBecause(Cause.FORGED),
                "expected a ticket that is invalid because of FORGED, but it is INVALID because of MALFORMED");
    }

    @Test
    void the_clock_that_moves_ends_it() {
        String ticket = sessions.issue(sessions.start("ada"));
        shop.clock.advance(Duration.ofMinutes(30).minusSeconds(1));
        assertThat(sessions.verify(ticket)).isActive();

        shop.clock.advance(Duration.ofSeconds(1));

        assertThat(sessions.verify(ticket)).isExpired();
    }
}
