package dev.signet;

import dev.signet.revocation.RevocationLog;
import dev.signet.revocation.StoreUnavailable;
import java.util.concurrent.Callable;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;

/** A log whose appends can be held up, followed by something else, or refused; and which can be closed to everybody. Thread-safe. */
class GatedLog implements RevocationLog {
    private final RevocationLog log;
    private final CountDownLatch waiting = new CountDownLatch(1);
    private final CountDownLatch released = new CountDownLatch(1);
    private volatile boolean holds;
    private volatile Runnable afterwards;
    volatile boolean closed;
    /** Whether nothing can be recorded. */
    volatile boolean refuses;

    GatedLog(RevocationLog log) {
        this.log = log;
    }

    /** Runs what appends, and returns when it is about to. */
    <T> Future<T> holding(Callable<T> appending, ExecutorService threads) throws InterruptedException {
        holds = true;
        Future<T> result = threads.submit(appending);
        if (!waiting.await(10, TimeUnit.SECONDS)) {
            throw new IllegalStateException("it does not append");
        }
        return result;
    }

    void release() {
        released.countDown();
    }

    /** Runs once right after the next append, before anybody else learns of it. */
    void afterwards(Runnable action) {
        afterwards = action;
    }

    @Override
    public long append(Entry entry) {
        requireOpen();
        if (refuses) {
            throw new StoreUnavailable("it records nothing");
        }
        if (holds) {
            hold();
        }
        long position = log.append(entry);
        Runnable next = afterwards;
        if (next != null) {
            afterwards = null;
            next.run();
        }
        return position;
    }

    private void hold() {
        waiting.countDown();
        try {
            if (!released.await(10, TimeUnit.SECONDS)) {
                throw new StoreUnavailable("nobody released it");
            }
        } catch (InterruptedException stopped) {
            throw new StoreUnavailable("stopped", stopped);
        }
    }

    @Override
    public Page read(long from, int limit) {
        requireOpen();
        return log.read(from, limit);
    }

    private void requireOpen() {
        if (closed) {
            throw new StoreUnavailable("closed");
        }
    }

    @Override
    public void trim() {
        log.trim();
    }

    @Override
    public boolean durable() {
        return log.durable();
    }

    @Override
    public boolean inProcess() {
        return log.inProcess();
    }

    @Override
    public AutoCloseable follow(Runnable changed) {
        return log.follow(changed);
    }

    @Override
    public void close() {
        log.close();
    }
}
