package dev.signet.sample;

import static org.assertj.core.api.Assertions.assertThat;

import dev.signet.Keeps;
import dev.signet.Tries;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import jdk.jfr.consumer.RecordedEvent;
import jdk.jfr.consumer.RecordingFile;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;

/**
 * What the whole test run logged, with {@code dev.signet} and nimbus at TRACE, and the message of every exception that was made in it: no token, no key, no slot
 * value. Runs last, in the last module; what this module logs after it, and its exceptions, are seen by the next run only.
 */
@Order(Integer.MAX_VALUE)
@Keeps("L1")
@Tries(56)
class LogLeakTest {
    /** A value that several tests keep in slots. */
    static final String SLOT_CANARY = "a-canary-in-a-slot";

    private static final Pattern SECRETS = Pattern.compile(String.join(
            "|",
            // A compact token: an encoded JSON object, a dot, and more.
            "eyJ[A-Za-z0-9_-]{16,}\\.[A-Za-z0-9_-]*\\.[A-Za-z0-9_-]{16,}",
            // A JWK's secret members, and 256 bits in base64url or hex that look random.
            "\"[kd]\"\\s*:\\s*\"[A-Za-z0-9_-]{20,}",
            "(?<![A-Za-z0-9_/+.-])(?=[A-Za-z_-]*[0-9])(?=[^A-Z]*[A-Z])(?=[^a-z]*[a-z])[A-Za-z0-9_-]{43}(?![A-Za-z0-9_/+.-])",
            "(?<![0-9a-f])[0-9a-f]{64}(?![0-9a-f])",
            SLOT_CANARY));

    @Test
    void nothing_secret_is_in_what_the_tests_logged() throws IOException {
        List<Path> logs = reports("-output\\.txt");
        assertThat(logs).as("logs of the test run").isNotEmpty();
        assertThat(logs)
                .allSatisfy(
                        log -> assertThat(found(read(log))).as(log.toString()).isEmpty());
    }

    /**
     * Jackson's own quote what they could not read, and stay within: see {@code dev.signet.keys.SecrecyTest}. Javalin quotes paths, in which only attackers put
     * tickets.
     */
    @Test
    void nothing_secret_is_in_an_exception_that_the_tests_caused() throws IOException {
        Set<String> exceptions = new HashSet<>();
        for (Path recording : reports("exceptions-.*\\.jfr")) {
            exceptions.addAll(exceptions(recording));
        }

        assertThat(exceptions.stream().anyMatch(exception -> exception.startsWith("dev.signet.")))
                .as("the tests of core were recorded")
                .isTrue();
        assertThat(exceptions.stream()
                        .filter(exception -> !exception.startsWith("com.fasterxml.jackson."))
                        .filter(exception -> !exception.startsWith("io.javalin.router.EndpointNotFound"))
                        .filter(exception -> !found(exception).isEmpty()))
                .isEmpty();
    }

    @Test
    void the_scan_would_see_it() {
        String token =
                "eyJhbGciOiJkaXIiLCJlbmMiOiJBMjU2R0NNIn0..AAAAAAAAAAAAAAAA.YWJjZGVmZ2hpamts.AAAAAAAAAAAAAAAAAAAAAA";
        String key = "q83vEjRWeJCrze8SNFZ4kKvN7xI0VniQq83vEjRWeJA";

        assertThat(found("DEBUG opened " + token)).hasSize(1);
        assertThat(found("Cookie: __Host-session=" + token + "; a=b")).hasSize(1);
        assertThat(found("{\"kty\":\"oct\",\"k\":\"" + key + "\"}")).isNotEmpty();
        assertThat(found("key " + key + " made")).hasSize(1);
        assertThat(found("key " + "0123456789abcdef".repeat(4))).hasSize(1);
        assertThat(found("cart: [" + SLOT_CANARY + "]")).hasSize(1);
        assertThat(found("TRACE dev.signet.Sessions - key ring [ZoT6qU] since 2026-01-01T00:00:00Z"))
                .isEmpty();
    }

    private static List<String> found(String log) {
        return SECRETS.matcher(log)
                .results()
                .map(match ->
                        match.group().substring(0, Math.min(6, match.group().length())) + "…")
                .toList();
    }

    private static String read(Path log) {
        try {
            return Files.readString(log, StandardCharsets.ISO_8859_1);
        } catch (IOException unreadable) {
            throw new UncheckedIOException(unreadable);
        }
    }

    private static Set<String> exceptions(Path recording) throws IOException {
        Set<String> exceptions = new HashSet<>();
        if (Files.size(recording) == 0) {
            return exceptions;
        }
        try (RecordingFile file = new RecordingFile(recording)) {
            while (file.hasMoreEvents()) {
                RecordedEvent event = file.readEvent();
                if (event.getEventType().getName().equals("jdk.JavaExceptionThrow")) {
                    exceptions.add(event.getClass("thrownClass").getName() + ": " + event.getString("message"));
                }
            }
        }
        return exceptions;
    }

    private static List<Path> reports(String name) throws IOException {
        try (Stream<Path> files = Files.find(
                Path.of(".."), 5, (file, is) -> file.toString().matches(".*target.surefire-reports.*" + name))) {
            return files.toList();
        }
    }
}
