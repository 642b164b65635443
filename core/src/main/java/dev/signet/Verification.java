package dev.signet;

import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** What became of verifying a ticket. Whatever a client sends is one of these, never an exception. */
public sealed interface Verification {
    /** One word for each outcome, for a {@code switch}. */
    enum Outcome {
        ACTIVE,
        ABSENT,
        EXPIRED,
        REVOKED,
        INVALID,
        UNDECIDED
    }

    /** Why a ticket is invalid: for counters and logs. An answer never depends on it. */
    enum Cause {
        /** Longer than any token of ours. */
        TOO_LONG,
        /** Not the parts, alphabet, lengths or spelling of a token. */
        MALFORMED,
        /** Another algorithm, kind or header. */
        HEADER,
        /** No key of the ring has its key id. */
        UNKNOWN_KEY,
        /** Its key is no longer accepted, or it is older than any live token. */
        RETIRED_KEY,
        /** It does not authenticate: changed, made up, or sealed for another use. */
        FORGED,
        /** It authenticates, but what it says is not token format 1. */
        CLAIMS,
        /** It was issued in the future, by more than the allowed skew. */
        FROM_THE_FUTURE,
        /** The same cookie came more than once. */
        DUPLICATE
    }

    /** Somebody was recognised. */
    record Active(Session session) implements Verification {}

    /** There was no ticket. */
    record Absent() implements Verification {}

    /**
     * Its idle or absolute deadline has passed.
     *
     * @param idle whose it was, if a copy of the ticket may have been renewed since: good for ending it, for nothing else
     */
    record Expired(@Nullable Session idle) implements Verification {
        /** Past the absolute deadline, where nothing is left to end. */
        public Expired() {
            this(null);
        }
    }

    /**
     * It was ended by a sign-out, a restart or the server.
     *
     * @param ended whose it was: good for ending what a restart put in its place, for nothing else
     */
    record Revoked(Session ended) implements Verification {}

    /** It is no ticket of ours. */
    record Invalid(Cause cause) implements Verification {}

    /**
     * It is authentic and not expired, but whether it was revoked cannot be told now.
     *
     * @param unconfirmed whose it is if it was not revoked: good for signing out, here or everywhere, for nothing else
     */
    record Undecided(Session unconfirmed) implements Verification {}

    /** The session, of the one outcome that has a trustworthy one. */
    default Optional<Session> active() {
        return this instanceof Active active ? Optional.of(active.session()) : Optional.empty();
    }

    default Outcome outcome() {
        if (this instanceof Active) {
            return Outcome.ACTIVE;
        } else if (this instanceof Absent) {
            return Outcome.ABSENT;
        } else if (this instanceof Expired) {
            return Outcome.EXPIRED;
        } else if (this instanceof Revoked) {
            return Outcome.REVOKED;
        } else if (this instanceof Invalid) {
            return Outcome.INVALID;
        }
        return Outcome.UNDECIDED;
    }
}
