package dev.signet;

import dev.signet.revocation.Revocation;
import java.time.InstantSource;

/**
 * Is told what happens to sessions, for metrics and audit logs. Called on the thread that does it, so be quick; what it throws is logged and ignored.
 * Implementations are thread-safe.
 */
public interface SessionListener {
    /**
     * Writes security events to the log {@code dev.signet.security}: a line for each sign-in, sign-out, restart and decision to end sessions, and for
     * refusals, with their cause, at most ten a minute and cause, then their number. Names are shown so that they cannot forge a line.
     */
    static SessionListener logging() {
        return new SecurityLog(InstantSource.system());
    }

    /** Tells this one, then the other, whatever the first throws. */
    default SessionListener and(SessionListener other) {
        return new GuardedListener(this, other);
    }

    /** Somebody signed in. */
    default void started(Session session) {}

    /** A session was issued again with a later idle deadline. */
    default void renewed(Session session) {}

    /** A session was replaced by one with a new id, for the same subject. */
    default void restarted(Session before, Session after) {}

    /** A session or visit was ended by its owner, or by a sign-in in its place; not those that a group revocation ends. */
    default void ended(Session session) {}

    /** Sessions were ended by decision of the server, by a sign-out everywhere, or as the others of one that goes on. */
    default void revoked(Revocation revocation) {}

    /** A ticket was refused. Strangers cause this at will: count, do not log each. */
    default void refused(Verification verification) {}

    /** A slot could not be read and reads as absent. Strangers cause this at will. */
    default void slotRefused(String slot, Verification.Cause cause) {}

    /** What a response was about to write for a session was dropped, since that session was ended meanwhile. */
    default void discarded(Session session) {}

    /** Whether {@link #sealed} and {@link #opened} are wanted, for which each token costs two looks at a clock; asked when sessions are built. */
    default boolean measures() {
        return false;
    }

    /**
     * A token was made.
     *
     * @param kind {@code ticket}, {@code visitor}, or {@code slot.} and the slot's name
     * @param length in characters, without the name of its cookie
     * @param nanos how long that took
     */
    default void sealed(String kind, int length, long nanos) {}

    /**
     * A token was opened and its claims were read; never one that was refused.
     *
     * @param kind as {@link #sealed} says
     * @param nanos how long that took, without the question whether it was revoked
     */
    default void opened(String kind, long nanos) {}
}
