package dev.signet.revocation;

import dev.signet.revocation.RevocationListener.Event;
import dev.signet.revocation.RevocationLog.Entry;
import dev.signet.revocation.RevocationLog.Kind;
import java.nio.ByteBuffer;
import java.security.SecureRandom;
import java.time.Duration;
import java.time.Instant;

/**
 * Turns revocations into entries and records them, so that neither one subject nor all together can fill the log without end.
 * Thread-safe.
 */
final class Appender {
    /** The longest lifetime that any session may ever have. */
    static final Duration LONGEST_LIFETIME = Duration.ofDays(400);
    /** For clocks that differ between nodes and stores. */
    static final Duration MARGIN = Duration.ofDays(1);
    /** So many sign-outs of single sessions a subject has; the next one signs the subject out everywhere. */
    static final int SESSIONS_OF_SUBJECT = 64;

    private static final SecureRandom RANDOM = new SecureRandom();

    private final RevocationLog log;
    private final StoreCalls calls;
    private final LogReader reader;
    private final Settings settings;
    private final Events events;

    Appender(RevocationLog log, StoreCalls calls, LogReader reader, Settings settings, Events events) {
        this.log = log;
        this.calls = calls;
        this.reader = reader;
        this.settings = settings;
        this.events = events;
    }

    /**
     * The entry to record. A session's id is its entry's id too, so that signing out twice is recorded once.
     *
     * @param exact the session and nothing more, under an id of its own: somebody goes on under the same position, or has to
     *     know whether this very entry came first
     */
    Entry entry(Revocation what, Duration longestLifetime, boolean exact) {
        Instant end = what.until() == null ? settings.clock().instant().plus(longestLifetime) : what.until();
        Instant keepUntil = end.plus(MARGIN);
        if (what.kind() == Kind.SESSION && !exact && tooMany(what)) {
            Instant all = settings.clock().instant().plus(longestLifetime).plus(MARGIN);
            return new Entry(0, randomId(), Kind.SUBJECT, null, what.subject(), 0, all);
        }
        return new Entry(0, exact ? randomId() : idOf(what), what.kind(), what.session(), what.subject(), 0, keepUntil);
    }

    private boolean tooMany(Revocation what) {
        return what.session() != null
                && what.subject() != null
                && !reader.replica().holds(what.session())
                && crowded(what.subject());
    }

    /** Whether so many sessions of a subject have been ended one by one that the next entry ends all of them. */
    boolean crowded(String subject) {
        return reader.replica().holdsSessions(SESSIONS_OF_SUBJECT, subject);
    }

    private static String idOf(Revocation what) {
        String sid = what.session();
        return sid != null && SessionId.parse(sid) != null ? sid : randomId();
    }

    private static String randomId() {
        byte[] bytes = new byte[16];
        RANDOM.nextBytes(bytes);
        ByteBuffer buffer = ByteBuffer.wrap(bytes);
        return new SessionId(buffer.getLong(), buffer.getLong()).toString();
    }

    /** Records the entry, after making room if the list is full, and returns its position. */
    long append(Entry entry) {
        if (reader.replica().size() >= settings.maxEntries()) {
            makeRoom();
        }
        return record(entry);
    }

    /** The entry for everyone is named after what it ends: nodes that find the same list full record it once. */
    private void makeRoom() {
        Replica full = reader.replica();
        long upTo = full.afterOldestTenth();
        Instant until = settings.clock().instant().plus(LONGEST_LIFETIME).plus(MARGIN);
        events.happened(
                Event.LIST_FULL,
                full.size() + " live entries reach the limit of " + settings.maxEntries()
                        + "; every session from before the oldest tenth of them is signed out");
        record(new Entry(0, "full-" + upTo, Kind.EVERYONE, null, null, upTo, until));
    }

    private long record(Entry entry) {
        long position = calls.persistently(() -> log.append(entry));
        reader.acknowledged(entry.at(position));
        return position;
    }
}
