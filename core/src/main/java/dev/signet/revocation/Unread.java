package dev.signet.revocation;

import dev.signet.revocation.RevocationLog.Entry;
import dev.signet.revocation.RevocationLog.Kind;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * Entries that the store acknowledged to this process and that it has not read back yet. They count here from the acknowledgement on, and whoever reads past
 * them without finding them knows that the store lost them. Nearly always empty. Thread-safe.
 */
final class Unread {
    /** By the id of the session: two entries for one end the same. */
    private final Map<String, Entry> sessions = new ConcurrentHashMap<>();

    private final Map<String, Entry> groups = new ConcurrentHashMap<>();
    /** At least as many as there are. */
    private final AtomicInteger most = new AtomicInteger();

    /** @param entry at the position that the store gave it */
    void add(Entry entry) {
        String sid = entry.session();
        most.incrementAndGet();
        Entry before = sid != null
                ? sessions.put(sid, entry)
                : groups.put(entry.id(), LogCopy.unchanging(entry).at(entry.position()));
        if (before != null) {
            most.decrementAndGet();
        }
    }

    /** As they are now. */
    List<Entry> entries() {
        if (most.get() == 0) {
            return List.of();
        }
        List<Entry> all = new ArrayList<>(groups.values());
        all.addAll(sessions.values());
        return all;
    }

    /** Forgets those of them that have not been replaced since. */
    void remove(List<Entry> read) {
        for (Entry entry : read) {
            String sid = entry.session();
            boolean removed = sid != null ? sessions.remove(sid, entry) : groups.remove(entry.id(), entry);
            if (removed) {
                most.decrementAndGet();
            }
        }
    }

    boolean ends(String sid, String subject, long seq) {
        return most.get() != 0 && (sessions.containsKey(sid) || groupEnds(subject, seq));
    }

    boolean groupEnds(String subject, long seq) {
        return most.get() != 0
                && groups.values().stream()
                        .anyMatch(entry -> seq < entry.endsBefore()
                                && (entry.kind() == Kind.EVERYONE || subject.equals(entry.subject())));
    }
}
