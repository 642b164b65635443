package dev.signet.revocation;

import dev.signet.revocation.RevocationLog.Entry;
import dev.signet.revocation.RevocationLog.Kind;
import java.security.SecureRandom;
import java.time.Instant;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** What the log says, as far as it has been read: exact answers from this process's memory. One writer at a time, readers at any time. */
final class Replica {
    // Keeps strangers from choosing names whose hashes meet.
    private static final int SEED = new SecureRandom().nextInt();

    private final SessionTable sessions = new SessionTable();
    /** Sessions whose id is not one of ours: never in practice, and exact all the same. */
    private final Map<String, Entry> foreign = new ConcurrentHashMap<>();

    private final Groups groups = new Groups();
    /** A ticket of a later position, as nearly all are, can only be ended by the table: asked in every look-up, so it is one word. */
    private volatile long othersEndUpTo = -1;

    private volatile @Nullable Entry last;
    private volatile long position;

    /** Sessions first: a group entry is in force before what it covers is dropped. */
    boolean ends(String sid, String subject, long seq) {
        return sessions.contains(sid)
                || (seq <= othersEndUpTo && (foreign.containsKey(sid) || groups.end(subject, seq)));
    }

    boolean holds(String sid) {
        return sessions.contains(sid) || foreign.containsKey(sid);
    }

    boolean groupEnds(String subject, long seq) {
        return groups.end(subject, seq);
    }

    long everyoneBefore() {
        return groups.everyoneBefore();
    }

    void apply(Entry entry) {
        if (entry.kind() == Kind.SESSION && entry.session() != null) {
            applySession(entry, entry.session());
        } else {
            groups.apply(entry);
            othersChanged();
        }
        last = entry;
        reached(entry.position());
    }

    private void applySession(Entry entry, String sid) {
        SessionId id = SessionId.parse(sid);
        if (id == null) {
            foreign.merge(sid, entry, (first, next) -> next.keepUntil().isAfter(first.keepUntil()) ? next : first);
            othersChanged();
        } else {
            sessions.add(id, entry.position(), hash(entry.subject()), entry.keepUntil());
        }
    }

    /** A foreign id is looked for whatever the position. */
    private void othersChanged() {
        othersEndUpTo = foreign.isEmpty() ? groups.highestEnd() - 1 : Long.MAX_VALUE;
    }

    private static int hash(@Nullable String subject) {
        long hash = SEED;
        for (int i = 0; subject != null && i < subject.length(); i++) {
            hash = (hash ^ subject.charAt(i)) * 0x9E3779B97F4A7C15L;
            hash ^= hash >>> 29;
        }
        return (int) (hash ^ hash >>> 32);
    }

    /** Everything up to this position has been applied. */
    void reached(long head) {
        position = Math.max(position, head);
    }

    /** Everything up to here is known. */
    long position() {
        return position;
    }

    /** The last entry applied, by which the log is recognised. */
    @Nullable
    Entry last() {
        return last;
    }

    long size() {
        return sessions.size() + foreign.size() + groups.size();
    }

    boolean holdsSessions(int atLeast, String subject) {
        return sessions.holdsAtLeast(atLeast, hash(subject));
    }

    /** The position just after the oldest tenth of what is held. */
    long afterOldestTenth() {
        long wanted = size() / 10 + 1;
        long low = 0;
        long high = position;
        while (low < high) {
            long middle = low + (high - low) / 2;
            if (sessions.countUpTo(middle) + groups.countEndingUpTo(middle) >= wanted) {
                high = middle;
            } else {
                low = middle + 1;
            }
        }
        return low + 1;
    }

    /** Drops what has ended by {@code now} and what a group entry ends anyway. */
    void drop(Instant now) {
        groups.drop(now);
        sessions.drop(now, groups.everyoneBefore());
        foreign.values().removeIf(entry -> !entry.keepUntil().isAfter(now) || groups.cover(entry));
        othersChanged();
    }

    /** Whether this replica ends all that the entry ends. */
    boolean covers(Entry entry) {
        String sid = entry.session();
        return groups.cover(entry) || (sid != null && holds(sid));
    }

    /**
     * The entries in force, so that they can be recorded again; a session's under the id that its sign-out gave it, its subject
     * unknown.
     */
    void forEach(Consumer<Entry> action) {
        groups.forEach(action);
        sessions.forEach((id, at, until) -> {
            String sid = id.toString();
            action.accept(new Entry(at, sid, Kind.SESSION, sid, null, 0, until));
        });
        foreign.values().forEach(action);
    }
}
