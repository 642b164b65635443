package dev.signet.revocation;

import java.time.InstantSource;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/**
 * A store outside the process, as far as anybody can tell: durable, polled, handing out copies, and able to hang, to fail and to
 * lose what it held.
 */
final class TestStore implements RevocationLog {
    final AtomicInteger reads = new AtomicInteger();
    final AtomicInteger appendsInFlight = new AtomicInteger();
    volatile boolean durable = true;
    volatile boolean down;
    volatile boolean unreadable;
    volatile @Nullable Hold readHold;
    volatile @Nullable Hold appendHold;
    volatile @Nullable Hold followHold;
    /** Who read last. */
    volatile @Nullable Thread reader;

    volatile boolean closed;

    private final AtomicInteger failuresBefore = new AtomicInteger();
    private final AtomicInteger failuresAfter = new AtomicInteger();
    private final InstantSource clock;
    private final List<Runnable> followers = new CopyOnWriteArrayList<>();
    private final Map<String, Long> positions = new HashMap<>();
    private final List<Entry> entries = new ArrayList<>();
    private long head;

    /** Where calls stop until they are let go. */
    static final class Hold {
        private final CountDownLatch reached = new CountDownLatch(1);
        private final CountDownLatch released = new CountDownLatch(1);

        void pass() {
            reached.countDown();
            await(released);
        }

        void awaitReached() {
            await(reached);
        }

        void release() {
            released.countDown();
        }

        private static void await(CountDownLatch latch) {
            try {
                if (!latch.await(30, TimeUnit.SECONDS)) {
                    throw new IllegalStateException("nobody came, or nobody let go");
                }
            } catch (InterruptedException e) {
                throw new IllegalStateException(e);
            }
        }
    }

    TestStore(InstantSource clock) {
        this.clock = clock;
    }

    void failBeforeRecording(int times) {
        failuresBefore.set(times);
    }

    void failAfterRecording(int times) {
        failuresAfter.set(times);
    }

    synchronized void lose(Predicate<Entry> which) {
        entries.removeIf(which);
        positions
                .keySet()
                .retainAll(new HashSet<>(entries.stream().map(Entry::id).toList()));
    }

    synchronized void loseEverything() {
        restore(List.of());
    }

    synchronized List<Entry> entries() {
        return List.copyOf(entries);
    }

    synchronized void restore(List<Entry> dump) {
        entries.clear();
        positions.clear();
        entries.addAll(dump);
        dump.forEach(entry -> positions.put(entry.id(), entry.position()));
        head = dump.isEmpty() ? 0 : dump.get(dump.size() - 1).position();
    }

    /** Every call that stops, and every later one, goes on. */
    void letGo() {
        Hold read = readHold;
        Hold append = appendHold;
        Hold follow = followHold;
        readHold = null;
        appendHold = null;
        followHold = null;
        if (read != null) {
            read.release();
        }
        if (append != null) {
            append.release();
        }
        if (follow != null) {
            follow.release();
        }
    }

    void awaitFollowers(int number) {
        while (followers.size() < number) {
            Thread.onSpinWait();
        }
    }

    int followers() {
        return followers.size();
    }

    void push() {
        followers.forEach(Runnable::run);
    }

    @Override
    public long append(Entry entry) {
        appendsInFlight.incrementAndGet();
        try {
            pass(appendHold);
            fail(failuresBefore);
            long position = record(entry);
            fail(failuresAfter);
            return position;
        } finally {
            appendsInFlight.decrementAndGet();
        }
    }

    private void pass(@Nullable Hold hold) {
        if (hold != null) {
            hold.pass();
        }
        if (down) {
            throw new IllegalStateException("connection refused");
        }
    }

    private static void fail(AtomicInteger failures) {
        if (failures.getAndUpdate(left -> Math.max(0, left - 1)) > 0) {
            throw new IllegalStateException("connection reset");
        }
    }

    private synchronized long record(Entry entry) {
        Long known = positions.putIfAbsent(entry.id(), Math.max(head + 1, clock.millis()));
        if (known != null) {
            return known;
        }
        head = positions.get(entry.id());
        entries.add(entry.at(head));
        return head;
    }

    @Override
    public Page read(long from, int limit) {
        reads.incrementAndGet();
        reader = Thread.currentThread();
        pass(readHold);
        if (unreadable) {
            throw new IllegalStateException("connection reset");
        }
        synchronized (this) {
            return new Page(
                    entries.stream()
                            .filter(entry -> entry.position() >= from)
                            .limit(limit)
                            .map(entry -> entry.at(entry.position()))
                            .toList(),
                    head);
        }
    }

    @Override
    public synchronized void trim() {
        Entry newest = entries.isEmpty() ? null : entries.get(entries.size() - 1);
        lose(entry -> entry != newest && !entry.keepUntil().isAfter(clock.instant()));
    }

    @Override
    public boolean durable() {
        return durable;
    }

    @Override
    public AutoCloseable follow(Runnable changed) {
        pass(followHold);
        followers.add(changed);
        return () -> followers.remove(changed);
    }

    @Override
    public void close() {
        closed = true;
    }
}
