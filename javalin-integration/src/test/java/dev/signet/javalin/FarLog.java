package dev.signet.javalin;

import dev.signet.revocation.RevocationLog;
import dev.signet.revocation.Revocations;
import dev.signet.revocation.StoreUnavailable;
import java.time.InstantSource;
import java.util.concurrent.atomic.AtomicLong;

/** A log in another process, as far as anybody can tell, which can be made not to answer. */
final class FarLog implements RevocationLog {
    private final RevocationLog log = Revocations.memoryLog(InstantSource.system());
    private final AtomicLong reads = new AtomicLong();
    private volatile boolean answers = true;

    void answers(boolean whether) {
        answers = whether;
    }

    long reads() {
        return reads.get();
    }

    private void requireAnswer() {
        if (!answers) {
            throw new StoreUnavailable("made so by a test");
        }
    }

    @Override
    public long append(Entry entry) {
        requireAnswer();
        return log.append(entry);
    }

    @Override
    public Page read(long from, int limit) {
        reads.incrementAndGet();
        requireAnswer();
        return log.read(from, limit);
    }

    @Override
    public void trim() {
        log.trim();
    }

    @Override
    public boolean durable() {
        return true;
    }

    @Override
    public void close() {}
}
