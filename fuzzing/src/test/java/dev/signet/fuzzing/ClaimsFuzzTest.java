package dev.signet.fuzzing;

import com.code_intelligence.jazzer.junit.FuzzTest;

/** Whoever has the key may say anything in a ticket; what is accepted is a session by the rules. */
class ClaimsFuzzTest {
    @FuzzTest
    void of_a_ticket_are_a_session_or_refused(byte[] claims) {
        Target.SESSIONS
                .verify(Target.FORGE.seal("st1+jwt", "", claims))
                .active()
                .ifPresent(Target::requireSound);
    }

    @FuzzTest
    void of_a_visitor_are_a_visitor_or_refused(byte[] claims) {
        Target.SESSIONS
                .verifyVisitor(Target.FORGE.seal("sv1+jwt", "", claims))
                .active()
                .ifPresent(Target::requireSound);
    }
}
