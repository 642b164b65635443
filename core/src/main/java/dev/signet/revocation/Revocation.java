package dev.signet.revocation;

import dev.signet.revocation.RevocationLog.Kind;
import java.time.Instant;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * What is to end: one session, every session of a subject so far, or every session so far. "So far" is decided by the position
 * that the log gives to the entry, not by clocks. An immutable value.
 *
 * @param session the id of the session; set exactly for {@link Kind#SESSION}
 * @param subject whose session or sessions; set unless everyone's
 * @param until the session's absolute end, after which nobody needs to remember that it was ended; null = unknown
 */
public record Revocation(
        Kind kind,
        @Nullable String session,
        @Nullable String subject,
        @Nullable Instant until) {
    /** @throws IllegalArgumentException if what is named does not fit the kind */
    public Revocation {
        Objects.requireNonNull(kind, "kind");
        if ((session != null) != (kind == Kind.SESSION) || (subject == null) != (kind == Kind.EVERYONE)) {
            throw new IllegalArgumentException(
                    "A revocation names a session and its subject, a subject, or nobody for everyone");
        }
        if (until != null && kind != Kind.SESSION) {
            throw new IllegalArgumentException(
                    "Only the revocation of one session has an end; leave out until for kind " + kind);
        }
    }

    /** One session whose absolute end is unknown: remembered for the longest lifetime a session may ever have. */
    public static Revocation session(String sid, String subject) {
        return new Revocation(Kind.SESSION, sid, subject, null);
    }

    /** One session, remembered until its absolute end. */
    public static Revocation session(String sid, String subject, Instant until) {
        return new Revocation(Kind.SESSION, sid, subject, until);
    }

    /** Every session of the subject so far. */
    public static Revocation subject(String subject) {
        return new Revocation(Kind.SUBJECT, null, subject, null);
    }

    /** Every session so far. */
    public static Revocation everyone() {
        return new Revocation(Kind.EVERYONE, null, null, null);
    }

    /** The kind only: a subject may be any text, and logs are read by many. */
    @Override
    public String toString() {
        return "Revocation[" + kind + "]";
    }
}
