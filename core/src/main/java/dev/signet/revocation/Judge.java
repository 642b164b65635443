package dev.signet.revocation;

import dev.signet.revocation.Freshness.Moment;

/** The policy: what is answered about a ticket from what is known and how well it is known. Thread-safe. */
final class Judge {
    private final Follower follower;
    private final LogReader reader;
    private final Freshness freshness;
    private final LossWatch losses;
    private final boolean failOpen;

    Judge(Follower follower, LogReader reader, Freshness freshness, LossWatch losses, boolean failOpen) {
        this.follower = follower;
        this.reader = reader;
        this.freshness = freshness;
        this.losses = losses;
        this.failOpen = failOpen;
    }

    /** The confirmation is taken before the look-up and held against the clock after it: the look-up knows no less than it says. */
    Verdict ask(String sid, String subject, long seq) {
        Moment confirmed = freshness.confirmed();
        if (reader.unread().ends(sid, subject, seq)) {
            return Verdict.ENDED;
        }
        Replica replica = reader.replica();
        if (replica.ends(sid, subject, seq)) {
            return Verdict.ENDED;
        }
        if (losses.stands(replica)) {
            return Verdict.UNDECIDED;
        }
        if (!freshness.check(confirmed) || reader.mending()) {
            return unanswered(decidesOpen());
        }
        return seq <= replica.position() ? Verdict.LIVE : askStore(sid, subject, seq, decidesOpen());
    }

    Verdict askStore(String sid, String subject, long seq, boolean open) {
        boolean answered = caughtUp();
        if (reader.unread().ends(sid, subject, seq)) {
            return Verdict.ENDED;
        }
        Replica replica = reader.replica();
        if (replica.ends(sid, subject, seq)) {
            return Verdict.ENDED;
        }
        if (losses.stands(replica)) {
            return Verdict.UNDECIDED;
        }
        if (!answered) {
            return unanswered(open);
        }
        return seq <= replica.position() || losses.forgives(seq, replica) ? Verdict.LIVE : Verdict.UNDECIDED;
    }

    void catchUp() {
        try {
            follower.catchUp();
        } catch (StoreUnavailable e) {
            if (!decidesOpen()) {
                throw e;
            }
        }
    }

    /** Reads the log to its head; false if it does not answer. */
    boolean caughtUp() {
        try {
            follower.catchUp();
            return true;
        } catch (StoreUnavailable e) {
            return false;
        }
    }

    private static Verdict unanswered(boolean open) {
        return open ? Verdict.LIVE : Verdict.UNDECIDED;
    }

    /** Fail open needs one complete reading. */
    boolean decidesOpen() {
        return failOpen && freshness.confirmed() != null;
    }

    /** Whether tickets get an answer that is neither the policy's nor undecided. */
    boolean answering() {
        return freshness.within(freshness.confirmed()) && !reader.mending() && !losses.stands(reader.replica());
    }
}
