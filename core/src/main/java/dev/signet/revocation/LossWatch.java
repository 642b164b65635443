package dev.signet.revocation;

import dev.signet.revocation.RevocationListener.Event;
import org.jspecify.annotations.Nullable;

/**
 * What tickets betray about a durable log: one that knows of a later position than the log does means that entries were lost.
 * Then nobody is answered until everyone has been signed out or an operator acknowledges the loss. Thread-safe.
 */
final class LossWatch {
    private final Events events;
    private final boolean durable;
    private volatile @Nullable Loss loss;

    /**
     * @param seq the highest position that tickets knew of
     * @param at where the log ended when that was noticed
     */
    private record Loss(long seq, long at, State state) {}

    private enum State {
        STANDING,
        EVERYONE_ENDED,
        ACKNOWLEDGED
    }

    LossWatch(Events events, boolean durable) {
        this.events = events;
        this.durable = durable;
    }

    /** Whether entries are known to be lost, and nothing has been done about it yet. */
    boolean stands(Replica replica) {
        Loss known = loss;
        if (known == null || known.state() != State.STANDING) {
            return false;
        }
        if (replica.everyoneBefore() <= known.at()) {
            return true;
        }
        settle(State.EVERYONE_ENDED, "Everyone has been signed out");
        return false;
    }

    /** A ticket carries a position that the log, just read to its end, has not reached; true if that ticket may stand all the same. */
    synchronized boolean forgives(long seq, Replica replica) {
        Loss known = loss;
        if (!durable) {
            return false;
        }
        if (known != null && seq <= known.seq()) {
            return known.state() == State.ACKNOWLEDGED;
        }
        if (known != null && known.state() == State.STANDING) {
            loss = new Loss(seq, known.at(), State.STANDING);
            return false;
        }
        loss = new Loss(seq, replica.position(), State.STANDING);
        events.happened(
                Event.ENTRIES_LOST,
                "A ticket knows position " + seq + " but the revocation log ends at " + replica.position()
                        + ": entries were lost; nobody is answered until everyone is signed out or the loss is acknowledged");
        return false;
    }

    void acknowledge() {
        settle(State.ACKNOWLEDGED, "The loss has been acknowledged");
    }

    private synchronized void settle(State how, String detail) {
        Loss known = loss;
        if (known != null && known.state() == State.STANDING) {
            loss = new Loss(known.seq(), known.at(), how);
            events.happened(Event.LOSS_SETTLED, detail);
        }
    }
}
