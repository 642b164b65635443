package dev.signet;

import dev.signet.revocation.Revocation;
import java.util.List;
import java.util.function.Consumer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Listeners that can harm neither the request they are told about nor each other. */
final class GuardedListener implements SessionListener {
    private static final Logger LOG = LoggerFactory.getLogger(GuardedListener.class);

    private final List<SessionListener> listeners;
    private final boolean measures;

    GuardedListener(SessionListener... listeners) {
        this.listeners = List.of(listeners);
        this.measures = this.listeners.stream().anyMatch(SessionListener::measures);
    }

    private void tell(Consumer<SessionListener> news) {
        for (SessionListener listener : listeners) {
            try {
                news.accept(listener);
            } catch (RuntimeException thrown) {
                LOG.warn("A session listener failed and was ignored", thrown);
            }
        }
    }

    @Override
    public void started(Session session) {
        tell(l -> l.started(session));
    }

    @Override
    public void renewed(Session session) {
        tell(l -> l.renewed(session));
    }

    @Override
    public void restarted(Session before, Session after) {
        tell(l -> l.restarted(before, after));
    }

    @Override
    public void ended(Session session) {
        tell(l -> l.ended(session));
    }

    @Override
    public void revoked(Revocation revocation) {
        tell(l -> l.revoked(revocation));
    }

    @Override
    public void refused(Verification verification) {
        tell(l -> l.refused(verification));
    }

    @Override
    public void slotRefused(String slot, Verification.Cause cause) {
        tell(l -> l.slotRefused(slot, cause));
    }

    @Override
    public void discarded(Session session) {
        tell(l -> l.discarded(session));
    }

    @Override
    public boolean measures() {
        return measures;
    }

    @Override
    public void sealed(String kind, int length, long nanos) {
        tell(l -> {
            if (l.measures()) {
                l.sealed(kind, length, nanos);
            }
        });
    }

    @Override
    public void opened(String kind, long nanos) {
        tell(l -> {
            if (l.measures()) {
                l.opened(kind, nanos);
            }
        });
    }
}
