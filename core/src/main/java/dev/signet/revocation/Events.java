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
        quietly(() -> listener.happened(event, detail));
    }

    static void quietly(Runnable foreign) {
        try {
            foreign.run();
        } catch (RuntimeException e) {
            LOG.warn("A revocation listener failed", e);
        }
    }
}
