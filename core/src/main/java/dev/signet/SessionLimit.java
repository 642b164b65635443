package dev.signet;

/** How many sessions one person may have at a time, and what happens to a sign-in past that. Immutable. */
public record SessionLimit(int most, boolean endsOldest) {
    public SessionLimit {
        if (most < 1 || most > SessionIndex.MOST) {
            throw new IllegalArgumentException("a limit of " + most + " sessions: use 1 to " + SessionIndex.MOST);
        }
    }

    /** A sign-in past it is refused with {@link TooManySessions}; it works again once a session ends, or lapses because nobody uses it. */
    public static SessionLimit refusing(int most) {
        return new SessionLimit(most, false);
    }

    /** A sign-in past it ends the session of this person that began first. */
    public static SessionLimit endingOldest(int most) {
        return new SessionLimit(most, true);
    }
}
