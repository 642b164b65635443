package dev.signet.trials;

import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicInteger;

/** What a careless program loses: a thread and its memory, every so often. */
final class Leak {
    private static final int EVERY = 50;
    private static final int BYTES = 20_000;

    private final AtomicInteger requests = new AtomicInteger();
    private final List<byte[]> lost = new CopyOnWriteArrayList<>();
    private final CountDownLatch never = new CountDownLatch(1);

    void drip() {
        if (requests.incrementAndGet() % EVERY == 0) {
            lost.add(new byte[BYTES]);
            Thread thread = new Thread(this::park, "leak");
            thread.setDaemon(true);
            thread.start();
        }
    }

    private void park() {
        try {
            never.await();
        } catch (InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }
}
