package dev.signet;

import java.time.Duration;

/** An authentication assurance level of NIST SP 800-63B-4, as far as it bounds how long a session may last before credentials are checked again. */
public enum Assurance {
    /** At most 30 days (SP 800-63B-4 §2.1.3). */
    AAL1(Duration.ofDays(30), Duration.ofDays(30)),
    /** At most 24 hours in all and one hour idle (SP 800-63B-4 §2.2.3). */
    AAL2(Duration.ofHours(1), Duration.ofHours(24)),
    /** At most 12 hours in all and 15 minutes idle (SP 800-63B-4 §2.3.3). */
    AAL3(Duration.ofMinutes(15), Duration.ofHours(12));

    private final Lifetime longest;

    Assurance(Duration idle, Duration absolute) {
        this.longest = Lifetime.of(idle, absolute);
    }

    /** The longest lifetime that the level allows. */
    public Lifetime lifetime() {
        return longest;
    }

    boolean allows(Lifetime lifetime) {
        return lifetime.idle().compareTo(longest.idle()) <= 0
                && lifetime.absolute().compareTo(longest.absolute()) <= 0;
    }
}
