package dev.signet;

import dev.signet.revocation.Revocation;
import dev.signet.revocation.Revocations;
import dev.signet.revocation.StoreUnavailable;
import dev.signet.revocation.Verdict;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * Where people are signed in: a {@link SessionIndex}, read with the eyes of the revocation log, which alone says what has ended. Thread-safe.
 *
 * <p>Without a {@link SessionLimit} the index is written in the background, and one that fails keeps nobody out: what it missed comes back with the next
 * renewal. With a limit, a sign-in waits for the index and is refused with {@link StoreUnavailable} when it does not answer; so are a restart and the ending
 * of all others, before anything is revoked. Renewals never wait.
 */
public final class Devices {
    /** So often a sign-in makes room before it gives up: each time somebody else's sign-in took that room. */
    private static final int TRIES = 100;

    private static final Comparator<ListedSession> OLDEST_FIRST = Comparator.comparing(ListedSession::startedAt)
            .thenComparingLong(ListedSession::position)
            .thenComparing(ListedSession::id);

    private final SessionIndex index;
    private final @Nullable SessionLimit limit;
    private final Revocations revocations;
    private final Supplier<Duration> longest;
    private final InstantSource clock;
    private final SessionListener listener;
    private final IndexWriter writer;

    /** @param longest how long a session may live at most */
    Devices(
            SessionIndex index,
            @Nullable SessionLimit limit,
            Revocations revocations,
            Supplier<Duration> longest,
            InstantSource clock,
            SessionListener listener) {
        this.index = new WatchedIndex(index);
        this.limit = limit;
        this.revocations = revocations;
        this.longest = longest;
        this.clock = clock;
        this.listener = listener;
        this.writer = new IndexWriter(this.index, this::removeEnded, clock);
    }

    /**
     * The live sessions of a person, the one seen last first; at most {@link SessionIndex#MOST}. A session from before the index was there is listed from its
     * next renewal on.
     *
     * @throws StoreUnavailable if the index, or the revocation log, cannot tell now
     */
    public List<ListedSession> of(String subject) {
        writer.settle(subject);
        return live(subject);
    }

    /**
     * Ends one session of a person, as {@link Sessions#end} does. Whose it is was written down when it began, so that nobody ends a stranger's by its id.
     *
     * @return false if no live session of this person has this id
     * @throws StoreUnavailable if that could not be looked up or recorded: do not say that it ended
     */
    public boolean end(String subject, String id) {
        Optional<ListedSession> found =
                of(subject).stream().filter(row -> row.id().equals(id)).findFirst();
        found.ifPresent(row -> {
            Revocation revocation = revocationOf(row);
            revocations.revoke(revocation, longest.get());
            listener.revoked(revocation);
            writer.remove(row.seenAt(clock.instant()));
        });
        return found.isPresent();
    }

    private static Revocation revocationOf(ListedSession row) {
        return Revocation.session(row.id(), row.subject(), row.endsAt());
    }

    /** Lists a session that is about to begin, if there is room for it or room can be made. */
    void admit(Session session, String label) {
        ListedSession row = ListedSession.of(session, label);
        if (limit == null) {
            writer.put(row);
        } else {
            writer.settle(session.subject());
            admit(row, limit);
        }
    }

    /** A row is removed only after the log says that its session ended, so that at no time more sessions live than there are rows. */
    private void admit(ListedSession row, SessionLimit most) {
        for (int i = 0; i < TRIES; i++) {
            List<ListedSession> there = index.add(row, most.most());
            if (there.isEmpty()) {
                return;
            }
            List<ListedSession> ended =
                    there.stream().filter(one -> !isLive(one, false)).toList();
            (ended.isEmpty() ? endOldest(there, most) : ended).forEach(index::remove);
        }
        throw new StoreUnavailable("too many sign-ins of one person at once");
    }

    private List<ListedSession> endOldest(List<ListedSession> there, SessionLimit most) {
        if (!most.endsOldest()) {
            throw new TooManySessions(most.most());
        }
        List<ListedSession> oldest = there.stream()
                .sorted(OLDEST_FIRST)
                .limit(there.size() - most.most() + 1L)
                .toList();
        for (ListedSession row : oldest) {
            Revocation revocation = revocationOf(row);
            revocations.revokeExactly(revocation, longest.get());
            listener.revoked(revocation);
        }
        Instant now = clock.instant();
        return oldest.stream().map(row -> row.seenAt(now)).toList();
    }

    /**
     * Under a limit: sees to it that the index answers before a session is replaced by one that has to be listed too.
     *
     * @return how many sessions may be listed once it is replaced: the limit, or as many as there are, where the limit came later than they
     */
    int requireListed(Session session) {
        if (limit == null) {
            return Integer.MAX_VALUE;
        }
        writer.settle(session.subject());
        index.put(ListedSession.of(session, ""));
        return Math.max(limit.most(), liveRows(session.subject()));
    }

    private int liveRows(String subject) {
        return (int)
                index.of(subject).stream().filter(row -> isLive(row, false)).count();
    }

    /**
     * A session goes on, under another id or as of another position. Under a limit nothing may be issued for it if this fails.
     *
     * @param most from {@link #requireListed}
     * @return false if a sign-in took its place meanwhile: then it has ended, too
     */
    boolean goesOn(Session before, Session after, String label, int most) {
        ListedSession row = ListedSession.of(after, label);
        String replaced = after.id().equals(before.id()) ? null : before.id();
        if (limit != null) {
            writer.putNow(row, replaced);
            return liveRows(row.subject()) <= most || giveUp(row);
        } else if (replaced != null) {
            writer.replace(replaced, row);
        } else {
            writer.put(row);
        }
        return true;
    }

    private boolean giveUp(ListedSession row) {
        revocations.revokeExactly(revocationOf(row), longest.get());
        index.remove(row.seenAt(clock.instant()));
        return false;
    }

    private List<ListedSession> live(String subject) {
        List<ListedSession> there = index.of(subject);
        List<ListedSession> live =
                there.stream().filter(row -> isLive(row, true)).toList();
        if (live.size() < there.size()) {
            writer.sweepLater(subject);
        }
        return live;
    }

    private void removeEnded(String subject) {
        index.of(subject).stream().filter(row -> !isLive(row, false)).forEach(index::remove);
    }

    /** @param decidedly whether somebody is to be told: then the log has to be able to tell */
    private boolean isLive(ListedSession row, boolean decidedly) {
        if (!clock.instant().isBefore(row.lapsesAt())) {
            return false;
        }
        // A row may know of a later position than the log, if that was lost; only tickets prove such a thing.
        long position = Math.min(row.position(), revocations.position());
        Verdict verdict = revocations.ask(row.id(), row.subject(), position);
        if (decidedly && verdict == Verdict.UNDECIDED) {
            throw new StoreUnavailable("which sessions were revoked cannot be told now");
        }
        return verdict != Verdict.ENDED;
    }

    /** What changes rows without anybody waiting for it. */
    SessionListener news() {
        return new SessionListener() {
            @Override
            public void renewed(Session session) {
                if (!session.isVisitor()) {
                    writer.put(ListedSession.of(session, ""));
                }
            }

            @Override
            public void ended(Session session) {
                if (!session.isVisitor()) {
                    writer.remove(ListedSession.of(session, "").seenAt(clock.instant()));
                }
            }

            @Override
            public void revoked(Revocation revocation) {
                if (revocation.subject() != null) {
                    writer.sweep(revocation.subject());
                }
            }
        };
    }

    void close() {
        writer.close();
    }
}
