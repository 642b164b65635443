package dev.signet.token;

import java.util.Collections;
import java.util.Iterator;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;

/**
 * Derived keys that have proved useful: those this process seals with stay, and of the others, which opened some token, at most 256 are kept by use, beside the
 * {@link RecentKeys} of each codec.
 * Strangers can neither fill nor empty it. Thread-safe.
 */
final class SealingKeys {
    private static final int LIMIT = 256;

    private final Map<Name, SealingKey> kept = new ConcurrentHashMap<>();
    private final Map<Name, SealingKey> pinned = new ConcurrentHashMap<>();
    /** Where the last eviction ended: the hand of the clock. */
    private Iterator<SealingKey> hand = Collections.emptyIterator();

    record Name(Purpose purpose, String keyId, long day) {}

    @Nullable
    SealingKey findPinned(Name name) {
        return pinned.get(name);
    }

    @Nullable
    SealingKey find(Name name) {
        SealingKey key = pinned.get(name);
        if (key == null) {
            key = kept.get(name);
        }
        if (key != null) {
            key.markUsed();
        }
        return key;
    }

    /** Keeps a key that seals today, and forgets those of the same purpose that sealed before yesterday. */
    SealingKey pin(Name name, SealingKey key) {
        pinned.keySet().removeIf(other -> other.purpose().equals(name.purpose()) && other.day() < name.day() - 1);
        SealingKey first = pinned.putIfAbsent(name, key);
        kept.remove(name);
        return first == null ? key : first;
    }

    /** Keeps a key that opened something, and returns the one of its name that was kept first. */
    SealingKey keep(Name name, SealingKey key) {
        SealingKey first = pinned.get(name);
        if (first == null) {
            first = kept.putIfAbsent(name, key);
        }
        if (first != null) {
            return first;
        }
        if (kept.size() > LIMIT) {
            evictOne();
        }
        return key;
    }

    private synchronized void evictOne() {
        for (int looks = 0; kept.size() > LIMIT && looks < 3 * LIMIT; looks++) {
            if (!hand.hasNext()) {
                hand = kept.values().iterator();
            }
            if (!hand.next().takeUse()) {
                hand.remove();
            }
        }
    }

    int size() {
        return kept.size() + pinned.size();
    }
}
