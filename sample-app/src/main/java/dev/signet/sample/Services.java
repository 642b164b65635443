package dev.signet.sample;

import dev.signet.SessionIndex;
import dev.signet.SessionListener;
import dev.signet.keys.KeyRing;
import dev.signet.revocation.Revocations;
import java.time.InstantSource;
import java.util.Optional;

/**
 * What the sample stands on.
 *
 * @param index lists where people are signed in; empty where no sign-out is recorded
 * @param origin where people find us if that is not where we listen: behind something that ends TLS
 * @param listener is told what happens to sessions
 */
record Services(
        KeyRing keys,
        Revocations revocations,
        Optional<SessionIndex> index,
        InstantSource clock,
        Optional<String> origin,
        SessionListener listener) {
    /** Keys and sign-outs that are forgotten with the process. */
    static Services inMemory(InstantSource clock) {
        return new Services(
                KeyRing.generate(),
                Revocations.inMemory(clock),
                Optional.of(SessionIndex.inMemory()),
                clock,
                Optional.empty(),
                SessionListener.logging());
    }
}
