package dev.signet.trials;

import java.util.ArrayList;
import java.util.List;
import java.util.Random;

/** Everybody who sends requests, in threads of their own. Thread-safe. */
final class Crowd implements AutoCloseable {
    private static final long GLANCE_MILLIS = 20;

    private final Ledger ledger;
    private final List<Thread> threads = new ArrayList<>();
    private volatile boolean resting = true;
    private volatile boolean closed;

    Crowd(Ledger ledger) {
        this.ledger = ledger;
    }

    /** Something that one of them does again and again. */
    interface Habit {
        void once(Random random);
    }

    /** @param pauseMillis how long it waits between, on average */
    void join(String name, long seed, int pauseMillis, boolean restless, Habit habit) {
        Random random = new Random(seed);
        Thread thread = new Thread(
                () -> {
                    while (!closed) {
                        if (resting && !restless) {
                            Pause.millis(GLANCE_MILLIS);
                        } else {
                            once(habit, random);
                            Pause.millis(1 + random.nextInt(2 * pauseMillis));
                        }
                    }
                },
                name);
        thread.setDaemon(true);
        threads.add(thread);
        thread.start();
    }

    private void once(Habit habit, Random random) {
        try {
            habit.once(random);
        } catch (RuntimeException e) {
            ledger.violation(Promise.WELL, "the driver itself failed: " + e);
        }
    }

    void rest() {
        resting = true;
    }

    void resume() {
        resting = false;
    }

    @Override
    public void close() {
        closed = true;
        for (Thread thread : threads) {
            try {
                thread.join();
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
                throw new IllegalStateException("Nobody interrupts the trials", e);
            }
        }
    }
}
