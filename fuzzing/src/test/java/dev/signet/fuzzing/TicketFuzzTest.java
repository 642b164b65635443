package dev.signet.fuzzing;

import static dev.signet.fuzzing.Target.require;

import com.code_intelligence.jazzer.junit.FuzzTest;
import dev.signet.Verification;

class TicketFuzzTest {
    /** Without the key nobody makes a ticket, and nothing but an outcome comes out. */
    @FuzzTest
    void any_text_is_an_outcome(byte[] data) {
        String text = Target.latin(data);
        require(Target.SESSIONS.verify(text).active().isEmpty(), "a ticket was forged");
        require(Target.SESSIONS.verifyVisitor(text).active().isEmpty(), "a visitor's ticket was forged");
    }

    /** A live ticket with some of its characters changed, cut or put in is none any more. */
    @FuzzTest
    void any_other_spelling_is_refused(byte[] data) {
        if (data.length < 3) {
            return;
        }
        int at = ((data[0] & 0xFF) << 8 | data[1] & 0xFF) % Target.TICKET.length();
        int cut = Math.min(data[2] & 0x0F, Target.TICKET.length() - at);
        String text =
                Target.TICKET.substring(0, at) + Target.latin(data).substring(3) + Target.TICKET.substring(at + cut);
        Verification verification = Target.SESSIONS.verify(text);
        require(verification.active().isPresent() == text.equals(Target.TICKET), "one ticket, one spelling");
    }
}
