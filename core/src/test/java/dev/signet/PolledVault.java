package dev.signet;

import dev.signet.keys.KeySource;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/** A key source that is read every millisecond once a ring was made of it, and says by whom. Thread-safe. */
public final class PolledVault implements KeySource {
    private final CompletableFuture<Thread> reader = new CompletableFuture<>();
    private final Thread maker = Thread.currentThread();

    /** The thread that reads it again. */
    public Thread reader() throws InterruptedException, ExecutionException, TimeoutException {
        return reader.get(10, TimeUnit.SECONDS);
    }

    /** Whether that thread ends. */
    public boolean isLeftAlone() throws InterruptedException, ExecutionException, TimeoutException {
        reader().join(TimeUnit.SECONDS.toMillis(10));
        return !reader().isAlive();
    }

    @Override
    public String read() {
        if (Thread.currentThread() != maker) {
            reader.complete(Thread.currentThread());
        }
        return TestKeys.set(TestKeys.secret("k1", 1));
    }

    @Override
    public Duration pollInterval() {
        return Duration.ofMillis(1);
    }
}
