package dev.signet.http;

import dev.signet.Session;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Sessions and visitors that a sign-in, restart or sign-out on this instance left behind, so that a response that is late does not write for them any more. The
 * revocation log knows this of sessions only, and only where there is one. A request that was opened after the departure is not late: its browser may never
 * have got the answer that replaced its cookies. Thread-safe.
 */
final class RecentlyLeft {
    private static final int LIMIT = 10_000;

    /** Apart, since strangers can make as many visitors leave as they like. */
    private final Map<String, Departure> sessions = new Newest();

    private final Map<String, Departure> visitors = new Newest();
    /** Read without a lock, since each request does; a departure counts once it is recorded. */
    private volatile long count;

    /**
     * One of them.
     *
     * @param carried the slots that were carried along, and may still be written late
     * @param successor what a restart put in its place
     * @param forGood whether nothing may take its place any more
     */
    private record Departure(
            long number, Set<String> carried, @Nullable Session successor, boolean forGood) {}

    private static final class Newest extends LinkedHashMap<String, Departure> {
        private static final long serialVersionUID = 1;

        @Override
        protected boolean removeEldestEntry(Map.Entry<String, Departure> eldest) {
            return size() > LIMIT;
        }
    }

    /** How many there have been: what a request notes when it is opened. */
    long count() {
        return count;
    }

    /** A visitor left for a sign-in, which took these slots along. */
    synchronized void leftFor(Session visitor, Set<String> carried) {
        put(visitor, carried, null, false);
    }

    /** Somebody signed out, or in anew; what a restart in a parallel request has put in the place meanwhile has to be ended as well. */
    synchronized Optional<Session> leftForGood(Session left) {
        Session successor = successorOf(left);
        put(left, Set.of(), successor, true);
        return Optional.ofNullable(successor);
    }

    /** Whether that has been ended already, for good. */
    synchronized boolean hasLeftForGood(Session session) {
        Departure departure = of(session);
        return departure != null && departure.forGood;
    }

    /** Whether a restart put another session in the place of this one. */
    synchronized boolean wasReplaced(Session session) {
        return successorOf(session) != null;
    }

    /** A restart replaced the session; false if that has left for good meanwhile, so that its replacement has to be ended as well. */
    synchronized boolean replaced(Session left, Session successor) {
        if (hasLeftForGood(left)) {
            return false;
        }
        put(left, Set.of(), successor, false);
        return true;
    }

    private void put(Session left, Set<String> carried, @Nullable Session successor, boolean forGood) {
        long number = count + 1;
        map(left).put(left.id(), new Departure(number, carried, successor, forGood));
        count = number;
    }

    private @Nullable Session successorOf(Session left) {
        Departure departure = of(left);
        return departure == null ? null : departure.successor;
    }

    private @Nullable Departure of(Session left) {
        return map(left).get(left.id());
    }

    private Map<String, Departure> map(Session left) {
        return left.isVisitor() ? visitors : sessions;
    }

    /** Whether a request opened at that count writes for somebody who has left since. */
    synchronized boolean isLate(Session owner, long openedAt) {
        Departure departure = of(owner);
        return departure != null && departure.number > openedAt;
    }

    /** Whether that request may still write this slot. */
    synchronized boolean mayWrite(Session owner, String slot, long openedAt) {
        Departure departure = of(owner);
        return departure == null || departure.number <= openedAt || departure.carried.contains(slot);
    }
}
