package dev.signet.keys;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.signet.Keeps;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.FileSystems;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class KeySourceTest {
    private static final String RING = Jwks.set(Jwks.secret(1, "\"kid\":\"a\""));
    private static final String COMMAND =
            "printf '{\"keys\":[{\"kty\":\"oct\",\"k\":\"%s\"}]}\\n' \"$(head -c 32 /dev/urandom | base64 | tr '+/' '-_' | tr -d '=\\n')\"";

    @Nested
    class A_file {
        @TempDir
        Path folder;

        @Test
        void is_read_and_remembered() throws IOException {
            Path file = written("keys.jwks", RING);
            KeyRing ring = KeyRing.load(file).withLongestLifetime(Duration.ofDays(1));

            assertThat(ring.key("a")).isPresent();
            assertThat(ring.source()).hasValueSatisfying(source -> {
                assertThat(source).hasToString("key ring file " + file);
                assertThat(source.describe()).isEqualTo("key ring file " + file);
                assertThat(source.pollInterval()).isEqualTo(Duration.ofSeconds(10));
            });
        }

        @Test
        void is_read_anew_each_time() throws IOException {
            KeySource source = KeySource.file(written("keys.jwks", RING));
            Key first = KeyRing.from(source).keys().get(0);
            written("keys.jwks", Jwks.set(Jwks.secret(2, "\"kid\":\"b\"")));

            assertThat(first.id()).isEqualTo("a");
            assertThat(KeyRing.from(source).keys().get(0).id()).isEqualTo("b");
        }

        @Test
        @Keeps("K2")
        void that_is_absent_is_named_with_the_command_that_makes_one() {
            Path file = folder.resolve("keys.jwks");

            assertThatIllegalArgumentException()
                    .isThrownBy(() -> KeyRing.load(file))
                    .withMessage("The key ring file " + file
                            + " cannot be read: it does not exist. If there is none yet, this makes one: "
                            + "(umask 077; " + COMMAND + " > " + file + ")");
        }

        @Test
        void that_is_bad_is_named_with_the_reason_and_the_command() throws IOException {
            Path file = written("keys.jwks", "changeit");

            assertThatIllegalArgumentException()
                    .isThrownBy(() -> KeyRing.load(file))
                    .withMessageStartingWith("The key ring file " + file + " is refused: it is not JSON")
                    .withMessageEndingWith("(umask 077; " + COMMAND + " > " + file + ")")
                    .withNoCause();
        }

        @Test
        void has_to_be_UTF_8() throws IOException {
            Path file = Files.write(folder.resolve("keys.jwks"), RING.getBytes(StandardCharsets.UTF_16));

            assertThatIllegalArgumentException()
                    .isThrownBy(() -> KeyRing.load(file))
                    .withMessageContaining("UTF-8");
        }

        @Test
        void has_at_most_a_mebibyte() throws IOException {
            Path file = written("keys.jwks", RING + " ".repeat(1 << 20));

            assertThatIllegalArgumentException()
                    .isThrownBy(() -> KeyRing.load(file))
                    .withMessageContaining("1 MiB");
        }

        @Test
        void may_not_be_a_folder() {
            assertThatIllegalArgumentException()
                    .isThrownBy(() -> KeyRing.load(folder))
                    .withMessageContaining("cannot be read");
        }

        @ParameterizedTest
        @ValueSource(strings = {"keys.jwks", "my keys; 'quoted' $HOME.jwks"})
        void is_made_by_the_command_of_the_message(String name) throws Exception {
            assumeTrue(onPath("bash") && onPath("base64"), "Skipped: there is no bash or no base64");
            Path file = folder.resolve(name);

            run(NewRing.command(KeySource.file(file)));

            assertThat(KeyRing.load(file).keys())
                    .singleElement()
                    .extracting(Key::use)
                    .isEqualTo(Key.Use.ENCRYPTION);
            assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(file)))
                    .isEqualTo("rw-------");
        }

        @Test
        void that_others_may_read_is_used_after_one_warning() throws IOException {
            assumeTrue(
                    FileSystems.getDefault().supportedFileAttributeViews().contains("posix"),
                    "Skipped: no POSIX permissions here");
            Path file = written("keys.jwks", RING);
            KeySource source = KeySource.file(file);

            Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rw-r-----"));
            assertThat(logged(source)).isEmpty();
            Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rw-r--r--"));
            assertThat(logged(source)).contains("WARN", "key ring file " + file, "chmod 600 " + file);
            assertThat(logged(source)).isEmpty();
        }

        private String logged(KeySource source) throws IOException {
            PrintStream err = System.err;
            ByteArrayOutputStream log = new ByteArrayOutputStream();
            System.setErr(new PrintStream(log, true, StandardCharsets.UTF_8));
            try {
                assertThat(source.read()).isEqualTo(RING);
            } finally {
                System.setErr(err);
            }
            return log.toString(StandardCharsets.UTF_8);
        }

        private Path written(String name, String text) throws IOException {
            return Files.writeString(folder.resolve(name), text);
        }
    }

    @Nested
    class An_environment_variable {
        @Test
        void is_read_and_remembered() {
            KeySource source = new EnvironmentSource("SIGNET_KEYS", Map.of("SIGNET_KEYS", RING));

            assertThat(KeyRing.from(source).key("a")).isPresent();
            assertThat(KeyRing.from(source).source()).containsSame(source);
            assertThat(source).hasToString("environment variable SIGNET_KEYS");
        }

        @Test
        void that_is_not_set_is_named_with_the_command_that_sets_it() {
            assertThatIllegalArgumentException()
                    .isThrownBy(() -> KeyRing.environment("SIGNET_KEYS_THAT_NOBODY_SET"))
                    .withMessageContaining(
                            "The environment variable SIGNET_KEYS_THAT_NOBODY_SET cannot be read: it is not set")
                    .withMessageEndingWith("export SIGNET_KEYS_THAT_NOBODY_SET=\"$(" + COMMAND + ")\"");
        }

        @Test
        void is_set_by_the_command_of_the_message() throws Exception {
            assumeTrue(onPath("bash") && onPath("base64"), "Skipped: there is no bash or no base64");
            String text = run(NewRing.command(KeySource.environment("SIGNET_KEYS")) + "; printenv SIGNET_KEYS");

            assertThat(KeyRing.parse(text).keys()).hasSize(1);
        }

        @Test
        void has_a_name_and_is_not_the_ring() {
            assertThatIllegalArgumentException()
                    .isThrownBy(() -> KeyRing.environment(RING))
                    .satisfies(e -> Secrets.assertNoneIn(e, List.of(Jwks.k(1))));
        }
    }

    @Nested
    class A_source_of_the_application {
        @Test
        void may_be_a_lambda() {
            KeySource vault = () -> RING;

            assertThat(KeyRing.from(vault).key("a")).isPresent();
        }

        @Test
        void that_fails_is_the_cause() {
            IOException failure = new IOException("the vault is sealed");
            KeySource vault = () -> {
                throw failure;
            };

            assertThatIllegalArgumentException()
                    .isThrownBy(() -> KeyRing.from(vault))
                    .withMessageContaining("the vault is sealed")
                    .withCause(failure);
        }
    }

    private static String run(String command) throws IOException, InterruptedException {
        Process bash = new ProcessBuilder("bash", "-c", command)
                .redirectError(ProcessBuilder.Redirect.INHERIT)
                .start();
        String output = new String(bash.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        assertThat(bash.waitFor(20, TimeUnit.SECONDS)).isTrue();
        assertThat(bash.exitValue()).isZero();
        return output;
    }

    private static boolean onPath(String program) {
        return Stream.of(System.getenv().getOrDefault("PATH", "").split(":"))
                .anyMatch(folder -> Files.isExecutable(Path.of(folder, program)));
    }
}
