package consumer;

import dev.signet.Sessions;
import dev.signet.Verification.Outcome;
import dev.signet.keys.KeyRing;
import dev.signet.revocation.Revocations;

/** Signet as a plain library: a ticket is issued, verified and revoked. */
public final class Library {
    private Library() {}

    public static void main(String[] arguments) {
        try (Sessions sessions = Sessions.with(KeyRing.generate())
                .application("consumer")
                .revocations(Revocations.inMemory())
                .build()) {
            String ticket = sessions.issue(sessions.start("ada"));
            require(sessions, ticket, Outcome.ACTIVE);
            sessions.end(sessions.verify(ticket).active().orElseThrow());
            require(sessions, ticket, Outcome.REVOKED);
        }
    }

    private static void require(Sessions sessions, String ticket, Outcome expected) {
        Outcome outcome = sessions.verify(ticket).outcome();
        if (outcome != expected) {
            throw new AssertionError("the ticket is " + outcome + ", not " + expected);
        }
    }
}
