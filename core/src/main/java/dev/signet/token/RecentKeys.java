package dev.signet.token;

import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/**
 * The keys of the latest days that opened a token, the latest day first: a token is compared with them before anybody looks into its header. Forgotten with the
 * state of the ring that they are of. Immutable.
 */
final class RecentKeys {
    /** Sessions that go on for weeks are renewed every few days, so that tickets of about as many days are in use. */
    static final int MOST = 8;

    static final RecentKeys NONE = new RecentKeys(null, new SealingKey[0]);

    private final HeldKeys.@Nullable Held held;
    private final SealingKey[] keys;

    RecentKeys(HeldKeys.Held held) {
        this(held, NONE.keys);
    }

    private RecentKeys(HeldKeys.@Nullable Held held, SealingKey[] keys) {
        this.held = held;
        this.keys = keys;
    }

    boolean areOf(HeldKeys.Held other) {
        return held == other;
    }

    /** The key whose header the token begins with. */
    @Nullable
    SealingKey of(byte[] token) {
        for (SealingKey key : keys) {
            if (key.starts(token)) {
                return key;
            }
        }
        return null;
    }

    /** These and that one, without the one of the earliest day where there are too many. */
    RecentKeys with(SealingKey added) {
        int at = 0;
        while (at < keys.length && keys[at].day() > added.day()) {
            at++;
        }
        if (at == MOST || Arrays.asList(keys).contains(added)) {
            return this;
        }
        SealingKey[] more = Arrays.copyOf(keys, Math.min(keys.length + 1, MOST));
        System.arraycopy(keys, at, more, at + 1, more.length - at - 1);
        more[at] = added;
        return new RecentKeys(held, more);
    }
}
