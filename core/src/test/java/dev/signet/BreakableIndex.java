package dev.signet;

import dev.signet.revocation.StoreUnavailable;
import java.time.Instant;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;

/** An index in memory that can be told to fail, and that outlives being closed. Thread-safe. */
final class BreakableIndex implements SessionIndex {
    private final SessionIndex index = SessionIndex.inMemory();
    private final AtomicInteger refused = new AtomicInteger();
    private final AtomicInteger writes = new AtomicInteger();
    private final Set<Thread> removing = ConcurrentHashMap.newKeySet();
    private final AtomicReference<Runnable> afterwards = new AtomicReference<>();
    volatile boolean breaks;

    /** Runs this once, when rows are next added but not yet known to whoever adds them. */
    void afterAdding(Runnable action) {
        afterwards.set(action);
    }

    /** Whether rows were removed on this thread. */
    boolean removedBy(Thread thread) {
        return removing.contains(thread);
    }

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
        List<ListedSession> there = writing().add(row, most);
        Runnable action = afterwards.getAndSet(null);
        if (action != null) {
            action.run();
        }
        return there;
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
        removing.add(Thread.currentThread());
        writing().remove(row);
    }

    @Override
    public void trim(Instant now) {
        writing().trim(now);
    }

    @Override
    public void close() {}
}
