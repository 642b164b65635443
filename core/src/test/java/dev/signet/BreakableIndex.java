package dev.signet;

import dev.signet.revocation.StoreUnavailable;
import java.time.Instant;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;

/** An index in memory that can be told to fail, and that outlives being closed. Thread-safe. */
final class BreakableIndex implements SessionIndex {
    private final SessionIndex index = SessionIndex.inMemory();
    private final AtomicInteger refused = new AtomicInteger();
    private final AtomicInteger writes = new AtomicInteger();
    volatile boolean breaks;

    private SessionIndex working() {
        if (breaks) {
            refused.incrementAndGet();
            throw new StoreUnavailable("the index is down");
        }
        return index;
    }

    int refused() {
        return refused.get();
    }

    int writes() {
        return writes.get();
    }

    private SessionIndex writing() {
        writes.incrementAndGet();
        return working();
    }

    @Override
    public List<ListedSession> add(ListedSession row, int most) {
        return writing().add(row, most);
    }

    @Override
    public List<ListedSession> of(String subject) {
        return working().of(subject);
    }

    @Override
    public void put(ListedSession row) {
        writing().put(row);
    }

    @Override
    public void remove(ListedSession row) {
        writing().remove(row);
    }

    @Override
    public void trim(Instant now) {
        writing().trim(now);
    }

    @Override
    public void close() {}
}
