package dev.signet;

import java.time.Instant;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** An index in memory. Thread-safe. */
final class MemoryIndex implements SessionIndex {
    private static final Comparator<ListedSession> LAST_SEEN_FIRST =
            Comparator.comparing(ListedSession::lastSeenAt).reversed().thenComparing(ListedSession::id);

    private final Map<String, Map<String, ListedSession>> subjects = new HashMap<>();

    @Override
    public synchronized List<ListedSession> add(ListedSession row, int most) {
        List<ListedSession> there = of(row.subject());
        if (there.size() >= most) {
            return there;
        }
        put(row);
        return List.of();
    }

    @Override
    public synchronized List<ListedSession> of(String subject) {
        return subjects.getOrDefault(subject, Map.of()).values().stream()
                .sorted(LAST_SEEN_FIRST)
                .toList();
    }

    @Override
    public synchronized void put(ListedSession row) {
        Map<String, ListedSession> rows = subjects.computeIfAbsent(row.subject(), first -> new HashMap<>());
        rows.merge(row.id(), row, MemoryIndex::later);
        if (rows.size() > MOST) {
            rows.values().stream().max(LAST_SEEN_FIRST).ifPresent(this::remove);
        }
    }

    private static ListedSession later(ListedSession there, ListedSession row) {
        return new ListedSession(
                row.subject(),
                row.id(),
                row.label().isEmpty() ? there.label() : row.label(),
                row.startedAt(),
                later(there.lastSeenAt(), row.lastSeenAt()),
                later(there.lapsesAt(), row.lapsesAt()),
                row.endsAt(),
                Math.max(there.position(), row.position()));
    }

    private static Instant later(Instant one, Instant other) {
        return one.isAfter(other) ? one : other;
    }

    @Override
    public synchronized void remove(ListedSession row) {
        subjects.computeIfPresent(row.subject(), (subject, rows) -> {
            rows.computeIfPresent(row.id(), (id, there) -> there.isNewerThan(row) ? there : null);
            return rows.isEmpty() ? null : rows;
        });
    }

    @Override
    public synchronized void trim(Instant now) {
        subjects.values().removeIf(rows -> {
            rows.values().removeIf(row -> row.lapsesAt().isBefore(now));
            return rows.isEmpty();
        });
    }

    @Override
    public void close() {}
}
