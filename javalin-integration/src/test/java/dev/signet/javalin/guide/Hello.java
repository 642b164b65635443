package dev.signet.javalin.guide;

// snippet: docs/getting-started.md
import dev.signet.Session;
import dev.signet.Sessions;
import dev.signet.Slot;
import dev.signet.keys.KeyRing;
import dev.signet.revocation.Revocations;
import java.nio.file.Path;
import java.util.List;

public final class Hello {
    private static final Slot<List<String>> NOTES = Slot.listOf("notes", String.class);

    public static void main(String[] arguments) {
        KeyRing keys = KeyRing.load(Path.of("keys.jwks"));
        try (Sessions sessions = Sessions.with(keys)
                .application("hello")
                .revocations(Revocations.inMemory())
                .build()) {
            String ticket = sessions.issue(sessions.start("ada")); // what the browser keeps
            Session session = sessions.verify(ticket).active().orElseThrow();
            System.out.println(session.subject() + " is signed in");

            String notes = sessions.seal(sessions.content(NOTES, List.of("milk")), session);
            System.out.println(sessions.read(NOTES, notes, session).orElse(NOTES.initial()));

            sessions.end(session);
            System.out.println(sessions.verify(ticket).outcome()); // and so is every copy
        }
    }
}
// end of snippet
