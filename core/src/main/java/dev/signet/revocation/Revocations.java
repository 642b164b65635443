package dev.signet.revocation;

import dev.signet.revocation.RevocationLog.Entry;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.OptionalLong;
import java.util.concurrent.CopyOnWriteArrayList;

/**
 * Who has been signed out: a {@link RevocationLog}, this process's copy of it that look-ups ask, and the policy for when the log
 * does not answer. Unless told to fail open, an answer of {@link Verdict#LIVE} is never decided later than the staleness bound after the revocation was
 * acknowledged anywhere. Thread-safe.
 */
public final class Revocations implements AutoCloseable {
    private static final long MAX_IN_MEMORY = 1_000_000;

    private final RevocationLog log;
    private final boolean records;
    private final Settings settings;
    private final Freshness freshness;
    private final LossWatch losses;
    private final LogReader reader;
    private final Follower follower;
    private final Judge judge;
    private final Appender appender;
    private final List<Runnable> listeners = new CopyOnWriteArrayList<>();
    private volatile boolean started;

    Revocations(RevocationLog log, Settings settings) {
        this.log = log;
        this.records = !(log instanceof NoLog);
        this.settings = settings;
        Events events = new Events(settings.listener());
        StoreCalls calls = new StoreCalls(log.inProcess(), settings.storeTimeout());
        freshness = new Freshness(settings, events, log.inProcess());
        losses = new LossWatch(events, log.durable());
        reader = new LogReader(log, calls, settings, events, freshness);
        follower = log.inProcess()
                ? new InlineFollower(log, reader, this::announce, () -> !listeners.isEmpty())
                : new PollingFollower(
                        log, reader, settings, this::announce, () -> freshness.check(freshness.confirmed()));
        judge = new Judge(follower, reader, freshness, losses, settings.failOpen());
        appender = new Appender(log, calls, reader, settings, events);
    }

    /** In this process's memory: exact and free, and a restart forgets every sign-out. Keeps at most a million. */
    public static Revocations inMemory() {
        return inMemory(InstantSource.system());
    }

    /** As {@link #inMemory()}, by that clock. */
    public static Revocations inMemory(InstantSource clock) {
        return on(memoryLog(clock)).clock(clock).maxEntries(MAX_IN_MEMORY).build();
    }

    /** No record at all: every authentic ticket lives until it expires; signing out only clears cookies. */
    public static Revocations none() {
        return on(new NoLog()).build();
    }

    /** A log in this process's memory, which several {@code Revocations} may share. */
    public static RevocationLog memoryLog(InstantSource clock) {
        return new MemoryLog(clock);
    }

    /** The log of a store, to be configured further. */
    public static RevocationsBuilder on(RevocationLog log) {
        return new RevocationsBuilder(log);
    }

    /**
     * Copies what can still end a session from one log to an empty one, in order and under the same ids, and returns how many
     * entries that were. Nobody may append to either log meanwhile.
     *
     * @throws IllegalStateException if the target holds anything
     */
    public static long copy(RevocationLog from, RevocationLog to) {
        return LogCopy.copy(from, to, Instant.now());
    }

    /**
     * Reads the log and begins to follow it; returns after the first complete reading, or when the store does not answer in
     * time: then the policy decides until it does. Does nothing the second time. The first use of anything else starts too.
     */
    public void start() {
        if (!started) {
            startOnce();
        }
    }

    private synchronized void startOnce() {
        if (!started) {
            follower.start();
            started = true;
        }
    }

    /** False if revocations are not recorded at all. */
    public boolean records() {
        return records;
    }

    /** Whether sign-outs are forgotten when the process, or the store, restarts. */
    public boolean forgetsAtRestart() {
        return !log.durable();
    }

    /** The position up to which everything is known here. Asks no remote store. */
    public long position() {
        refresh();
        return reader.replica().position();
    }

    /**
     * Reads the log to its head and returns the position of that. Concurrent callers share reads.
     *
     * @throws StoreUnavailable if the store does not answer in time; under fail open, after one complete reading, the position
     *     known here is returned instead
     */
    public long catchUp() {
        start();
        judge.catchUp();
        return reader.replica().position();
    }

    /**
     * Records the revocation durably, takes note of it here, and returns its position.
     *
     * @param longestLifetime how long a session may live at most: so long groups, and sessions of unknown end, are remembered
     * @throws StoreUnavailable if it is not known to be recorded; nobody may be told that they are signed out
     */
    public long revoke(Revocation what, Duration longestLifetime) {
        start();
        long position = appender.append(appender.entry(what, longestLifetime, false));
        catchUpIfPossible();
        return position;
    }

    /** Recorded it is, and known here. Reading it back at once notices a loss the sooner; if that fails, the next reading does. */
    private void catchUpIfPossible() {
        try {
            follower.catchUp();
        } catch (StoreUnavailable late) {
            freshness.check(freshness.confirmed());
        }
    }

    /**
     * As {@link #revoke} of one session, never widened to its subject: for what is ended because something else begins.
     *
     * @throws StoreUnavailable if it is not known to be recorded
     */
    public long revokeExactly(Revocation what, Duration longestLifetime) {
        start();
        long position = appender.append(appender.entry(what, longestLifetime, true));
        catchUpIfPossible();
        return position;
    }

    /** Whether a subject's next sign-out ends all of its sessions, because 64 were ended one by one and are still remembered. */
    public boolean crowded(String subject) {
        return records && appender.crowded(subject);
    }

    /**
     * As {@link #revoke}, for whoever holds a ticket and wants to go on with another one: empty if any other entry before this
     * one ends the presented ticket. Of several concurrent callers for one session exactly one goes on. One session is never
     * widened to its subject here.
     *
     * @throws StoreUnavailable if it is not known to be recorded, or not known what came before it
     */
    public OptionalLong revokeUnlessEnded(
            Revocation what, Duration longestLifetime, String sid, String subject, long seq) {
        if (!records) {
            return OptionalLong.of(0);
        }
        start();
        if (reader.unread().ends(sid, subject, seq)) {
            return OptionalLong.empty();
        }
        Entry entry = appender.entry(what, longestLifetime, true);
        Question question = new Question(sid, subject, seq);
        Runnable forget = reader.watch(entry.id(), question);
        try {
            long position = appender.append(entry);
            follower.catchUp();
            boolean ended = question.answered()
                    .orElseThrow(() -> new StoreUnavailable("The revocation log lost an entry just recorded"));
            return ended ? OptionalLong.empty() : OptionalLong.of(position);
        } finally {
            forget.run();
        }
    }

    /** Whether a ticket stands. No I/O, except that a ticket from beyond the known position makes this catch up once. */
    public Verdict ask(String sid, String subject, long seq) {
        if (!records) {
            return Verdict.LIVE;
        }
        refresh();
        return judge.ask(sid, subject, seq);
    }

    /** Whether a ticket stands according to the store itself; undecided whenever that does not answer. */
    public Verdict askStore(String sid, String subject, long seq) {
        if (!records) {
            return Verdict.LIVE;
        }
        start();
        return judge.askStore(sid, subject, seq, false);
    }

    /**
     * Whether every session of the subject, or of everyone, was ended after that position, as far as is known here. A position that
     * the log has not reached counts as such: it belongs to a log that was lost.
     */
    public boolean groupEndedAfter(String subject, long position) {
        boolean unread = reader.unread().groupEnds(subject, position);
        Replica replica = reader.replica();
        return records && (unread || replica.groupEnds(subject, position) || position > replica.position());
    }

    /** Runs the callback after this process has learned of new revocations, until the result is closed. It must return quickly. */
    public AutoCloseable onChange(Runnable changed) {
        start();
        listeners.add(changed);
        return () -> listeners.remove(changed);
    }

    /** An operator has seen that a durable log lost entries, and goes on with what it still holds. */
    public void acknowledgeLoss() {
        losses.acknowledge();
    }

    /** What can be told about the revocations on a health page. */
    public Status status() {
        refresh();
        Replica replica = reader.replica();
        return new Status(mode(), replica.position(), freshness.staleness(), replica.size(), judge.answering());
    }

    /**
     * @param mode {@code none}, {@code in process}, {@code fail closed} or {@code fail open}
     * @param position everything up to here is known
     * @param staleness how long ago the log last confirmed that; 292 years before it ever did
     * @param entries how many entries are in force
     * @param answering whether tickets get answers: the log is fresh and not known to have lost anything
     */
    public record Status(String mode, long position, Duration staleness, long entries, boolean answering) {}

    private String mode() {
        if (!records) {
            return "none";
        }
        return log.inProcess() ? "in process" : settings.failOpen() ? "fail open" : "fail closed";
    }

    private void refresh() {
        start();
        follower.refresh();
    }

    private void announce() {
        listeners.forEach(listener -> Events.quietly("A listener to changed revocations", listener));
    }

    /** Stops following and closes the log. */
    @Override
    public void close() {
        follower.close();
        log.close();
    }
}
