package dev.signet.javalin;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.URL;
import java.net.URLClassLoader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.regex.Pattern;
import javax.tools.ToolProvider;

/** The Java in a page of the documentation, taken from the page itself. */
final class Snippets {
    private static final Pattern SNIPPET = Pattern.compile("```java\n(.*?)```", Pattern.DOTALL);

    private Snippets() {}

    static List<String> in(Path page) throws IOException {
        return SNIPPET.matcher(Files.readString(page))
                .results()
                .map(found -> found.group(1))
                .toList();
    }

    /** A snippet that ends with an application, as a method of this head that starts it on any port. */
    static String started(String snippet, String head) {
        assertThat(snippet).contains("Path.of(\"keys.jwks\")", "start(7070)", "Javalin.create(");
        return snippet.replace("Path.of(\"keys.jwks\")", "keys")
                        .replace("start(7070)", "start(\"localhost\", 0)")
                        .replace("Javalin.create(", head + " {\n    return Javalin.create(")
                + "}";
    }

    static Class<?> compiled(Path directory, String name, String source) throws IOException, ClassNotFoundException {
        Path file = directory.resolve(name + ".java");
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
        return new URLClassLoader(new URL[] {classes}, Snippets.class.getClassLoader()).loadClass(name);
    }
}
