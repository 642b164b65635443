package dev.signet;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;

/** What tests do in other threads. */
public final class Threads {
    private static final int PATIENCE_MILLIS = 20_000;

    private Threads() {}

    /** Runs it in another thread, which must end although this one waits for it. */
    public static void elsewhere(Runnable task) {
        Thread another = new Thread(task);
        another.start();
        try {
            another.join(PATIENCE_MILLIS);
        } catch (InterruptedException e) {
            throw new IllegalStateException(e);
        }
        assertThat(another.isAlive()).as("waits for this thread").isFalse();
    }

    /** Runs each in a thread of its own, and adds up what they count. */
    public static int sum(List<Callable<Integer>> tasks) throws Exception {
        ExecutorService threads = Executors.newFixedThreadPool(tasks.size());
        try {
            int sum = 0;
            for (Future<Integer> count : threads.invokeAll(tasks)) {
                sum += count.get();
            }
            return sum;
        } finally {
            threads.shutdown();
        }
    }
}
