package dev.signet.fuzzing;

import com.code_intelligence.jazzer.junit.FuzzTest;
import dev.signet.Slot;
import dev.signet.SlotTooLarge;
import dev.signet.http.WebSession;
import dev.signet.http.WebSessions;
import java.util.List;

/** Lines of the Cookie header, split at line feeds; {@code %} stands for a live ticket. */
class CookieHeaderFuzzTest {
    private static final Slot<String> NOTE = Slot.text("note");
    private static final WebSessions WEB =
            WebSessions.with(Target.SESSIONS).slots(List.of(NOTE)).build();

    @FuzzTest
    void any_lines_are_somebody_or_nobody(byte[] data) {
        List<String> lines =
                List.of(Target.latin(data).replace("%", Target.TICKET).split("\n", 64));
        Answered request = new Answered(lines);
        WebSession session = WEB.open(request);
        session.current().ifPresent(Target::requireSound);
        try {
            session.set(NOTE, "kept");
            session.flash("told");
        } catch (SlotTooLarge full) {
            Target.require(lines.toString().length() > 4000, "a slot fits unless the browser sent many or large ones");
        }
        session.commit(request);
        request.requireSound();
    }
}
