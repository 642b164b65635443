package dev.signet.fuzzing;

import dev.signet.Forge;
import dev.signet.Session;
import dev.signet.Sessions;
import dev.signet.TestKeys;
import dev.signet.Verification;
import dev.signet.revocation.Revocations;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.time.InstantSource;

/** What all targets aim at: an application at a fixed time, and somebody who knows its key. */
final class Target {
    static final Instant NOW = Instant.parse("2026-03-01T12:00:00Z");
    static final Forge FORGE = Forge.at(NOW);
    static final Sessions SESSIONS = Sessions.with(TestKeys.ring())
            .clock(InstantSource.fixed(NOW))
            .revocations(Revocations.none())
            .build();
    static final String SID = "AAAAAAAAAAAAAAAAAAAAAA";
    private static final int LONGEST = 4096;
    /** A ticket of a live session. */
    static final String TICKET = FORGE.ticket(
            "{\"sid\":\"" + SID
                    + "\",\"sub\":\"ada\",\"st\":1772366400,\"iat\":1772366400,\"exp\":1772368200,\"end\":1772409600,\"seq\":0}");

    private Target() {}

    static String latin(byte[] data) {
        return new String(data, StandardCharsets.ISO_8859_1);
    }

    static void require(boolean holds, String promise) {
        if (!holds) {
            throw new AssertionError(promise);
        }
    }

    /** What every session keeps that was accepted, whatever it was made of. */
    static void requireSound(Session session) {
        require(session.id().length() == 22, "a session id has 22 characters");
        if (!session.isVisitor()) {
            int length = session.subject().length();
            require(length > 0 && length <= 255, "a subject has 1 to 255 characters");
        }
        require(!session.idleUntil().isBefore(NOW.minusSeconds(30)), "no session is accepted past its idle deadline");
        require(!session.endsAt().isBefore(session.startedAt()), "no session ends before it starts");
        String ticket = SESSIONS.issue(session);
        if (ticket.length() > LONGEST) {
            return; // ours are checked when they begin; what others write may grow, since we escape characters beyond
            // 16 bits
        }
        Verification again = session.isVisitor() ? SESSIONS.verifyVisitor(ticket) : SESSIONS.verify(ticket);
        require(again.active().isPresent(), "an accepted session can be issued again");
        require(again.active().orElseThrow().id().equals(session.id()), "and is the same one then");
    }
}
