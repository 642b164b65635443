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

    private final Map<String, Departure> departures = new LinkedHashMap<>() {
        private static final long serialVersionUID = 1;

        @Override
        protected boolean removeEldestEntry(Map.Entry<String, Departure> eldest) {
            return size() > LIMIT;
        }
    };
    private long count;

    /**
     * One of them.
     *
     * @param carried the slots that were carried along, and may still be written late
     * @param successor what a restart put in its place
     */
    private record Departure(
            long number, Set<String> carried, @Nullable Session successor) {}

    /** How many there have been: what a request notes when it is opened. */
    synchronized long count() {
        return count;
    }

    synchronized void add(Session left, Set<String> carried, @Nullable Session successor) {
        count++;
        departures.put(left.id(), new Departure(count, carried, successor));
    }

    /** Whether a request opened at that count writes for somebody who has left since. */
    synchronized boolean isLate(String sid, long openedAt) {
        Departure departure = departures.get(sid);
        return departure != null && departure.number > openedAt;
    }

    /** Whether that request may still write this slot. */
    synchronized boolean mayWrite(String sid, String slot, long openedAt) {
        Departure departure = departures.get(sid);
        return departure == null || departure.number <= openedAt || departure.carried.contains(slot);
    }

    /** What a restart put in the place of this session meanwhile. */
    synchronized Optional<Session> successor(String sid) {
        Departure departure = departures.get(sid);
        return departure == null ? Optional.empty() : Optional.ofNullable(departure.successor);
    }
}
