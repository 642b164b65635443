package dev.signet;

import java.time.Instant;
import java.util.List;

/**
 * Where a person's live sessions are listed, so that they can be shown and counted: the whole storage SPI behind {@link Devices}. Nothing is accepted or
 * refused by it: tickets carry their own deadlines, and the revocation log ends them. So no request reads it; it is written when somebody signs in or out, and
 * when a ticket is renewed.
 *
 * <p>Each method throws {@link dev.signet.revocation.StoreUnavailable} when it is not known to have been done; it can be done again then. Implementations are
 * thread-safe, and wait for their store for a bounded time.
 */
public interface SessionIndex extends AutoCloseable {
    /** So many rows of one subject are kept; past them the one that was seen least lately is forgotten, which ends nothing. */
    int MOST = 1_000;

    /** An index in this process's memory: for tests, and for one process whose restart may forget. */
    static SessionIndex inMemory() {
        return new MemoryIndex();
    }

    /**
     * Adds the row if fewer than so many of its subject are there. Of several callers at once, in whatever process, no more are let in than there is room for.
     *
     * @param most 1 to {@link #MOST}
     * @return empty if it was added; else the rows that are in the way
     */
    List<ListedSession> add(ListedSession row, int most);

    /** The rows of a subject, those of sessions that have ended included, the one seen last first; at most {@link #MOST}. */
    List<ListedSession> of(String subject);

    /**
     * Adds the row, or brings it up to date, in whatever order news arrive: of {@code lastSeenAt}, {@code lapsesAt} and {@code position} the later one counts
     * each, and an empty label leaves that which is there.
     */
    void put(ListedSession row);

    /** Removes the row, unless by now it was seen later or has a later {@code position}: then its session went on meanwhile. */
    void remove(ListedSession row);

    /** Drops what lapsed before this moment. */
    void trim(Instant now);

    /** May be called several times. */
    @Override
    void close();
}
