package dev.signet.http;

import dev.signet.revocation.RevocationLog;
import dev.signet.revocation.StoreUnavailable;

/** A log in memory that can be made to fail, and to look like one on another machine. Thread-safe. */
final class BreakableLog implements RevocationLog {
    private final RevocationLog log;
    private final boolean inProcess;
    private volatile boolean reading = true;
    private volatile boolean appending = true;

    BreakableLog(RevocationLog log, boolean inProcess) {
        this.log = log;
        this.inProcess = inProcess;
    }

    void breakDown() {
        reading = false;
        appending = false;
    }

    void acceptAppends() {
        appending = true;
    }

    void repair() {
        reading = true;
        appending = true;
    }

    @Override
    public long append(Entry entry) {
        require(appending);
        return log.append(entry);
    }

    @Override
    public Page read(long from, int limit) {
        require(reading);
        return log.read(from, limit);
    }

    private static void require(boolean working) {
        if (!working) {
            throw new StoreUnavailable("broken on purpose");
        }
    }

    @Override
    public void trim() {
        log.trim();
    }

    @Override
    public boolean durable() {
        return false;
    }

    @Override
    public boolean inProcess() {
        return inProcess;
    }

    @Override
    public AutoCloseable follow(Runnable changed) {
        return inProcess ? log.follow(changed) : () -> {};
    }

    @Override
    public void close() {}
}
