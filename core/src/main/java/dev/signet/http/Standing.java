package dev.signet.http;

import dev.signet.Session;
import dev.signet.Sessions;
import dev.signet.Verification.Outcome;

/** How a connection that stays open stands, seen from now. */
public enum Standing {
    /** It may go on. */
    STANDING,
    /** The idle deadline of the ticket it was opened with has passed: a new connection would bring the newer ticket, if there is one. */
    IDLE,
    /** Its session has ended or was revoked. */
    ENDED,
    /** Whether its session was revoked cannot be told now. */
    UNDECIDED;

    static Standing of(Session session, Sessions sessions) {
        Outcome outcome = sessions.recheck(session).outcome();
        if (outcome == Outcome.ACTIVE) {
            return sessions.clock().instant().isBefore(session.idleUntil()) ? STANDING : IDLE;
        }
        return outcome == Outcome.UNDECIDED ? UNDECIDED : ENDED;
    }
}
