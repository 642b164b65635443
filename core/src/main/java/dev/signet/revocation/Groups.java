package dev.signet.revocation;

import dev.signet.revocation.RevocationLog.Entry;
import dev.signet.revocation.RevocationLog.Kind;
import java.time.Instant;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * The entries that end many sessions at once: for everyone and for each subject the one that ends most. One writer at a time,
 * readers at any time.
 */
final class Groups {
    private final Map<String, Entry> subjects = new ConcurrentHashMap<>();
    private volatile @Nullable Entry everyone;
    private long highestEnd;

    void apply(Entry recorded) {
        Entry entry = withUpTo(recorded, recorded.keepUntil());
        if (entry.kind() == Kind.EVERYONE) {
            Entry held = everyone;
            everyone = held == null ? entry : merged(held, entry);
        } else if (entry.kind() == Kind.SUBJECT && entry.subject() != null) {
            subjects.merge(entry.subject(), entry, Groups::merged);
        }
        highestEnd = Math.max(highestEnd, entry.endsBefore());
    }

    private static Entry merged(Entry held, Entry entry) {
        Entry stronger = entry.endsBefore() >= held.endsBefore() ? entry : held;
        Instant until = held.keepUntil().isAfter(entry.keepUntil()) ? held.keepUntil() : entry.keepUntil();
        return withUpTo(stronger, until);
    }

    /** The limit is spelled out, so that the entry means the same if it is ever recorded again at another position. */
    private static Entry withUpTo(Entry entry, Instant until) {
        return new Entry(
                entry.position(),
                entry.id(),
                entry.kind(),
                entry.session(),
                entry.subject(),
                entry.endsBefore(),
                until);
    }

    boolean end(String subject, long seq) {
        Entry entry = subjects.get(subject);
        return (entry != null && seq < entry.endsBefore()) || seq < everyoneBefore();
    }

    /** A ticket from this position on, as nearly all are, is ended by none; 0 if there are none. For the writer alone. */
    long highestEnd() {
        return highestEnd;
    }

    /** The position below which everyone has been signed out; 0 = nobody. */
    long everyoneBefore() {
        Entry entry = everyone;
        return entry == null ? 0 : entry.endsBefore();
    }

    /** Whether what is held ends all that the entry can still end: the position in a session's ticket is never above its entry's. */
    boolean cover(Entry entry) {
        if (entry.kind() == Kind.SESSION) {
            return entry.position() < everyoneBefore();
        }
        Entry held = heldFor(entry);
        return entry.endsBefore() <= (held == null ? everyoneBefore() : Math.max(held.endsBefore(), everyoneBefore()));
    }

    /** The entry held here under the same id, with the end that it has after merging; null if there is none. */
    @Nullable
    Entry held(Entry entry) {
        Entry held = entry.kind() == Kind.SESSION ? null : heldFor(entry);
        return held != null && held.id().equals(entry.id()) ? held : null;
    }

    private @Nullable Entry heldFor(Entry entry) {
        return entry.subject() == null ? everyone : subjects.get(entry.subject());
    }

    void drop(Instant now) {
        subjects.values().removeIf(entry -> !entry.keepUntil().isAfter(now) || entry.endsBefore() <= everyoneBefore());
        Entry held = everyone;
        if (held != null && !held.keepUntil().isAfter(now)) {
            everyone = null;
        }
        highestEnd = Math.max(
                everyoneBefore(),
                subjects.values().stream().mapToLong(Entry::endsBefore).max().orElse(0));
    }

    long size() {
        return subjects.size() + (everyone == null ? 0L : 1L);
    }

    long countEndingUpTo(long position) {
        return subjects.values().stream()
                .filter(entry -> entry.endsBefore() <= position)
                .count();
    }

    void forEach(Consumer<Entry> action) {
        Entry held = everyone;
        if (held != null) {
            action.accept(held);
        }
        subjects.values().forEach(action);
    }
}
