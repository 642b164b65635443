package dev.signet.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The bad night: people say that they are signed out. */
class DoctorTest {
    private final Terminal terminal = new Terminal();

    @TempDir
    Path directory;

    private Path file;

    @BeforeEach
    void makeKeys() {
        file = directory.resolve("keys.jwks");
        terminal.environment.put("SIGNET_KEYS", file.toString());
        terminal.type("keys new").isWell();
    }

    private String finds(String options) {
        Terminal.Answer answer = terminal.type("doctor" + options);
        assertThat(answer.code()).isEqualTo(1);
        assertThat(answer.err()).isEmpty();
        return answer.out();
    }

    @Test
    void nothing_is_wrong() {
        assertThat(terminal.type("doctor").isWell().out()).contains("ok ").doesNotContain("problem", "warning");
    }

    @Test
    void no_ring_is_a_problem() throws IOException {
        Files.delete(file);
        assertThat(finds("")).contains("problem keys", "does not exist");
    }

    @Test
    void what_is_not_named_is_skipped() {
        terminal.environment.clear();
        assertThat(terminal.type("doctor").isWell().out().lines())
                .hasSize(3)
                .allMatch(line -> line.startsWith("skipped"));
    }

    @Test
    void a_ring_that_others_can_read_is_a_problem() throws IOException {
        Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rw-r--r--"));
        assertThat(finds("")).contains("problem keys", "rw-r--r--", "chmod g-w,o= ");
    }

    @Test
    void an_old_key_is_a_warning() {
        terminal.later(Duration.ofDays(181));
        assertThat(finds("")).contains("181 days old", "signet keys rotate");
    }

    @Test
    void a_key_that_is_retired_and_still_needed_is_a_problem() throws IOException {
        terminal.type("keys rotate --in 1h").isWell();
        String end = Long.toString(terminal.now.plus(Duration.ofHours(2)).getEpochSecond());
        Files.writeString(
                file, Files.readString(file).replaceFirst("\"nbf\":(\\d+)\\}", "\"nbf\":$1,\"exp\":" + end + "}"));
        assertThat(finds(" --longest 12h")).contains("warning", "what it sealed may live until 2026-11-23T23:10:00Z");

        terminal.later(Duration.ofHours(3));
        assertThat(finds(" --longest 12h")).contains("problem key", "people it signed in are signed out");
    }

    @Test
    void a_store_that_is_down_is_a_problem() throws IOException {
        int nobody;
        try (ServerSocket free = new ServerSocket(0)) {
            nobody = free.getLocalPort();
        }
        assertThat(finds(" --store redis://127.0.0.1:" + nobody)).contains("problem store", "503");
    }

    @ParameterizedTest
    @ValueSource(strings = {"", " --json"})
    void a_clock_that_differs_is_a_problem(String options) throws IOException {
        try (Site site = new Site(() -> terminal.now.plusSeconds(300), 16_384)) {
            assertThat(finds(" --url " + site.url() + options)).contains("clock", "5 min ahead of", "time service");
        }
    }

    @Test
    void a_proxy_that_takes_only_short_heads_is_a_problem() throws IOException {
        try (Site site = new Site(() -> terminal.now, 4_096)) {
            assertThat(finds(" --url " + site.url()))
                    .containsPattern("problem head: a Cookie header of more than about 3[0-9]{3} bytes")
                    .contains("16 KiB");
        }
    }

    @Test
    void a_site_that_is_well_is_told() throws IOException {
        try (Site site = new Site(() -> terminal.now, 16_384)) {
            assertThat(terminal.type("doctor --url " + site.url()).isWell().out())
                    .contains("8192 bytes gets through");
        }
    }

    @Test
    void a_site_that_is_not_there_is_a_problem() throws IOException {
        int nobody;
        try (ServerSocket free = new ServerSocket(0)) {
            nobody = free.getLocalPort();
        }
        assertThat(finds(" --url http://127.0.0.1:" + nobody)).contains("problem site");
    }

    @Test
    void an_address_that_is_none_is_refused() {
        terminal.type("doctor --url ftp://example").isRefused("--url must be");
    }
}
