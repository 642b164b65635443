package dev.signet.cli;

import dev.signet.Verification;
import dev.signet.Verification.Cause;

/** What an outcome means for whoever has to find out why somebody is signed out. */
final class Verdicts {
    private Verdicts() {}

    static String word(Verification verification) {
        return verification instanceof Verification.Invalid invalid
                ? "INVALID, " + invalid.cause()
                : verification.outcome().name();
    }

    static String meaning(Verification verification) {
        if (verification instanceof Verification.Invalid invalid) {
            return meaning(invalid.cause());
        }
        if (verification instanceof Verification.Expired expired) {
            return expired.idle() != null
                    ? "nobody used it within its idle limit; if the browser was in use, look for clocks that differ"
                    : "its absolute limit has passed: signing in again is the only way on";
        }
        return switch (verification.outcome()) {
            case ACTIVE -> "it is accepted";
            case REVOKED -> "it was ended by a sign-out, or by the server: 'signet revocations' shows when";
            case UNDECIDED -> "the store is empty or does not answer, so that nobody can tell whether it was ended";
            default -> "there is no token";
        };
    }

    static String meaning(Cause cause) {
        return switch (cause) {
            case TOO_LONG -> "it is longer than any token of Signet";
            case MALFORMED -> "it is no token, or not the whole of one: a proxy or a copy may have cut it";
            case HEADER -> "it is a token of something else";
            case UNKNOWN_KEY ->
                "no key of this ring sealed it: it is of another ring, or the key was removed too early";
            case RETIRED_KEY ->
                "its key is no longer accepted: if people are still signed in with it, the key was retired too early";
            case FORGED ->
                "it was changed, or sealed for another application, session name or slot: see --application and --name";
            case CLAIMS -> "it is authentic, but not of this token format";
            case FROM_THE_FUTURE ->
                "it was issued in the future: the clock of the instance that issued it is ahead, or this one's is behind";
            case DUPLICATE -> "the same cookie came more than once";
        };
    }
}
