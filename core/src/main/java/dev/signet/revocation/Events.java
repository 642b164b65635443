package dev.signet.revocation;

import dev.signet.revocation.RevocationListener.Event;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Logs a change of state and tells the listener, whose failures are its own. */
final class Events {
    private static final Logger LOG = LoggerFactory.getLogger(Revocations.class);

    private final RevocationListener listener;

    Events(RevocationListener listener) {
        this.listener = listener;
    }

    void happened(Event event, String detail) {
        switch (event) {
            case STORE_FOUND, LOSS_SETTLED -> LOG.info("{}: {}", event, detail);
            case STORE_LOST, FOUND_EMPTY -> LOG.warn("{}: {}", event, detail);
            case ENTRIES_LOST, LIST_FULL -> LOG.error("{}: {}", event, detail);
        }
        quietly("A revocation listener", () -> listener.happened(event, detail));
    }

    /** Code of others, whose failures are logged and stay theirs. */
    static void quietly(String what, Runnable foreign) {
        try {
            foreign.run();
        } catch (RuntimeException e) {
            LOG.warn("{} failed", what, e);
        }
    }
}
