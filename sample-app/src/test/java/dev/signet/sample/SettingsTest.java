package dev.signet.sample;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import dev.signet.Keeps;
import dev.signet.keys.KeyRing;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Map;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class SettingsTest {
    @TempDir
    private Path folder;

    @Test
    void have_defaults() {
        Settings settings = Settings.from(Map.of());

        assertThat(settings.port()).isEqualTo(7070);
        assertThat(settings.keys()).isEqualTo(Path.of("data", "keys.jwks"));
        assertThat(settings.revocations()).isEqualTo("jdbc:h2:file:./data/revocations");
    }

    @Test
    void are_taken_from_the_environment() {
        Settings settings = Settings.from(Map.of("PORT", "0", "SIGNET_KEYS", "k", "SIGNET_REVOCATIONS", "none"));

        assertThat(settings.port()).isZero();
        assertThat(settings.keys()).isEqualTo(Path.of("k"));
        assertThat(settings.revocations()).isEqualTo("none");
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "-1", "65536", "http", "99999999999"})
    void know_what_a_port_is(String value) {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> Settings.from(Map.of("PORT", value)))
                .withMessageContainingAll("PORT", "'" + value + "'");
    }

    @ParameterizedTest
    @ValueSource(strings = {"http://shop.example", "shop.example", "https://shop.example/", "https://", "", "null"})
    void know_what_an_address_behind_tls_is(String value) {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> Settings.from(Map.of("SIGNET_ORIGIN", value)))
                .withMessageContainingAll("SIGNET_ORIGIN", "'" + value + "'", "https");
        assertThat(Settings.from(Map.of("SIGNET_ORIGIN", "https://shop.example:8443"))
                        .origin())
                .contains("https://shop.example:8443");
        assertThat(Settings.from(Map.of()).origin()).isEmpty();
    }

    @Nested
    @Keeps("K2")
    class A_key_file {
        @Test
        void is_made_once_for_its_owner_only() throws IOException {
            Path file = folder.resolve("data/keys.jwks");

            KeyRing made = KeyFile.loadOrCreate(file);

            assertThat(KeyFile.loadOrCreate(file).exportSecretJwkSet()).isEqualTo(made.exportSecretJwkSet());
            assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(file)))
                    .isEqualTo("rw-------");
            assertThat(file.getParent()).isDirectoryContaining(file::equals).isDirectoryNotContaining("glob:**.new");
        }

        @Test
        void is_never_replaced() throws IOException {
            Path file = Files.writeString(folder.resolve("keys.jwks"), "{}");

            assertThatIllegalArgumentException()
                    .isThrownBy(() -> KeyFile.loadOrCreate(file))
                    .withMessageContaining("keys.jwks");
            assertThat(file).hasContent("{}");
        }
    }

    @Nested
    class A_start {
        @Test
        void with_a_setting_that_is_unknown_ends_at_once_with_one_clear_line() throws Exception {
            Process process = start(Map.of("SIGNET_REVOCATIONS", "disk"));

            assertThat(process.waitFor()).isEqualTo(2);
            assertThat(process.errorReader().lines())
                    .singleElement()
                    .asString()
                    .startsWith("SIGNET_REVOCATIONS is not known: use jdbc:h2:file:./data/revocations, ");
        }

        private Process start(Map<String, String> environment) throws IOException {
            ProcessBuilder builder = new ProcessBuilder(
                    Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                    "-cp",
                    System.getProperty("java.class.path"),
                    SampleApp.class.getName());
            builder.directory(folder.toFile()).environment().putAll(environment);
            return builder.start();
        }
    }

    @Test
    void metrics_are_shown_where_a_port_is_given() {
        assertThat(Settings.from(Map.of()).metricsPort()).isEmpty();
        assertThat(Settings.from(Map.of("METRICS_PORT", "9090")).metricsPort()).contains(9090);
        assertThatIllegalArgumentException()
                .isThrownBy(() -> Settings.from(Map.of("METRICS_PORT", "x")))
                .withMessageContaining("METRICS_PORT");
    }
}
