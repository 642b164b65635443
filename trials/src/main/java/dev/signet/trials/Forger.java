package dev.signet.trials;

import dev.signet.Sessions;
import dev.signet.SessionsBuilder;
import dev.signet.keys.KeyRing;
import dev.signet.revocation.Revocations;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;

/**
 * Makes tickets as the application does, with keys that an attacker would not have, and with one thing wrong. Follows the same log, so that nothing else is.
 * Thread-safe.
 */
final class Forger implements AutoCloseable {
    private final Revocations revocations;

    /** @param log the address of the revocation log */
    Forger(String log) {
        revocations = Revocations.on(Logs.await(log)).build();
        revocations.start();
    }

    /** All right, but for the key, if it is another. */
    String under(KeyRing keys) {
        return issued(Sessions.with(keys).application(Shop.APPLICATION));
    }

    /** Issued two days ago. */
    String expired(KeyRing keys) {
        Instant then = Instant.now().minus(Duration.ofDays(2));
        return issued(Sessions.with(keys).application(Shop.APPLICATION).clock(InstantSource.fixed(then)));
    }

    String ofAnotherApplication(KeyRing keys) {
        return issued(Sessions.with(keys).application("another"));
    }

    String ofAnotherSession(KeyRing keys) {
        return issued(Sessions.with(keys).application(Shop.APPLICATION).name("admin"));
    }

    String ofAVisitor(KeyRing keys) {
        Sessions sessions =
                withLog(Sessions.with(keys).application(Shop.APPLICATION)).build();
        return sessions.issue(sessions.startVisitor());
    }

    private String issued(SessionsBuilder maker) {
        Sessions sessions = withLog(maker).build();
        return sessions.issue(sessions.start(Forgery.VICTIM));
    }

    private SessionsBuilder withLog(SessionsBuilder maker) {
        return maker.lifetime(Shop.LIFETIME).revocations(revocations);
    }

    @Override
    public void close() {
        revocations.close();
    }
}
