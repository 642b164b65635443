package dev.signet.testing;

import dev.signet.Verification;
import dev.signet.Verification.Cause;
import dev.signet.Verification.Outcome;
import org.assertj.core.api.AbstractAssert;

/** What a test expects of a ticket. Not thread-safe. */
public final class VerificationAssert extends AbstractAssert<VerificationAssert, Verification> {
    VerificationAssert(Verification actual) {
        super(actual, VerificationAssert.class);
    }

    public VerificationAssert isActive() {
        return is(Outcome.ACTIVE);
    }

    public VerificationAssert isActiveFor(String subject) {
        isActive();
        if (!actual.active().orElseThrow().subject().equals(subject)) {
            throw failure("expected a session of %s, but it is %s", subject, found());
        }
        return this;
    }

    public VerificationAssert isAbsent() {
        return is(Outcome.ABSENT);
    }

    public VerificationAssert isExpired() {
        return is(Outcome.EXPIRED);
    }

    public VerificationAssert isRevoked() {
        return is(Outcome.REVOKED);
    }

    public VerificationAssert isInvalid() {
        return is(Outcome.INVALID);
    }

    public VerificationAssert isInvalidBecause(Cause cause) {
        isInvalid();
        if (((Verification.Invalid) actual).cause() != cause) {
            throw failure("expected a ticket that is invalid because of %s, but it is %s", cause, found());
        }
        return this;
    }

    public VerificationAssert isUndecided() {
        return is(Outcome.UNDECIDED);
    }

    private VerificationAssert is(Outcome outcome) {
        isNotNull();
        if (actual.outcome() != outcome) {
            throw failure("expected a ticket that is %s, but it is %s", outcome, found());
        }
        return this;
    }

    private String found() {
        if (actual instanceof Verification.Invalid invalid) {
            return "INVALID because of " + invalid.cause();
        }
        return actual.outcome()
                + actual.active().map(session -> ": a " + session).orElse("");
    }
}
