package dev.signet.token;

/** Why a token was not opened: for counters and logs, never for an answer. */
public enum Refusal {
    /** Longer than any token of ours. */
    TOO_LONG,
    /** Not the exact number of parts, alphabet, lengths or spelling. */
    MALFORMED,
    /** A protected header other than the one this format writes. */
    HEADER,
    /** No key of the ring has this id. */
    UNKNOWN_KEY,
    /** The key is no longer accepted, or its day lies outside of what any live token can have. */
    RETIRED_KEY,
    /** It did not authenticate. */
    FORGED,
    /** It authenticated, but its claims are not what this format writes. */
    CLAIMS
}
