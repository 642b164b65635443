package dev.signet.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.signet.keys.Key;
import dev.signet.keys.KeyRing;
import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.channels.OverlappingFileLockException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class KeysTest {
    private final Terminal terminal = new Terminal();

    @TempDir
    Path directory;

    private Path file;

    @BeforeEach
    void nameTheRing() {
        file = directory.resolve("ring.jwks");
        terminal.environment.put("SIGNET_KEYS", file.toString());
    }

    private KeyRing ring() {
        return KeyRing.load(file);
    }

    private String first() {
        return ring().keys().get(0).id();
    }

    private String permissions() throws IOException {
        return PosixFilePermissions.toString(Files.getPosixFilePermissions(file));
    }

    private List<String> leftovers() throws IOException {
        try (var files = Files.list(directory)) {
            return files.filter(other -> !other.equals(file))
                    .map(Path::toString)
                    .toList();
        }
    }

    @Nested
    class A_new_ring {
        @Test
        void is_its_owners_alone() throws IOException {
            terminal.type("keys new").isWell();

            assertThat(ring().keys()).extracting(Key::use).containsExactly(Key.Use.ENCRYPTION);
            assertThat(permissions()).isEqualTo("rw-------");
            assertThat(leftovers()).isEmpty();
        }

        @Test
        void may_have_a_key_pair_too() {
            terminal.type("keys new --pair").isWell();

            assertThat(ring().keys()).extracting(Key::algorithm).containsExactly("A256GCM", "ES256");
        }

        @Test
        void never_replaces_a_file() throws IOException {
            terminal.type("keys new").isWell();
            String before = Files.readString(file);

            terminal.type("keys new").isRefused("exists already");

            assertThat(file).hasContent(before);
            assertThat(leftovers()).isEmpty();
        }

        @Test
        void is_shown_only_when_told_to_and_then_not_written() {
            String shown = terminal.type("keys new --show-secret").isWell().out();

            assertThat(KeyRing.parse(shown).keys()).hasSize(1);
            assertThat(file).doesNotExist();
        }
    }

    @Nested
    class A_secret {
        @ParameterizedTest
        @ValueSource(strings = {"keys list", "keys list --json", "keys rotate", "doctor", "doctor --json"})
        void is_never_printed(String command) throws IOException {
            String made = terminal.type("keys new").isWell().out();
            String printed = terminal.type(command).out();

            String secret = Files.readString(file).replaceAll("(?s).*\"k\":\"([^\"]+)\".*", "$1");
            assertThat(secret).hasSize(43);
            assertThat(made + printed).doesNotContain(secret);
        }

        @Test
        void is_printed_when_told_to() throws IOException {
            terminal.type("keys new").isWell();

            assertThat(terminal.type("keys list --show-secret").isWell().out()).isEqualTo(Files.readString(file));
        }
    }

    @Nested
    class Rotation {
        @BeforeEach
        void make() {
            terminal.type("keys new").isWell();
        }

        @Test
        void adds_a_key_that_opens_at_once_and_seals_later() throws IOException {
            String old = first();
            terminal.type("keys rotate --in 1h").isWell();

            assertThat(ring().keys()).extracting(Key::id).startsWith(old).hasSize(2);
            assertThat(terminal.type("keys list").out())
                    .containsPattern(old + " +A256GCM +seals")
                    .contains("waits", "in 60 min");
            terminal.later(Duration.ofHours(1));
            assertThat(terminal.type("keys list --longest 12h").out())
                    .containsPattern(old + " +A256GCM +opens .*until 2026-11-23T23:10:00Z")
                    .contains("as long as it seals");
            assertThat(permissions()).isEqualTo("rw-------");
            assertThat(leftovers()).isEmpty();
        }

        @Test
        void waits_for_the_one_before() {
            terminal.type("keys rotate").isWell();

            terminal.type("keys rotate").isRefused("waits to take over already");
            assertThat(ring().keys()).hasSize(2);
        }

        @Test
        void by_several_processes_at_once_loses_no_key() throws Exception {
            Files.delete(file);
            assertThat(process("new").waitFor()).isZero();

            List<Process> operators = new ArrayList<>();
            for (int i = 0; i < 5; i++) {
                operators.add(process("rotate", "--in", "0s"));
            }
            for (Process operator : operators) {
                assertThat(operator.waitFor()).isZero();
            }

            assertThat(ring().keys()).hasSize(6);
            assertThat(leftovers()).isEmpty();
        }

        @Test
        void looks_at_the_clock_when_its_turn_has_come() {
            AtomicInteger turns = new AtomicInteger();
            terminal.onClock = () -> {
                assertThatThrownBy(this::lock).isInstanceOf(OverlappingFileLockException.class);
                turns.incrementAndGet();
            };

            terminal.type("keys rotate --in 0s").isWell();

            assertThat(turns).hasPositiveValue();
        }

        private void lock() throws IOException {
            try (FileChannel channel = FileChannel.open(file, StandardOpenOption.WRITE)) {
                channel.tryLock();
            }
        }

        private Process process(String... words) throws IOException {
            List<String> command = new ArrayList<>(List.of(
                    Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                    "-cp",
                    System.getProperty("java.class.path"),
                    Signet.class.getName(),
                    "keys"));
            command.addAll(List.of(words));
            ProcessBuilder builder = new ProcessBuilder(command).redirectErrorStream(true);
            builder.redirectOutput(ProcessBuilder.Redirect.DISCARD);
            builder.environment().put("SIGNET_KEYS", file.toString());
            return builder.start();
        }

        @Test
        void through_a_link_changes_what_it_points_to() throws IOException {
            Path link = Files.createSymbolicLink(directory.resolve("link.jwks"), file);

            terminal.type("keys rotate --keys " + link).isWell();

            assertThat(link).isSymbolicLink();
            assertThat(ring().keys()).hasSize(2);
        }

        @Test
        void closes_a_file_to_others_but_not_to_its_group() throws IOException {
            Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rw-rw-r--"));

            terminal.type("keys rotate").isWell();

            assertThat(permissions()).isEqualTo("rw-r-----");
        }

        @ParameterizedTest
        @ValueSource(strings = {"soon", "-1s", "401d", "1w", "9999999s"})
        void at_no_sensible_time_is_refused(String in) throws IOException {
            String before = Files.readString(file);

            terminal.type("keys rotate --in=" + in).isRefused(in);

            assertThat(file).hasContent(before);
        }
    }

    @Nested
    class Retiring {
        private String old = "";

        @BeforeEach
        void rotate() {
            terminal.type("keys new").isWell();
            old = first();
            terminal.type("keys rotate --in 1h").isWell();
        }

        @Test
        void the_key_that_seals_is_refused() {
            terminal.type("keys retire -- " + old).isRefused("seals everything new");
            terminal.type("keys retire --now -- " + old).isRefused("last key that seals");
            assertThat(ring().keys()).hasSize(2);
        }

        @Test
        void a_key_is_refused_until_nothing_it_sealed_is_alive() {
            terminal.later(Duration.ofHours(13));
            terminal.type("keys retire --longest 12h -- " + old).isRefused("may be alive until 2026-11-23T23:10:00Z");

            terminal.later(Duration.ofMinutes(10));
            assertThat(terminal.type("keys list --longest 12h").out()).contains("not needed");
            terminal.type("keys retire --longest 12h -- " + old).isWell();

            assertThat(ring().keys()).extracting(Key::id).hasSize(1).doesNotContain(old);
        }

        @Test
        void a_key_that_seals_again_is_needed_for_longer() throws IOException {
            terminal.later(Duration.ofHours(2));
            String end = Long.toString(terminal.now.getEpochSecond());
            Files.writeString(
                    file,
                    Files.readString(file).replaceFirst("\"nbf\":(\\d+)\\}\\]", "\"nbf\":$1,\"exp\":" + end + "}]"));
            assertThat(terminal.type("keys list").out())
                    .containsPattern(old + " +A256GCM +seals")
                    .contains("ended");

            terminal.later(Duration.ofHours(20));
            terminal.type("keys rotate --in 0s").isWell();

            terminal.type("keys retire --longest 12h -- " + old).isRefused("may be alive until 2026-11-24T20:10:00Z");
        }

        @Test
        void a_stolen_key_is_done_at_once_when_told_to() {
            terminal.later(Duration.ofHours(2));

            terminal.type("keys retire --now -- " + old).isWell();

            assertThat(ring().key(old)).isEmpty();
        }

        @ParameterizedTest
        @ValueSource(strings = {"-P1D", "1s", "401d", "P100000000000D"})
        void with_no_sensible_lifetime_is_refused(String longest) {
            terminal.later(Duration.ofHours(2));
            terminal.type("keys retire --longest=" + longest + " -- " + old).isRefused("--longest");
            assertThat(ring().keys()).hasSize(2);
        }

        @Test
        void a_key_that_ended_by_mistake_is_refused() throws IOException {
            terminal.later(Duration.ofHours(2));
            String end = Long.toString(terminal.now.minusSeconds(60).getEpochSecond());
            String newest = ring().keys().get(1).id();
            Files.writeString(
                    file,
                    Files.readString(file).replaceFirst("\"nbf\":(\\d+)\\}\\]", "\"nbf\":$1,\"exp\":" + end + "}]"));

            terminal.type("keys retire --longest 12h -- " + newest).isRefused("with a later exp it opens them again");
            assertThat(terminal.type("keys list --longest 12h").out())
                    .contains("until 2026-11-24T00:09:00Z, but it ended 60 s ago");
        }

        @Test
        void an_unknown_key_names_the_known_ones() {
            terminal.type("keys retire nope").isRefused(old);
        }
    }

    @Nested
    class A_ring_that_is_none {
        @ParameterizedTest
        @ValueSource(strings = {"keys list", "keys rotate", "keys retire x"})
        void is_refused_with_what_to_do(String command) {
            terminal.type(command).isRefused("does not exist");
        }

        @ParameterizedTest
        @ValueSource(strings = {"keys list", "keys rotate", "keys retire x"})
        void is_left_as_it_is(String command) throws IOException {
            Files.writeString(file, "{\"keys\":[{\"kty\":\"oct\",\"k\":\"short\"}]}");

            assertThat(terminal.type(command).isRefused("ring.jwks").err()).doesNotContain("short\"");

            assertThat(file).hasContent("{\"keys\":[{\"kty\":\"oct\",\"k\":\"short\"}]}");
        }
    }
}
