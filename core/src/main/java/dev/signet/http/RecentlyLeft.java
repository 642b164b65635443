package dev.signet.http;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;

/**
 * Sessions and visitors that a sign-in or sign-out on this instance left behind, each with the slots that were carried along, so that a response that is late
 * does not write for them any more. The revocation log knows this of sessions only, and only where there is one. Thread-safe.
 */
final class RecentlyLeft {
    private static final int LIMIT = 10_000;

    private final Map<String, Set<String>> carriedSlots = new LinkedHashMap<>() {
        private static final long serialVersionUID = 1;

        @Override
        protected boolean removeEldestEntry(Map.Entry<String, Set<String>> eldest) {
            return size() > LIMIT;
        }
    };

    synchronized void add(String sid, Set<String> carried) {
        carriedSlots.put(sid, carried);
    }

    synchronized boolean contains(String sid) {
        return carriedSlots.containsKey(sid);
    }

    /** Whether a late write to this slot is still wanted. */
    synchronized boolean mayWrite(String sid, String slot) {
        Set<String> carried = carriedSlots.get(sid);
        return carried == null || carried.contains(slot);
    }
}
