package dev.signet.revocation;

import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.Predicate;

/** The log of one process: exact, free to read, and gone with the process. */
final class MemoryLog implements RevocationLog {
    private final InstantSource clock;
    private final List<Runnable> followers = new CopyOnWriteArrayList<>();
    private final Map<String, Entry> byId = new HashMap<>();
    private final List<Entry> entries = new ArrayList<>();
    private long head;

    MemoryLog(InstantSource clock) {
        this.clock = clock;
    }

    @Override
    public long append(Entry entry) {
        long position = record(entry);
        followers.forEach(Runnable::run);
        return position;
    }

    private synchronized long record(Entry entry) {
        Entry known = byId.get(entry.id());
        if (known != null) {
            return known.position();
        }
        head = Math.max(head + 1, clock.millis());
        Entry recorded = entry.at(head);
        entries.add(recorded);
        byId.put(recorded.id(), recorded);
        return head;
    }

    /** The head is the clock's where that is ahead, so that a ticket made before a restart lies below whatever is appended after it. */
    @Override
    public synchronized Page read(long from, int limit) {
        head = Math.max(head, clock.millis());
        int start = firstAtOrAfter(from);
        return new Page(entries.subList(start, Math.min(entries.size(), start + limit)), head);
    }

    private int firstAtOrAfter(long position) {
        int low = 0;
        int high = entries.size();
        while (low < high) {
            int middle = (low + high) >>> 1;
            if (entries.get(middle).position() < position) {
                low = middle + 1;
            } else {
                high = middle;
            }
        }
        return low;
    }

    @Override
    public synchronized void trim() {
        Instant now = clock.instant();
        Groups groups = new Groups();
        entries.forEach(groups::apply);
        groups.drop(now);
        entries.replaceAll(entry -> Objects.requireNonNullElse(groups.held(entry), entry));
        long newest = entries.isEmpty() ? 0 : entries.get(entries.size() - 1).position();
        Predicate<Entry> gone =
                entry -> entry.position() != newest && (!entry.keepUntil().isAfter(now) || covered(entry, groups));
        entries.removeIf(gone);
        byId.clear();
        entries.forEach(entry -> byId.put(entry.id(), entry));
    }

    private static boolean covered(Entry entry, Groups groups) {
        return groups.held(entry) == null && groups.cover(entry);
    }

    @Override
    public boolean durable() {
        return false;
    }

    @Override
    public boolean inProcess() {
        return true;
    }

    @Override
    public AutoCloseable follow(Runnable changed) {
        followers.add(changed);
        return () -> followers.remove(changed);
    }

    @Override
    public void close() {}
}
