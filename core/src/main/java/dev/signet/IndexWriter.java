package dev.signet;

import dev.signet.revocation.StoreUnavailable;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.Future;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Brings the index up to date on a thread of its own, so that no request waits for what only keeps a list in order. What could not be written is tried again
 * each second until it lapses. At most 10,000 changes wait, one for each session and 1,000 for each subject, and further ones are dropped, with a warning at most
 * once a minute: the next renewal makes up for a row, and the revocation log for a removal. Thread-safe.
 */
final class IndexWriter implements AutoCloseable {
    static final int MOST_WAITING = 10_000;

    private static final Logger LOG = LoggerFactory.getLogger(Devices.class);
    private static final long PAUSE_MILLIS = 1_000;
    private static final long SWEEP_MINUTES = 1;
    private static final Duration WARNING_PAUSE = Duration.ofMinutes(1);

    private final SessionIndex index;
    private final Consumer<String> sweeper;
    private final InstantSource clock;
    private final ScheduledThreadPoolExecutor thread = new ScheduledThreadPoolExecutor(1, IndexWriter::thread);
    private final Map<String, Change> waiting = new LinkedHashMap<>();
    private final Set<String> unswept = new LinkedHashSet<>();
    private final Set<String> sweptLater = new LinkedHashSet<>();
    private final Map<String, Integer> waitingOfSubject = new HashMap<>();
    private long dropped;
    private Instant warned = Instant.MIN;
    private boolean trimming;
    private boolean scheduled;

    /** @param sweeper removes the rows of a subject whose sessions have ended */
    IndexWriter(SessionIndex index, Consumer<String> sweeper, InstantSource clock) {
        this.index = index;
        this.sweeper = sweeper;
        this.clock = clock;
        thread.setExecuteExistingDelayedTasksAfterShutdownPolicy(false);
    }

    private static Thread thread(Runnable task) {
        Thread thread = new Thread(task, "signet-session-index");
        thread.setDaemon(true);
        return thread;
    }

    /**
     * What is to become of one row.
     *
     * @param before the id of the session that this one replaces, whose label it takes over
     */
    private record Change(
            ListedSession row, boolean gone, @Nullable String before) {
        Change after(Change older) {
            if (gone) {
                return older.row.isNewerThan(row) ? older : this;
            }
            if (older.gone) {
                return this;
            }
            ListedSession newest = row.label().isEmpty() ? row.labelled(older.row.label()) : row;
            return new Change(newest, false, before == null ? older.before : before);
        }
    }

    void put(ListedSession row) {
        add(new Change(row, false, null));
    }

    /** The row takes the place, and if it has no label that too, of the one with this id. */
    synchronized void replace(String before, ListedSession row) {
        Change replaced = waiting.get(before);
        String label = replaced == null || !row.label().isEmpty()
                ? row.label()
                : replaced.row().label();
        add(new Change(row.labelled(label), false, before));
    }

    void remove(ListedSession row) {
        add(new Change(row, true, null));
    }

    private synchronized void add(Change change) {
        String id = change.row().id();
        String subject = change.row().subject();
        if (waiting.containsKey(id)) {
            waiting.computeIfPresent(id, (same, older) -> change.after(older));
        } else if (waiting.size() < MOST_WAITING && waitingOfSubject.getOrDefault(subject, 0) < SessionIndex.MOST) {
            waiting.put(id, change);
            waitingOfSubject.merge(subject, 1, Integer::sum);
        } else {
            warnOfDropped();
        }
        schedule(0);
    }

    private void warnOfDropped() {
        dropped++;
        Instant now = clock.instant();
        if (now.isBefore(warned) || !now.isBefore(warned.plus(WARNING_PAUSE))) {
            LOG.warn(
                    "The index of sessions does not keep up: changes dropped since the last such warning: {}; lists miss rows until"
                            + " their sessions are renewed",
                    dropped);
            dropped = 0;
            warned = now;
        }
    }

    /** Removes the rows of this subject whose sessions have ended. */
    synchronized void sweep(String subject) {
        if (unswept.size() < MOST_WAITING) {
            unswept.add(subject);
            schedule(0);
        }
    }

    /** As {@link #sweep}, in a minute: a row that seems to have ended may be on its way from another instance, where its session goes on. */
    synchronized void sweepLater(String subject) {
        if (sweptLater.isEmpty()) {
            unlessClosed(() -> thread.schedule(this::sweepAtLast, SWEEP_MINUTES, TimeUnit.MINUTES));
        }
        if (sweptLater.size() < MOST_WAITING) {
            sweptLater.add(subject);
        }
    }

    private synchronized void sweepAtLast() {
        sweptLater.forEach(this::sweep);
        sweptLater.clear();
    }

    private void schedule(long millis) {
        if (!scheduled) {
            unlessClosed(() -> {
                trimHourly();
                scheduled = true;
                return thread.schedule(this::writeAll, millis, TimeUnit.MILLISECONDS);
            });
        }
    }

    private static void unlessClosed(Supplier<Future<?>> task) {
        try {
            Future<?> unused = task.get();
        } catch (RejectedExecutionException closed) {
            LOG.debug("The index of sessions is closed");
        }
    }

    private void trimHourly() {
        if (!trimming) {
            Future<?> unused = thread.scheduleWithFixedDelay(
                    () -> attempt(() -> index.trim(clock.instant())), 1, 60, TimeUnit.MINUTES);
            trimming = true;
        }
    }

    private void writeAll() {
        synchronized (this) {
            scheduled = false;
        }
        attempt(() -> {
            waiting(null).forEach(this::write);
            subjects().forEach(this::sweepNow);
        });
        synchronized (this) {
            if (!waiting.isEmpty() || !unswept.isEmpty()) {
                schedule(PAUSE_MILLIS);
            }
        }
    }

    private static void attempt(Runnable work) {
        try {
            work.run();
        } catch (Throwable failed) { // The writer outlives whatever an index throws.
            LOG.debug("The index of sessions is tried again later", failed);
        }
    }

    /**
     * Writes what waits for this subject now.
     *
     * @throws StoreUnavailable if the index does not take it
     */
    void settle(String subject) {
        waiting(subject).forEach(this::write);
    }

    private synchronized List<Change> waiting(@Nullable String subject) {
        return waiting.values().stream()
                .filter(change -> subject == null || change.row().subject().equals(subject))
                .toList();
    }

    private synchronized List<String> subjects() {
        return List.copyOf(unswept);
    }

    /** It waits until it is written, since whoever settles must not overlook what is on its way. To write it twice does no harm. */
    private void write(Change change) {
        try {
            if (change.gone()) {
                index.remove(change.row());
            } else if (clock.instant().isBefore(change.row().lapsesAt())) {
                putNow(change.row(), change.before());
            }
        } catch (RuntimeException failed) {
            postpone(change);
            throw failed;
        }
        synchronized (this) {
            if (waiting.remove(change.row().id(), change)) {
                waitingOfSubject.computeIfPresent(
                        change.row().subject(), (subject, many) -> many > 1 ? many - 1 : null);
            }
        }
    }

    /** Behind the others, which may have better luck. */
    private synchronized void postpone(Change change) {
        if (waiting.remove(change.row().id(), change)) {
            waiting.put(change.row().id(), change);
        }
    }

    /** Puts the row, which takes the place and the label of the one with that id. Waits for the index. */
    void putNow(ListedSession row, @Nullable String before) {
        List<ListedSession> replaced = before == null
                ? List.of()
                : index.of(row.subject()).stream()
                        .filter(there -> there.id().equals(before))
                        .toList();
        boolean named = replaced.isEmpty() || !row.label().isEmpty();
        index.put(named ? row : row.labelled(replaced.get(0).label()));
        replaced.forEach(this::remove);
    }

    private void sweepNow(String subject) {
        sweeper.accept(subject);
        synchronized (this) {
            unswept.remove(subject);
        }
    }

    /** Tries once more to write what waits, then closes the index. */
    @Override
    public void close() {
        thread.shutdown();
        sweepAtLast();
        writeAll();
        index.close();
    }
}
