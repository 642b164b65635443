package dev.signet;

import java.util.List;
import org.assertj.core.api.AbstractAssert;

/** What tests expect of verifying a ticket. */
public final class VerificationAssert extends AbstractAssert<VerificationAssert, Verification> {
    private VerificationAssert(Verification actual) {
        super(actual, VerificationAssert.class);
    }

    public static VerificationAssert assertThat(Verification actual) {
        return new VerificationAssert(actual);
    }

    /** The session, for further questions. */
    public Session isActive() {
        is(Verification.Outcome.ACTIVE);
        return actual.active().orElseThrow();
    }

    public Session isActiveFor(String subject) {
        Session session = isActive();
        if (!session.subject().equals(subject)) {
            failWithMessage("expected a session of %s, but it is %s", subject, session);
        }
        return session;
    }

    public void isAbsent() {
        is(Verification.Outcome.ABSENT);
    }

    public void isExpired() {
        is(Verification.Outcome.EXPIRED);
    }

    public void isRevoked() {
        is(Verification.Outcome.REVOKED);
    }

    public void isUndecided() {
        is(Verification.Outcome.UNDECIDED);
    }

    public void isInvalid(Verification.Cause... expected) {
        is(Verification.Outcome.INVALID);
        Verification.Cause cause = ((Verification.Invalid) actual).cause();
        if (expected.length > 0 && !List.of(expected).contains(cause)) {
            failWithMessage("expected to be invalid because of %s, but it is because of %s", List.of(expected), cause);
        }
    }

    private void is(Verification.Outcome expected) {
        isNotNull();
        if (actual.outcome() != expected) {
            failWithMessage("expected %s, but it is %s", expected, actual);
        }
    }
}
