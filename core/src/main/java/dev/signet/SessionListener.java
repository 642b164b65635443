package dev.signet;

/**
 * Is told what happens to sessions, for metrics and audit logs. Called on the thread that does it, so be quick; what it throws is logged and ignored.
 * Implementations are thread-safe.
 */
public interface SessionListener {
    /** Somebody signed in. */
    default void started(Session session) {}

    /** A session was issued again with a later idle deadline. */
    default void renewed(Session session) {}

    /** A session was replaced by one with a new id, for the same subject. */
    default void restarted(Session before, Session after) {}

    /** A session or visit was ended by its owner, or by a sign-in in its place; not those that a group revocation ends. */
    default void ended(Session session) {}

    /** A ticket was refused. Strangers cause this at will: count, do not log each. */
    default void refused(Verification verification) {}

    /** A slot could not be read and reads as absent. Strangers cause this at will. */
    default void slotRefused(String slot, Verification.Cause cause) {}

    /** What a response was about to write for a session was dropped, since that session was ended meanwhile. */
    default void discarded(Session session) {}
}
