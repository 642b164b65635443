package dev.signet.javalin;

import static org.assertj.core.api.Assertions.assertThat;

import dev.signet.keys.KeyRing;
import io.javalin.Javalin;
import java.io.IOException;
import java.io.PrintStream;
import java.net.URL;
import java.net.URLClassLoader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.regex.Pattern;
import javax.tools.ToolProvider;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The README's snippets, taken from the README itself, compiled and run. */
class ReadmeTest {
    private static final Path README = Path.of("..", "README.md");
    private static final Pattern SNIPPET = Pattern.compile("```java\n(.*?)```", Pattern.DOTALL);

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
        List<String> snippets = SNIPPET.matcher(Files.readString(README))
                .results()
                .map(found -> found.group(1))
                .toList();
        assertThat(snippets).as("Java snippets in the README").hasSize(2);
        Class<?> readme = compiled(
                FRAME.formatted(withStart(snippets.get(0)), snippets.get(1).replace("System.out.", "out.")));

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

    /** The snippet as it stands, but for its key file and port. */
    private static String withStart(String snippet) {
        assertThat(snippet).contains("Path.of(\"keys.jwks\")", "start(7070)", "\nJavalin.create(");
        return snippet.replace("Path.of(\"keys.jwks\")", "keys")
                        .replace("start(7070)", "start(\"localhost\", 0)")
                        .replace(
                                "\nJavalin.create(",
                                "\npublic static Javalin start(Path keys) {\n    return Javalin.create(")
                + "}";
    }

    private Class<?> compiled(String source) throws IOException, ClassNotFoundException {
        Path file = directory.resolve("Readme.java");
        Files.writeString(file, source);
        int result = ToolProvider.getSystemJavaCompiler()
                .run(
                        null,
                        null,
                        null,
                        "-classpath",
                        System.getProperty("java.class.path"),
                        "-d",
                        directory.toString(),
                        file.toString());
        assertThat(result).as("the compiler's result").isZero();
        URL classes = directory.toUri().toURL();
        return new URLClassLoader(new URL[] {classes}, ReadmeTest.class.getClassLoader()).loadClass("Readme");
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
