package dev.signet.javalin;

import static org.assertj.core.api.Assertions.assertThat;

import dev.signet.keys.KeyRing;
import io.javalin.Javalin;
import java.io.PrintStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The README's snippets, taken from the README itself, compiled and run. */
class ReadmeTest {
    private static final Path README = Path.of("..", "README.md");

    private static final String FRAME = """
            import static dev.signet.javalin.SessionPlugin.session;

            import dev.signet.*;
            import dev.signet.javalin.SessionPlugin;
            import dev.signet.keys.KeyRing;
            import dev.signet.revocation.Revocations;
            import io.javalin.Javalin;
            import io.javalin.http.Context;
            import java.nio.file.Path;
            import java.util.*;

            public class Readme {
                public record Cart(List<String> items) {
                    static final Cart EMPTY = new Cart(List.of());

                    Cart add(String item) {
                        List<String> more = new ArrayList<>(items);
                        more.add(item);
                        return new Cart(more);
                    }
                }

                static String checkPassword(Context ctx) {
                    return ctx.formParam("username");
                }

                %s

                public static void library(KeyRing keys, java.io.PrintStream out) {
                    %s
                }
            }
            """;

    @TempDir
    private Path directory;

    @Test
    void the_snippets_do_what_the_readme_says() throws Exception {
        List<String> snippets = Snippets.in(README);
        assertThat(snippets).as("Java snippets in the README").hasSize(2);
        Class<?> readme = Snippets.compiled(
                directory,
                "Readme",
                FRAME.formatted(
                        Snippets.started(snippets.get(0), "public static Javalin start(Path keys)"),
                        snippets.get(1).replace("System.out.", "out.")));

        Path keys = directory.resolve("keys.jwks");
        Files.writeString(keys, KeyRing.generate().exportSecretJwkSet());
        Javalin app = (Javalin) readme.getMethod("start", Path.class).invoke(null, keys);
        try {
            drive(new Browser(app.port()));
        } finally {
            app.stop();
        }

        Path printed = directory.resolve("printed");
        try (PrintStream out = new PrintStream(printed.toFile())) {
            readme.getMethod("library", KeyRing.class, PrintStream.class).invoke(null, KeyRing.generate(), out);
        }
        assertThat(printed).content().startsWith("ada until ").endsWith("REVOKED" + System.lineSeparator());
    }

    private static void drive(Browser browser) {
        assertThat(browser.get("/me").status()).isEqualTo(401);
        assertThat(browser.post("/login", "username=ada").status()).isEqualTo(200);
        assertThat(browser.get("/me").body()).isEqualTo("ada");
        assertThat(browser.post("/logout", "").status())
                .as("a sign-out without its token")
                .isEqualTo(403);
        assertThat(browser.get("/me").body()).isEqualTo("ada");
    }
}
