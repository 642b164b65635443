package dev.signet;

import dev.signet.keys.KeyRing;
import dev.signet.token.HeldKeys;
import dev.signet.token.Opened;
import dev.signet.token.TokenCodec;
import dev.signet.token.Tokens;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import org.jspecify.annotations.Nullable;

/**
 * Verifies signed tickets elsewhere, with public keys only. It sees no revocation, so keep the lifetime of such tickets short. Thread-safe.
 */
public final class Verifier implements AutoCloseable {
    private final HeldKeys keys;
    private final TokenCodec codec;
    private final Audience audience;
    private final InstantSource clock;

    private Verifier(KeyRing keys, Audience audience, InstantSource clock) {
        this.keys = new HeldKeys(keys, clock);
        this.codec = Tokens.readable(this.keys);
        this.audience = audience;
        this.clock = clock;
    }

    /**
     * @param issuer required in every ticket's {@code iss} (RFC 7519 §4.1.1)
     * @param audience required in every ticket's {@code aud} (RFC 7519 §4.1.3)
     * @throws IllegalArgumentException if one of them is blank
     */
    public static Verifier of(KeyRing keys, String issuer, String audience) {
        return of(keys, issuer, audience, InstantSource.system());
    }

    /**
     * As {@link #of(KeyRing, String, String)}, by another clock.
     *
     * @throws IllegalArgumentException if the issuer or the audience is blank
     */
    public static Verifier of(KeyRing keys, String issuer, String audience, InstantSource clock) {
        return new Verifier(keys, new Audience(issuer, audience), clock);
    }

    /** Opens a ticket and decides; never {@code Revoked} or {@code Undecided}. */
    public Verification verify(@Nullable String ticket) {
        if (ticket == null || ticket.isEmpty()) {
            return new Verification.Absent();
        }
        Instant now = clock.instant();
        Duration longest = keys.ring().longestLifetime();
        Opened<TicketClaims> opened =
                codec.open(ticket, now, (in, source) -> TicketClaims.read(in, false, audience, longest));
        return Deadlines.check(opened, now, Deadlines.DEFAULT_SKEW);
    }

    @Override
    public void close() {
        keys.close();
    }
}
