package dev.signet.revocation;

import java.time.InstantSource;

/** A log of this process that counts what is done with it, and may acknowledge what it does not keep. Not thread-safe. */
final class CountedLog implements RevocationLog {
    int reads;
    int trims;
    int followers;
    boolean closed;
    boolean forgets;
    Runnable whileTrimming = () -> {};

    private final RevocationLog log;

    CountedLog(InstantSource clock) {
        log = Revocations.memoryLog(clock);
    }

    @Override
    public long append(Entry entry) {
        return forgets ? 1 : log.append(entry);
    }

    @Override
    public Page read(long from, int limit) {
        reads++;
        return log.read(from, limit);
    }

    @Override
    public void trim() {
        trims++;
        whileTrimming.run();
        log.trim();
    }

    @Override
    public boolean durable() {
        return false;
    }

    @Override
    public boolean inProcess() {
        return true;
    }

    @Override
    public AutoCloseable follow(Runnable changed) {
        followers++;
        AutoCloseable following = log.follow(changed);
        return () -> {
            followers--;
            following.close();
        };
    }

    @Override
    public void close() {
        closed = true;
    }
}
