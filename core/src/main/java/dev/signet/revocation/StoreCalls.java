package dev.signet.revocation;

import java.time.Duration;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.FutureTask;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Calls of the store that writers wait for, each within the store timeout. At most 16 are in flight; callers past that wait for
 * their turn, but at once get {@link StoreUnavailable} while the store holds a call longer than the timeout, so that a store
 * that hangs costs 16 threads and no more. Calls are abandoned, never interrupted: an interrupt closes the files and
 * connections of some stores. Thread-safe.
 */
final class StoreCalls {
    static final int IN_FLIGHT = 16;

    private static final Logger LOG = LoggerFactory.getLogger(Revocations.class);

    private final boolean direct;
    private final long timeoutNanos;
    private final Semaphore slots = new Semaphore(IN_FLIGHT);
    private final AtomicInteger abandoned = new AtomicInteger();
    private final AtomicBoolean background = new AtomicBoolean();
    /** Belongs to whoever has set {@link #background}. */
    private boolean untrimmed;

    StoreCalls(boolean inProcess, Duration timeout) {
        this.direct = inProcess;
        this.timeoutNanos = timeout.toNanos();
    }

    /** The call's result. A failure that comes before the timeout is tried once more; the timeout is for both. */
    <T> T persistently(Supplier<T> call) {
        if (direct) {
            return call.get();
        }
        long deadline = System.nanoTime() + timeoutNanos;
        try {
            return within(deadline, call);
        } catch (CallFailed e) {
            try {
                return within(deadline, call);
            } catch (CallFailed again) {
                throw new StoreUnavailable("The revocation log refused the entry", again.getCause());
            }
        }
    }

    private <T> T within(long deadline, Supplier<T> call) throws CallFailed {
        try {
            if (!slots.tryAcquire()
                    && (abandoned.get() > 0 || !slots.tryAcquire(left(deadline), TimeUnit.NANOSECONDS))) {
                throw new StoreUnavailable(
                        "The revocation log does not answer and " + IN_FLIGHT + " calls wait for it already");
            }
            FutureTask<T> task = new FutureTask<>(call::get);
            AtomicBoolean over = new AtomicBoolean();
            try {
                start(() -> runAndFree(task, over));
            } catch (Error noThread) {
                slots.release();
                throw noThread;
            }
            try {
                return task.get(left(deadline), TimeUnit.NANOSECONDS);
            } catch (TimeoutException e) {
                abandon(over);
                throw new StoreUnavailable(
                        "The revocation log did not answer within " + Duration.ofNanos(timeoutNanos));
            }
        } catch (ExecutionException e) {
            throw new CallFailed(e.getCause());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new StoreUnavailable("Interrupted while waiting for the revocation log", e);
        }
    }

    private static long left(long deadline) {
        return Math.max(0, deadline - System.nanoTime());
    }

    /** Whoever comes second, the end of the call or the end of patience, undoes what the first counted. */
    private void abandon(AtomicBoolean over) {
        abandoned.incrementAndGet();
        if (!over.compareAndSet(false, true)) {
            abandoned.decrementAndGet();
        }
    }

    /** Whatever the call throws is the outcome of the task, which itself throws nothing. */
    private void runAndFree(FutureTask<?> task, AtomicBoolean over) {
        task.run();
        if (!over.compareAndSet(false, true)) {
            abandoned.decrementAndGet();
        }
        slots.release();
    }

    /** Runs the call in its own time, unless one is running. That it fails is logged once, and once that it works again. */
    void trim(Runnable call) {
        if (direct) {
            call.run();
        } else if (background.compareAndSet(false, true)) {
            try {
                start(() -> {
                    try {
                        tryToTrim(call);
                    } finally {
                        background.set(false);
                    }
                });
            } catch (Error noThread) {
                background.set(false);
                throw noThread;
            }
        }
    }

    private void tryToTrim(Runnable call) {
        try {
            call.run();
            if (untrimmed) {
                LOG.info("The revocation log can be trimmed again");
            }
            untrimmed = false;
        } catch (RuntimeException e) {
            if (!untrimmed) {
                LOG.warn("The revocation log could not be trimmed and grows until it can: {}", reason(e));
            }
            untrimmed = true;
        }
    }

    /** Our own words; those of a driver may quote what it was sent. */
    private static String reason(RuntimeException e) {
        return e instanceof StoreUnavailable
                ? String.valueOf(e.getMessage())
                : e.getClass().getName();
    }

    private static void start(Runnable task) {
        Thread thread = new Thread(task, "signet-revocation-call");
        thread.setDaemon(true);
        thread.start();
    }

    private static final class CallFailed extends Exception {
        private static final long serialVersionUID = 1L;

        CallFailed(@Nullable Throwable cause) {
            super(cause);
        }
    }
}
