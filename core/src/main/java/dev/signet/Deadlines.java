package dev.signet;

import dev.signet.token.Opened;
import dev.signet.token.Refusal;
import java.time.Duration;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/** What the clocks say of a ticket: a deadline has passed in the very second it names (RFC 7519 §4.1.4), and skew excuses only the future. */
final class Deadlines {
    static final Duration DEFAULT_SKEW = Duration.ofSeconds(30);

    private Deadlines() {}

    static Verification check(Opened<TicketClaims> opened, Instant now, Duration skew) {
        TicketClaims claims = opened.value();
        if (claims == null) {
            return new Verification.Invalid(cause(opened.refusal()));
        }
        long second = now.getEpochSecond();
        if (claims.issuedAt() > second + skew.toSeconds()) {
            return new Verification.Invalid(Verification.Cause.FROM_THE_FUTURE);
        }
        if (second >= claims.endsAt()) {
            return new Verification.Expired();
        }
        if (second >= claims.idleUntil()) {
            return new Verification.Expired(new Session(claims));
        }
        return new Verification.Active(new Session(claims));
    }

    static Verification.Cause cause(@Nullable Refusal refusal) {
        return refusal == null ? Verification.Cause.CLAIMS : Verification.Cause.valueOf(refusal.name());
    }
}
