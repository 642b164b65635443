package dev.signet.revocation;

import dev.signet.revocation.Freshness.Moment;
import dev.signet.revocation.RevocationListener.Event;
import dev.signet.revocation.RevocationLog.Entry;
import dev.signet.revocation.RevocationLog.Kind;
import dev.signet.revocation.RevocationLog.Page;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;

/** Brings the replica up to the head of the log, and notices when that is not the log it knew. One caller of {@link #pull} or {@link #keepHouse} at a time. */
final class LogReader {
    static final int PAGE = 5_000;
    /** The same on every node, so that a log found empty by several gets one such entry. */
    static final String FIRST_ID = "first";

    private static final Duration HOUSEKEEPING = Duration.ofHours(1);
    private static final long HOUSEKEEPING_ENTRIES = 10_000;

    private final RevocationLog log;
    private final StoreCalls calls;
    private final Settings settings;
    private final Events events;
    private final Freshness freshness;
    private final Map<String, Question> questions = new ConcurrentHashMap<>();
    private final Unread unread = new Unread();
    private volatile Replica replica = new Replica();
    private volatile boolean mending;
    private volatile long progress;
    private boolean lossReported;
    private long appliedSinceKeeping;
    private @Nullable Instant kept;

    LogReader(RevocationLog log, StoreCalls calls, Settings settings, Events events, Freshness freshness) {
        this.log = log;
        this.calls = calls;
        this.settings = settings;
        this.events = events;
        this.freshness = freshness;
    }

    Replica replica() {
        return replica;
    }

    /** What is known beyond the {@link #replica}. Whoever asks both asks this first: entries go from here to there. */
    Unread unread() {
        return unread;
    }

    /** The store has recorded the entry at its position. A log of this process loses nothing. */
    void acknowledged(Entry entry) {
        if (!log.inProcess() && entry.position() > replica.position()) {
            unread.add(entry);
        }
    }

    /** Whether the log was found to be another one and has not been read completely since. */
    boolean mending() {
        return mending;
    }

    /** Counts the store's answers, so that a slow read can be told from one that hangs. */
    long progress() {
        return progress;
    }

    /** Until the result is run, the question is answered when the entry with this id is read. */
    Runnable watch(String entryId, Question question) {
        questions.put(entryId, question);
        return () -> questions.remove(entryId);
    }

    /** Reads to the head; true if that changed the replica. */
    boolean pull() {
        Entry before = replica.last();
        List<Entry> expected = unread.entries();
        Moment confirmed = mending ? null : readOn(replica);
        if (confirmed == null) {
            confirmed = mend(expected);
        } else if (replica.last() == null && log.durable()) {
            confirmed = startWithEveryone(replica);
        }
        List<Entry> lost = missing(expected, replica);
        if (!lost.isEmpty()) {
            confirmed = recordLost(lost);
        }
        unread.remove(expected);
        freshness.confirm(confirmed);
        return replica.last() != before;
    }

    /** Applies what is new; null if the log does not hold what the replica knows of it. */
    private @Nullable Moment readOn(Replica target) {
        Entry anchor = log.inProcess() ? null : target.last();
        long from = target.last() == null ? 0 : target.last().position();
        while (true) {
            Moment started = freshness.now();
            Page page = log.read(from, PAGE);
            progress++;
            if (page.head() < target.position() || (anchor != null && !startsWith(page, anchor))) {
                return null;
            }
            anchor = null;
            page.entries().forEach(entry -> apply(target, entry));
            if (page.entries().size() < PAGE) {
                target.reached(page.head());
                return started;
            }
            from = page.entries().get(page.entries().size() - 1).position() + 1;
        }
    }

    private static boolean startsWith(Page page, Entry anchor) {
        if (page.entries().isEmpty()) {
            return false;
        }
        Entry first = page.entries().get(0);
        return first.position() == anchor.position() && first.id().equals(anchor.id());
    }

    private void apply(Replica target, Entry entry) {
        Entry last = target.last();
        if (last != null && entry.position() <= last.position()) {
            return;
        }
        Question question = questions.get(entry.id());
        if (question != null) {
            question.ask(target, replica);
        }
        target.apply(entry);
        // An entry for everyone may have made most others superfluous.
        appliedSinceKeeping += entry.kind() == Kind.EVERYONE ? HOUSEKEEPING_ENTRIES : 1;
    }

    /** Reads everything anew and records again what only this process still knows. If that fails, the next pull begins again. */
    private Moment mend(List<Entry> expected) {
        mending = true;
        Replica held = replica;
        Replica fresh = new Replica();
        Moment confirmed = readAll(fresh);
        List<Entry> missing = new ArrayList<>(missing(expected, fresh));
        missing.addAll(missing(held, fresh));
        if (!missing.isEmpty() || fresh.position() < held.position()) {
            reportLoss(missing.size());
        }
        if (!missing.isEmpty()) {
            missing.forEach(this::recordAgain);
            confirmed = readAll(fresh);
        } else if (fresh.last() == null && log.durable()) {
            confirmed = startWithEveryone(fresh);
        }
        replica = fresh;
        mending = false;
        reportSettled();
        return confirmed;
    }

    /** The log is the one that was known up to here, but for its newest entries, which went before they could be read: in a failover. */
    private Moment recordLost(List<Entry> lost) {
        reportLoss(lost.size());
        lost.forEach(this::recordAgain);
        Moment confirmed = readOn(replica);
        if (confirmed == null) {
            return mend(lost);
        }
        reportSettled();
        return confirmed;
    }

    private void reportLoss(int entries) {
        if (!lossReported) {
            lossReported = true;
            events.happened(
                    Event.ENTRIES_LOST,
                    "The revocation log no longer holds what it held; recording " + entries + " entries again");
        }
    }

    private void reportSettled() {
        if (lossReported) {
            lossReported = false;
            events.happened(Event.LOSS_SETTLED, "The revocation log again holds everything that this process knows");
        }
    }

    private List<Entry> missing(Replica held, Replica fresh) {
        Instant now = settings.clock().instant();
        List<Entry> missing = new ArrayList<>();
        held.forEach(entry -> {
            if (isMissing(entry, fresh, now)) {
                missing.add(entry);
            }
        });
        return missing;
    }

    private List<Entry> missing(List<Entry> expected, Replica read) {
        if (expected.isEmpty()) {
            return expected;
        }
        Instant now = settings.clock().instant();
        return expected.stream().filter(entry -> isMissing(entry, read, now)).toList();
    }

    private static boolean isMissing(Entry entry, Replica read, Instant now) {
        return entry.keepUntil().isAfter(now) && !read.covers(entry);
    }

    private void recordAgain(Entry entry) {
        log.append(entry);
        progress++;
    }

    private Moment startWithEveryone(Replica target) {
        Instant until =
                settings.clock().instant().plus(Appender.LONGEST_LIFETIME).plus(Appender.MARGIN);
        log.append(new Entry(0, FIRST_ID, Kind.EVERYONE, null, null, 0, until));
        events.happened(
                Event.FOUND_EMPTY, "The durable revocation log was empty; everyone who was signed in is signed out");
        return readAll(target);
    }

    private Moment readAll(Replica target) {
        Moment confirmed = readOn(target);
        if (confirmed == null) {
            throw new StoreUnavailable("The revocation log changed under the reader");
        }
        return confirmed;
    }

    /** To be called after each {@link #pull}; now and then it takes a while. */
    void keepHouse() {
        Instant now = settings.clock().instant();
        boolean due = kept == null
                || now.isAfter(kept.plus(HOUSEKEEPING))
                || appliedSinceKeeping >= HOUSEKEEPING_ENTRIES
                || replica.size() >= settings.maxEntries();
        if (due) {
            kept = now;
            appliedSinceKeeping = 0;
            replica.drop(now);
            calls.trim(log::trim);
        }
    }
}
