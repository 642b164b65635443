package dev.signet.javalin.guide;

import static dev.signet.testing.SignetAssertions.assertThat;
import static org.assertj.core.api.Assertions.assertThat;

import dev.signet.keys.KeyRing;
import dev.signet.testing.Browser;
import dev.signet.testing.JavalinExtension;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;

/** What {@code docs/getting-started.md} says of its two programs; its first test is {@link NotesTest}. */
class GettingStartedTest {
    private final Notes notes = new Notes(KeyRing.generate());

    @RegisterExtension
    private final JavalinExtension running = JavalinExtension.of(notes::javalin, notes::sessions);

    @Test
    void the_library_prints_three_lines(@TempDir Path directory) throws IOException, InterruptedException {
        Files.writeString(directory.resolve("keys.jwks"), KeyRing.generate().exportSecretJwkSet());
        Path printed = directory.resolve("printed");

        Process hello = new ProcessBuilder(
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                        "-cp",
                        System.getProperty("java.class.path"),
                        Hello.class.getName())
                .directory(directory.toFile())
                .redirectOutput(printed.toFile())
                .redirectError(directory.resolve("errors").toFile())
                .start();

        assertThat(hello.waitFor()).isZero();
        assertThat(printed).content().isEqualToNormalizingNewlines("ada is signed in\n[milk]\nREVOKED\n");
    }

    @Test
    void a_visitor_has_notes_and_no_page_of_their_own(Browser visitor) {
        assertThat(visitor.submit("/", "/notes", "note", "milk")).redirectsTo("/");
        assertThat(visitor.get("/").body()).contains("milk", "Sign in");
        assertThat(visitor.get("/me")).hasStatus(401);
    }

    @Test
    void a_wrong_password_signs_nobody_in(Browser ada) {
        assertThat(ada.submit("/", "/login", "username", "ada", "password", "wrong"))
                .hasStatus(401)
                .signsNobodyIn();
    }

    @Test
    void names_and_notes_are_text(Browser ada) {
        ada.submit("/", "/notes", "note", "a < b");
        ada.submit("/", "/login", "username", "ada <3", "password", "lovelace");

        assertThat(ada.get("/").body()).contains("Hello, ada &lt;3.", "a &lt; b");
    }

    @Test
    void a_form_without_its_token_is_refused(Browser ada) {
        assertThat(ada.signIn("ada").post("/notes", "note", "milk")).hasStatus(403);
    }
}
