package dev.signet.javalin.guide;

// snippet: docs/getting-started.md
import static dev.signet.testing.SignetAssertions.assertThat;
import static org.assertj.core.api.Assertions.assertThat;

import dev.signet.keys.KeyRing;
import dev.signet.testing.Browser;
import dev.signet.testing.JavalinExtension;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

class NotesTest {
    private final Notes notes = new Notes(KeyRing.generate());

    @RegisterExtension
    private final JavalinExtension running = JavalinExtension.of(notes::javalin, notes::sessions);

    @Test
    void a_note_is_taken_along_by_the_sign_in(Browser ada) {
        ada.submit("/", "/notes", "note", "milk");

        assertThat(ada.submit("/", "/login", "username", "ada", "password", "lovelace"))
                .signsIn("ada");

        assertThat(ada.get("/").body()).contains("Hello, ada.", "milk");
    }

    @Test
    void a_sign_out_ends_the_copy_of_a_thief_too(Browser ada) {
        Browser thief = ada.signIn("ada").copy();

        assertThat(ada.submit("/", "/logout")).clearsSession();

        assertThat(thief.get("/me")).hasStatus(401);
    }
}
// end of snippet
