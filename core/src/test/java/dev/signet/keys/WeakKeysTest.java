package dev.signet.keys;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.signet.Keeps;
import dev.signet.Tries;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Base64;
import java.util.HashSet;
import java.util.HexFormat;
import java.util.List;
import java.util.Random;
import java.util.Set;
import java.util.function.Function;
import java.util.function.UnaryOperator;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

@Keeps("K1")
@Tries(54)
class WeakKeysTest {
    @ParameterizedTest
    @ValueSource(
            strings = {
                "correct horse battery staple !!!",
                "0123456789abcdef0123456789abcdef",
                "Grüße aus Köln",
                "secret\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0",
                "\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0changeit",
                "a passphrase from a file ......\n"
            })
    void text_is_refused(String passphrase) {
        byte[] bytes = Arrays.copyOf(passphrase.getBytes(StandardCharsets.UTF_8), 32);

        assertWeak(bytes, "passphrase");
    }

    @ParameterizedTest
    @MethodSource
    void patterns_are_refused(byte[] key) {
        assertWeak(key, "");
    }

    static Stream<byte[]> patterns_are_refused() {
        Stream<byte[]> repeated = IntStream.rangeClosed(1, 16).mapToObj(period -> {
            byte[] key = Jwks.bytes(period);
            for (int i = period; i < key.length; i++) {
                key[i] = key[i - period];
            }
            return key;
        });
        Stream<byte[]> steps = IntStream.of(0, 1, 2, 7, 255).mapToObj(step -> filled(200, step));
        return Stream.of(repeated, steps, Stream.of(filled(0, 0), filled(0, 1), filled(31, -1), filled(255, 0)))
                .flatMap(s -> s);
    }

    private static byte[] filled(int first, int step) {
        byte[] key = new byte[32];
        for (int i = 0; i < key.length; i++) {
            key[i] = (byte) (first + i * step);
        }
        return key;
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "hJtXIZ2uSN5kbQfbtTNWbpdmhkV8FJG-Onbc6mxCcYg",
                "AAPapAv4LbFbiVawEjagUBluYqN5rhna-8nuldDvOx8",
                "BNMfxVSd_P4LZJ36P6pqzmt81C1vawnbyLEA8I-cLM8"
            })
    void examples_of_specifications_are_refused(String k) {
        assertWeak(Base64.getUrlDecoder().decode(k), "published");
    }

    @Test
    void published_private_keys_are_refused() {
        String published = "{\"kty\":\"OKP\",\"crv\":\"Ed25519\",\"x\":\"11qYAYKxCrfVS_7TyWQHOg7hcvPapiMlrwIaaPcHURo\","
                + "\"d\":\"nWGxne_9WmC6hEr0kuwsxERJxWl7MmkZcDusAxyuf2A\"}";

        assertThatIllegalArgumentException()
                .isThrownBy(() -> KeyRing.parse(Jwks.set(published)))
                .withMessageContaining("published");
    }

    @Test
    void random_keys_are_taken() {
        Random random = new Random(20_261_122);
        byte[] key = new byte[32];
        for (int i = 0; i < 10_000; i++) {
            random.nextBytes(key);
            assertThatCode(() -> WeakKeys.refuse(key)).doesNotThrowAnyException();
        }
    }

    private static void assertWeak(byte[] key, String why) {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> KeyRing.parse(Jwks.set(Jwks.oct(Jwks.base64url(key)))))
                .withMessageContaining("key 1 of 1: it is")
                .withMessageContaining(why);
    }

    /** Runs where the public test vectors lie beside the project or in the folder that {@code signet.vectors} names. */
    @Nested
    class Public_vectors {
        private final Path folder = Path.of(System.getProperty("signet.vectors", "../../shared/vectors"));

        @Test
        void of_secrets_are_refused_in_every_spelling() throws IOException {
            List<String> lines = Files.readAllLines(existing("weak-secrets/jwt.secrets.list"));
            List<UnaryOperator<String>> spellings = List.of(
                    line -> line,
                    line -> Jwks.set(Jwks.oct(quoted(line))),
                    line -> Jwks.set(Jwks.oct(Jwks.base64url(line.getBytes(StandardCharsets.UTF_8)))),
                    line -> Jwks.set(Jwks.oct(Jwks.base64url(decoded(line, HexFormat.of()::parseHex)))),
                    line -> Jwks.set(Jwks.oct(Jwks.base64url(decoded(line, Base64.getDecoder()::decode)))),
                    line -> Jwks.set(Jwks.oct(Jwks.base64url(decoded(line, Base64.getUrlDecoder()::decode)))));
            List<String> accepted = new ArrayList<>();
            for (String line : lines) {
                for (UnaryOperator<String> spelling : spellings) {
                    if (opens(spelling.apply(line))) {
                        accepted.add(line);
                    }
                }
            }
            assertThat(lines).hasSize(5000);
            assertThat(accepted).isEmpty();
        }

        @Test
        void of_keys_are_refused() throws IOException {
            Set<String> keys = new HashSet<>();
            try (Stream<Path> files = Files.walk(existing("."))) {
                for (Path file :
                        files.filter(path -> path.toString().endsWith(".json")).toList()) {
                    Matcher key = Pattern.compile("\"(?:k|d|cek)\"\\s*:\\s*\"([A-Za-z0-9_-]{43})\"")
                            .matcher(Files.readString(file));
                    key.results().forEach(result -> keys.add(result.group(1)));
                }
            }
            assertThat(keys).hasSizeGreaterThan(15).noneMatch(key -> opens(Jwks.set(Jwks.oct(key))));
        }

        private Path existing(String path) {
            Path existing = folder.resolve(path);
            assumeTrue(Files.exists(existing), () -> "Skipped: there are no public test vectors at " + existing);
            return existing;
        }

        private boolean opens(String text) {
            try {
                KeyRing.parse(text);
                return true;
            } catch (IllegalArgumentException e) {
                return false;
            }
        }

        private String quoted(String line) {
            return line.replace("\\", "\\\\").replace("\"", "\\\"");
        }

        private byte[] decoded(String line, Function<String, byte[]> decoder) {
            try {
                return decoder.apply(line);
            } catch (IllegalArgumentException e) {
                return new byte[0];
            }
        }
    }
}
