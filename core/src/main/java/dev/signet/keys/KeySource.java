package dev.signet.keys;

import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;

/**
 * Where the text of a key ring, a JWK Set (RFC 7517 §5), comes from: a file, an environment variable, a vault.
 *
 * <p>A source is read when the application starts and again at every poll, from any thread. It answers with the whole text or throws;
 * a text that is no good ring leaves a running application with the ring it has.
 */
@FunctionalInterface
public interface KeySource {
    /**
     * Reads the current text.
     *
     * @return a JWK Set of at most 1,048,576 characters
     * @throws IOException when there is none or it cannot be read; its message may be logged, so it must not quote the text
     */
    String read() throws IOException;

    /** How long to wait between two reads: 10 seconds by default. */
    default Duration pollInterval() {
        return Duration.ofSeconds(10);
    }

    /** What messages and logs call this source, such as {@code key ring file keys.jwks}; never key material. */
    default String describe() {
        return "key source";
    }

    /** A file in UTF-8. One that every user of the machine can read or write is used, after one warning in the log. */
    static KeySource file(Path file) {
        return new FileSource(file);
    }

    /**
     * An environment variable that holds the text itself.
     *
     * @throws IllegalArgumentException when {@code variable} has other characters than letters, digits and {@code _}
     */
    static KeySource environment(String variable) {
        return new EnvironmentSource(variable, System.getenv());
    }
}
