package dev.signet.revocation;

/**
 * Told when the state of the revocations changes: once at each change, never per request. Must return quickly; may be called
 * from any thread.
 */
@FunctionalInterface
public interface RevocationListener {
    /** The detail says in plain words what happened; it names no session. */
    void happened(Event event, String detail);

    /** A change of state; each is also logged once. */
    enum Event {
        /** The log has not confirmed its head within the staleness bound: the policy decides, fail closed or fail open. */
        STORE_LOST,
        /** The log answers again. */
        STORE_FOUND,
        /** A durable log held nothing at all when it was first read; everyone was signed out as its first entry. */
        FOUND_EMPTY,
        /** The log no longer holds what it held, or tickets know of positions that it does not know. */
        ENTRIES_LOST,
        /** What was lost has been recorded again, or everyone was signed out, or an operator acknowledged the loss. */
        LOSS_SETTLED,
        /** More live entries than allowed: an alarm. Everyone whose ticket is older than the oldest tenth of them is signed out. */
        LIST_FULL
    }
}
