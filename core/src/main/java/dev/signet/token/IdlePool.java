package dev.signet.token;

import java.util.concurrent.atomic.AtomicReferenceArray;
import java.util.function.Supplier;

/**
 * Things that one thread at a time works with, kept for others to work with later. Where none is idle one is made, and where there are enough one is dropped.
 * Thread-safe.
 */
public final class IdlePool<T> {
    private static final int STRIPES =
            Math.min(16, Integer.highestOneBit(Runtime.getRuntime().availableProcessors() * 2 - 1) * 2);
    /** From one stripe to the next: 16 references of 4 bytes are a cache line, so that threads with different stripes do not wait for each other. */
    private static final int APART = 16;

    private final AtomicReferenceArray<T> idle = new AtomicReferenceArray<>((STRIPES + 1) * APART);
    private final Supplier<T> making;

    public IdlePool(Supplier<T> making) {
        this.making = making;
    }

    public T borrow() {
        int first = stripe();
        for (int i = 0; i < STRIPES; i++) {
            int at = indexOf(first + i);
            T one = idle.get(at) == null ? null : idle.getAndSet(at, null);
            if (one != null) {
                return one;
            }
        }
        return making.get();
    }

    public void giveBack(T one) {
        int first = stripe();
        for (int i = 0; i < STRIPES; i++) {
            int at = indexOf(first + i);
            if (idle.get(at) == null && idle.compareAndSet(at, null, one)) {
                return;
            }
        }
    }

    private static int stripe() {
        return (int) Thread.currentThread().getId() & STRIPES - 1;
    }

    /** A line before the first stays empty: in it lies the array's length, which every access reads. */
    private static int indexOf(int stripe) {
        return ((stripe & STRIPES - 1) + 1) * APART;
    }
}
