package dev.signet.revocation;

import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Reads a remote log in one daemon thread: at each poll interval, when the store says that something changed, and when somebody
 * has to know. Everybody who asks while a read is under way shares the next one.
 */
final class PollingFollower implements Follower {
    private static final Logger LOG = LoggerFactory.getLogger(PollingFollower.class);
    private static final int START_TIMEOUTS = 15;

    private final RevocationLog log;
    private final LogReader reader;
    private final Settings settings;
    private final Runnable announce;
    private final Runnable failed;
    private final Object lock = new Object();
    private @Nullable CompletableFuture<Void> next;
    private @Nullable AutoCloseable subscription;
    private boolean started;
    private boolean closed;
    private volatile boolean reading;
    private volatile long readingSince;

    PollingFollower(RevocationLog log, LogReader reader, Settings settings, Runnable announce, Runnable failed) {
        this.log = log;
        this.reader = reader;
        this.settings = settings;
        this.announce = announce;
        this.failed = failed;
    }

    @Override
    public void start() {
        synchronized (lock) {
            if (started || closed) {
                return;
            }
            started = true;
        }
        CompletableFuture<Void> first = request();
        Thread thread = new Thread(this::run, "signet-revocations");
        thread.setDaemon(true);
        thread.start();
        for (int i = 0; i < START_TIMEOUTS; i++) {
            long progress = reader.progress();
            try {
                await(first);
                return;
            } catch (StoreUnavailable e) {
                if (first.isDone() || reader.progress() == progress) {
                    failed.run();
                    return;
                }
            }
        }
    }

    @Override
    public void catchUp() {
        if (reading
                && settings.nanoTime().getAsLong() - readingSince
                        > settings.storeTimeout().toNanos()) {
            throw new StoreUnavailable("The revocation log does not answer");
        }
        await(request());
    }

    @Override
    public void refresh() {}

    private CompletableFuture<Void> request() {
        synchronized (lock) {
            if (closed) {
                throw new StoreUnavailable("The revocations are closed");
            }
            if (next == null) {
                next = new CompletableFuture<>();
                lock.notifyAll();
            }
            return next;
        }
    }

    private void await(CompletableFuture<Void> read) {
        try {
            read.get(settings.storeTimeout().toNanos(), TimeUnit.NANOSECONDS);
        } catch (ExecutionException e) {
            throw new StoreUnavailable("The revocation log could not be read", e.getCause());
        } catch (TimeoutException e) {
            throw new StoreUnavailable("The revocation log did not answer within " + settings.storeTimeout());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new StoreUnavailable("Interrupted while waiting for the revocation log", e);
        }
    }

    private void run() {
        for (CompletableFuture<Void> asked = take(); asked != null; asked = take()) {
            readingSince = settings.nanoTime().getAsLong();
            reading = true;
            try {
                boolean changed = reader.pull();
                reader.keepHouse();
                reading = false;
                asked.complete(null);
                if (changed) {
                    announce.run();
                }
                subscribe();
            } catch (Throwable e) { // The thread outlives whatever a store throws.
                reading = false;
                LOG.debug("The revocation log could not be read", e);
                failed.run();
                asked.completeExceptionally(e);
            }
        }
    }

    /** What to complete with the next read, at the latest after the poll interval; null when closed. */
    private @Nullable CompletableFuture<Void> take() {
        long deadline = System.nanoTime() + settings.pollInterval().toNanos();
        synchronized (lock) {
            long left = deadline - System.nanoTime();
            while (!closed && next == null && left > 0) {
                try {
                    TimeUnit.NANOSECONDS.timedWait(lock, left);
                } catch (InterruptedException e) {
                    break; // Only close() ends this thread; reading early does no harm.
                }
                left = deadline - System.nanoTime();
            }
            CompletableFuture<Void> asked = next == null ? new CompletableFuture<>() : next;
            next = null;
            if (closed) {
                asked.completeExceptionally(new StoreUnavailable("The revocations are closed"));
                return null;
            }
            return asked;
        }
    }

    private void subscribe() {
        synchronized (lock) {
            if (subscription != null || closed) {
                return;
            }
        }
        AutoCloseable opened = log.follow(this::changed);
        synchronized (lock) {
            subscription = opened;
            if (!closed) {
                return;
            }
        }
        closeQuietly(opened);
    }

    private void changed() {
        synchronized (lock) {
            if (!closed && next == null) {
                next = new CompletableFuture<>();
                lock.notifyAll();
            }
        }
    }

    @Override
    public void close() {
        AutoCloseable open;
        synchronized (lock) {
            closed = true;
            lock.notifyAll();
            open = subscription;
        }
        closeQuietly(open);
    }

    static void closeQuietly(@Nullable AutoCloseable open) {
        try {
            if (open != null) {
                open.close();
            }
        } catch (Exception e) {
            LOG.debug("Closing what followed the revocation log failed", e);
        }
    }
}
