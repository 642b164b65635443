package dev.signet.benchmarks.peers;

import java.security.SecureRandom;
import java.util.Arrays;

/** IVs that were drawn many at a time, each handed out once. One thread. */
final class IvPool {
    static final int IV_BYTES = 12;

    private final SecureRandom random = new SecureRandom();
    private final byte[] pool = new byte[128 * IV_BYTES];
    private int poolAt = pool.length;

    byte[] next() {
        if (poolAt == pool.length) {
            random.nextBytes(pool);
            poolAt = 0;
        }
        poolAt += IV_BYTES;
        return Arrays.copyOfRange(pool, poolAt - IV_BYTES, poolAt);
    }
}
