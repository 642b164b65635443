package dev.signet.revocation;

/** What is known about whether a ticket was revoked. */
public enum Verdict {
    /** Not ended by anything recorded up to the staleness bound ago. */
    LIVE,
    /** Ended; final. */
    ENDED,
    /** The log does not answer, is not whole, or does not reach to where the ticket comes from. */
    UNDECIDED
}
