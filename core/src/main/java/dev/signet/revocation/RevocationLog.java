package dev.signet.revocation;

import java.time.Instant;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * An append-only, ordered record of revocations in a real store: all that a store has to implement. What an entry means is
 * decided elsewhere; a store keeps entries, numbers them and hands them back.
 *
 * <p><b>Positions are commit order.</b> The store draws an entry's position inside the append as {@code max(previous + 1, the
 * store's clock in milliseconds)}, so that positions also grow over a reset, a restore or a change of store. Once a position or a
 * head has been handed out by {@link #read}, no smaller or equal one ever appears: appends must commit in the order of their
 * positions (a row lock on the head held until commit, one script, a monitor; never a sequence).
 *
 * <p>Every method may be called from any thread, several at once, and throws {@link StoreUnavailable} (or any other
 * {@code RuntimeException}, which counts as that) when the store does not do what was asked. Calls are abandoned, not
 * interrupted, after the store timeout; a store should set connection, lock and statement timeouts of its own, so that abandoned
 * calls return.
 */
public interface RevocationLog extends AutoCloseable {
    /**
     * Records the entry durably and returns its position; the position the entry came with is ignored. Idempotent: if an entry
     * with this id is recorded already, changes nothing and returns the position of that one. Must not return before the entry
     * would survive whatever {@link #durable()} promises to survive.
     */
    long append(Entry entry);

    /**
     * The entries with {@code position >= from}, ascending, at most {@code limit}, and the head. Read from the primary, never
     * from a lagging copy. If head and entries are two reads in the store, the head comes first: every entry up to the head is
     * in the page, or before {@code from}, or cut off by the limit.
     */
    Page read(long from, int limit);

    /**
     * Drops the entries whose {@code keepUntil} is not after the <em>store's</em> clock, but never the newest entry: readers
     * recognise by it that they still follow the same log. May also drop an entry if a newer one that stays ends as much and is
     * kept as long (of one subject's group entries the last one usually does). Called about once an hour by each reader.
     */
    void trim();

    /** Whether entries survive a restart of the store and of this process. */
    boolean durable();

    /**
     * Whether reading costs nothing, so that the log is read at every look-up that finds it moved instead of being polled. Such
     * a log never loses entries while it is used and runs every {@link #follow} callback before {@link #append} returns.
     */
    default boolean inProcess() {
        return false;
    }

    /**
     * Runs {@code changed} soon after each append by anybody, until the result is closed; it may run more often. The callback
     * returns at once and throws nothing. Only makes things faster: whatever is missed is found by polling.
     */
    default AutoCloseable follow(Runnable changed) {
        return () -> {};
    }

    @Override
    void close();

    /** What an entry ends. */
    enum Kind {
        /** The one session that it names, whenever that started. */
        SESSION,
        /** Every session of the subject whose ticket carries a position below the entry's. */
        SUBJECT,
        /** Every session whose ticket carries a position below the entry's. */
        EVERYONE
    }

    /**
     * One revocation as recorded.
     *
     * @param position the entry's place in the log; 0 before it is recorded, then at least 1
     * @param id names this entry for ever; at most 64 characters of {@code A-Z a-z 0-9 - _}
     * @param session for {@link Kind#SESSION} the id of the session (22 characters from Signet itself), else null
     * @param subject whose; for a session null when that is no longer known, for everyone null; at most 255 characters
     * @param upTo for groups: ends every session whose position is smaller than this; 0 = the entry's own position
     * @param keepUntil when nothing that this ends can be alive any more, margin for skewed clocks included
     */
    record Entry(
            long position,
            String id,
            Kind kind,
            @Nullable String session,
            @Nullable String subject,
            long upTo,
            Instant keepUntil) {
        public Entry {
            Objects.requireNonNull(id, "id");
            Objects.requireNonNull(keepUntil, "keepUntil");
            if ((session != null) != (kind == Kind.SESSION) || (kind == Kind.SUBJECT && subject == null)) {
                throw new IllegalArgumentException("An entry of kind " + kind + " does not fit its session or subject");
            }
        }

        /** The same entry at that position. */
        public Entry at(long position) {
            return new Entry(position, id, kind, session, subject, upTo, keepUntil);
        }

        /** For groups: the smallest position that a session's ticket may carry without being ended by this. */
        public long endsBefore() {
            return upTo == 0 ? position : upTo;
        }
    }

    /**
     * A piece of the log.
     *
     * @param entries ascending by position
     * @param head the largest position that was ever given to an entry or handed out as head; 0 if there is none yet
     */
    record Page(List<Entry> entries, long head) {
        public Page {
            entries = List.copyOf(entries);
        }
    }
}
