package dev.signet.revocation;

import java.util.concurrent.atomic.AtomicLong;
import java.util.function.BooleanSupplier;
import org.jspecify.annotations.Nullable;

/** Reads a log of this process in the thread that asks, whenever the log has moved since: nothing is ever stale. */
final class InlineFollower implements Follower {
    private final RevocationLog log;
    private final LogReader reader;
    private final Runnable announce;
    private final BooleanSupplier somebodyListens;
    private final AtomicLong moved = new AtomicLong(1);
    private volatile long seen;
    private volatile @Nullable AutoCloseable subscription;

    InlineFollower(RevocationLog log, LogReader reader, Runnable announce, BooleanSupplier somebodyListens) {
        this.log = log;
        this.reader = reader;
        this.announce = announce;
        this.somebodyListens = somebodyListens;
    }

    @Override
    public synchronized void start() {
        if (subscription == null) {
            subscription = log.follow(this::changed);
            catchUp();
        }
    }

    private void changed() {
        moved.incrementAndGet();
        if (somebodyListens.getAsBoolean()) {
            refresh();
        }
    }

    @Override
    public void refresh() {
        if (behind()) {
            read(false);
        }
    }

    private boolean behind() {
        return seen != moved.get() || subscription == null;
    }

    @Override
    public void catchUp() {
        read(true);
    }

    private void read(boolean always) {
        boolean changed;
        synchronized (this) {
            if (!always && !behind()) {
                return;
            }
            long upTo = moved.get();
            changed = reader.pull();
            seen = upTo;
            // Look-ups go on meanwhile.
            reader.keepHouse();
        }
        if (changed) {
            announce.run();
        }
    }

    @Override
    public synchronized void close() {
        AutoCloseable open = subscription;
        subscription = null;
        PollingFollower.closeQuietly(open);
    }
}
