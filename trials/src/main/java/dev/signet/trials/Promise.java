package dev.signet.trials;

import java.util.EnumSet;
import java.util.Set;

/** What a run holds Signet to. */
enum Promise {
    FINAL("no cookie is accepted later than the staleness bound after its sign-out was answered with success"),
    AUTHORITATIVE("no cookie is accepted after that by an authoritative page"),
    RECORDED("every sign-out answered with success is in the log"),
    KEPT("no process finds the log without what it held"),
    PUBLIC("every process that is up answers its public page with 200"),
    ANSWERED("every process that is up answers, and with no 5xx but 503 with Retry-After"),
    LIVE("nobody is signed out who did not sign out, and nobody is taken for somebody else"),
    WELL("every process starts, stays and is well within a minute of the last fault"),
    BOUNDED("no process grows"),
    SAVED("no write of somebody honest is lost"),
    REFUSED("every attack is refused, and answered as designed"),
    SOUND("a ticket that is forged with the right keys opens: what is refused is refused for what is wrong with it"),
    SHARE("a fifth of all requests, give or take a hundredth, are hostile");

    static final Set<Promise> OF_FAULTS = EnumSet.range(FINAL, BOUNDED);
    static final Set<Promise> OF_SOAK = EnumSet.complementOf(EnumSet.of(PUBLIC, KEPT));

    private final String words;

    Promise(String words) {
        this.words = words;
    }

    String words() {
        return words;
    }
}
