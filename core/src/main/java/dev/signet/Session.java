package dev.signet;

import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * One signed-in person's visit, or an anonymous visitor's: a stable id, and when it started and must end. Immutable, thread-safe.
 *
 * <p>Only {@link Sessions} and {@link Verifier} make sessions, so one out of {@link Verification.Active} that is no visitor's is the proof that somebody was recognised.
 */
public final class Session {
    static final String DEFAULT_LIFETIME = "default";
    static final String REMEMBERED_LIFETIME = "remembered";

    private final TicketClaims claims;

    Session(TicketClaims claims) {
        this.claims = claims;
    }

    TicketClaims claims() {
        return claims;
    }

    /** 128 random bits as 22 characters of base64url; stays the same over renewals. */
    public String id() {
        return claims.sid();
    }

    /** True for somebody who is not signed in: a place for slots, without any authority. */
    public boolean isVisitor() {
        return claims.subject() == null;
    }

    /** @throws IllegalStateException for a visitor, who is nobody */
    public String subject() {
        String subject = claims.subject();
        if (subject == null) {
            throw new IllegalStateException("a visitor has no subject: ask isVisitor() first");
        }
        return subject;
    }

    public Instant startedAt() {
        return Instant.ofEpochSecond(claims.startedAt());
    }

    public Instant issuedAt() {
        return Instant.ofEpochSecond(claims.issuedAt());
    }

    /** The session ends at this moment unless it is renewed before. */
    public Instant idleUntil() {
        return Instant.ofEpochSecond(claims.idleUntil());
    }

    /** The absolute deadline, which no renewal moves. */
    public Instant endsAt() {
        return Instant.ofEpochSecond(claims.endsAt());
    }

    /** When credentials were last checked. */
    public Instant authenticatedAt() {
        return Instant.ofEpochSecond(claims.authenticatedAt());
    }

    /** The short name of its {@link Lifetime}: {@code default}, {@code remembered}, or one that was configured. */
    public String lifetime() {
        return claims.lifetime();
    }

    public Set<String> roles() {
        return claims.roles();
    }

    public boolean hasRole(Enum<?> role) {
        return claims.roles().contains(role.name());
    }

    /** How the person was authenticated (RFC 8176). */
    public List<String> amr() {
        return claims.amr();
    }

    public Map<String, String> facts() {
        return claims.facts();
    }

    /** The visitor whose slots it took along, if any are still under that visitor's id. */
    @Nullable
    String carriedFrom() {
        return claims.carriedFrom();
    }

    @Override
    public boolean equals(@Nullable Object other) {
        return other instanceof Session session && session.claims.equals(claims);
    }

    @Override
    public int hashCode() {
        return claims.sid().hashCode();
    }

    /** Says whose and until when; the id is shortened, since logs are read by many. */
    @Override
    public String toString() {
        String who = claims.subject() == null ? "visitor" : "session of " + LogText.of(claims.subject());
        return who + " (" + claims.sid().substring(0, 6) + "…, until " + endsAt() + ")";
    }
}
