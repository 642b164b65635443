package dev.signet.token;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.signet.MovableClock;
import dev.signet.TestKeys;
import dev.signet.keys.Key;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.security.NoSuchAlgorithmException;
import java.security.Provider;
import java.security.Security;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import javax.crypto.Cipher;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What the codecs work with, how long their tokens are, and what is left when one was opened. */
class OpeningTest {
    private static final Instant NOW = MovableClock.NOON;

    private static Tokens tokens(boolean signed, String... keys) {
        return new Tokens(new HeldKeys(TestKeys.ring(keys), MovableClock.atNoon()), "app", "session", signed);
    }

    private static Tokens tokens(boolean signed) {
        return tokens(signed, TestKeys.secret("k1", 1), TestKeys.ecdsa("s1", 0));
    }

    private static TokenCodec readable(String... keys) {
        return Tokens.readable(new HeldKeys(TestKeys.ring(keys), MovableClock.atNoon()));
    }

    private static List<TokenCodec> codecs() {
        return List.of(tokens(false).tickets(), tokens(true).tickets(), readable(TestKeys.ecdsa("s1", 0)));
    }

    @Test
    void wipes_the_claims_when_they_were_read() {
        for (TokenCodec codec : codecs()) {
            byte[] claims = source(codec, codec.seal(Trees.writing(Trees.ANY), NOW));

            assertThat(claims).startsWith(new byte[Trees.ANY.toString().length()]);
        }
    }

    @Test
    void wipes_the_claims_that_were_refused() {
        for (TokenCodec codec : codecs()) {
            List<byte[]> sources = new ArrayList<>();
            Opened<String> opened = codec.open(codec.seal(Trees.writing(Trees.ANY), NOW), NOW, (claims, source) -> {
                sources.add(source);
                throw new InvalidClaims("none are good enough");
            });

            assertThat(opened.refusal()).isEqualTo(Refusal.CLAIMS);
            assertThat(sources.get(0)).startsWith(new byte[Trees.ANY.toString().length()]);
        }
    }

    @Test
    void goes_on_after_claims_that_could_not_be_sealed() {
        for (TokenCodec codec : codecs()) {
            for (int i = 0; i < 3; i++) {
                String token = codec.seal(out -> write(out, "a", "b"), NOW);
                assertThat(codec.open(token, NOW, Trees::read).value()).hasToString("{\"a\":null,\"b\":null}");
                for (String[] names : new String[][] {{"a", "a"}, {"a", "b", "a"}, {"b", "b"}}) {
                    assertThatThrownBy(() -> codec.seal(out -> write(out, names), NOW))
                            .isInstanceOf(UncheckedIOException.class);
                }
                assertThatThrownBy(() -> codec.seal(JsonGenerator::writeStartObject, NOW))
                        .isInstanceOf(UncheckedIOException.class);
            }
        }
    }

    private static void write(JsonGenerator out, String... names) throws IOException {
        out.writeStartObject();
        for (String name : names) {
            out.writeNullField(name);
        }
        out.writeEndObject();
    }

    @Test
    void happens_in_the_same_place_each_time() {
        TokenCodec codec = tokens(false).tickets();
        String token = codec.seal(Trees.writing(Trees.ANY), NOW);
        byte[] place = source(codec, token);

        assertThat(source(codec, token)).isSameAs(place);
        String another = codec.seal(Trees.writing(Trees.ANY), NOW);
        assertThat(source(codec, another)).isSameAs(place);
    }

    /** The array that the claims were read from. */
    private static byte[] source(TokenCodec codec, String token) {
        List<byte[]> sources = new ArrayList<>();
        Opened<?> opened = codec.open(token, NOW, (claims, source) -> {
            sources.add(source);
            assertThat(new String(source, StandardCharsets.UTF_8)).startsWith(Trees.ANY.toString());
            return Trees.read(claims, source);
        });
        assertThat(opened.value()).isEqualTo(Trees.ANY);
        return sources.get(0);
    }

    @Test
    void is_left_to_the_ciphers_of_the_jdk() throws Exception {
        Stranger stranger = new Stranger();
        Security.insertProviderAt(stranger, 1);
        try {
            TokenCodec codec = tokens(false).tickets();
            codec.open(codec.seal(Trees.writing(Trees.ANY), NOW), NOW, Trees::read);
            assertThat(stranger.asked).isFalse();

            Cipher.getInstance("AES/GCM/NoPadding").getBlockSize();
            assertThat(stranger.asked).isTrue();
        } finally {
            Security.removeProvider(stranger.getName());
        }
    }

    /** A provider that was installed before those of the JDK, and has nothing. */
    private static final class Stranger extends Provider {
        private static final long serialVersionUID = 1;
        private transient boolean asked;

        Stranger() {
            super("Stranger", "1", "of this test");
            putService(new Service(this, "Cipher", "AES/GCM/NoPadding", "none", null, null) {
                @Override
                public Object newInstance(Object parameter) throws NoSuchAlgorithmException {
                    asked = true;
                    throw new NoSuchAlgorithmException("nothing here");
                }
            });
        }
    }

    @Nested
    class The_length_of_a_token {
        private final ObjectNode claims =
                Trees.JSON.createObjectNode().put("text", "x".repeat(100)).put("n", 1);
        private final int length = claims.toString().length();

        @ParameterizedTest
        @ValueSource(booleans = {false, true})
        void is_known_before_where_key_ids_are_as_long_as_they_may_be(boolean signed) {
            Tokens tokens = tokens(signed, TestKeys.secret("abcdefghijkl", 1), TestKeys.ecdsa("mnopqrstuvwx", 0));

            for (TokenCodec codec : List.of(tokens.tickets(), tokens.visitors(), tokens.slots("cart"))) {
                assertThat(codec.seal(Trees.writing(claims), NOW)).hasSize(codec.sealedLength(length));
            }
        }

        @ParameterizedTest
        @ValueSource(booleans = {false, true})
        void is_at_most_what_was_said_before_where_they_are_shorter(boolean signed) {
            TokenCodec codec = tokens(signed).slots("cart");

            assertThat(codec.seal(Trees.writing(claims), NOW)).hasSizeLessThan(codec.sealedLength(length));
        }

        @Test
        void is_known_before_where_every_holder_can_read_it() {
            for (String key : List.of(TestKeys.ecdsa("mnopqrstuvwx", 0), TestKeys.eddsa("mnopqrstuvwx"))) {
                TokenCodec codec = readable(key);

                assertThat(codec.seal(Trees.writing(claims), NOW)).hasSize(codec.sealedLength(length));
            }
        }
    }

    @Nested
    class A_token {
        private final Key signer = TestKeys.ring(TestKeys.ecdsa("s1", 0)).keys().get(0);
        private final TokenCodec readable = readable(TestKeys.ecdsa("s1", 0));

        private Refusal refusal(TokenCodec codec, String token) {
            return codec.open(token, NOW, Trees::read).refusal();
        }

        @Test
        void that_is_signed_may_have_4096_characters() {
            int spaces = 2800;
            String token;
            do {
                token = readable.seal(
                        Trees.writing(Trees.JSON.createObjectNode().put("x", " ".repeat(spaces++))), NOW);
            } while (token.length() < 4096);

            assertThat(token).hasSize(4096);
            assertThat(refusal(readable, token)).isNull();
            assertThat(refusal(readable, token + "A")).isEqualTo(Refusal.TOO_LONG);
        }

        @Test
        void that_signs_nothing_is_malformed() {
            String header = readable.seal(Trees.writing(Trees.ANY), NOW).split("\\.", -1)[0];
            byte[] signature = Signatures.sign(signer, (header + ".").getBytes(StandardCharsets.US_ASCII));

            assertThat(refusal(readable, header + ".." + Base64Url.encode(signature)))
                    .isEqualTo(Refusal.MALFORMED);
        }

        @Test
        void without_ciphertext_is_malformed() {
            TokenCodec codec = tokens(false).tickets();
            String[] parts = codec.seal(Trees.writing(Trees.ANY), NOW).split("\\.", -1);
            parts[4] = "A".repeat(22);
            String four = String.join(".", Arrays.asList(parts[0], parts[1], parts[2], parts[4]));

            assertThat(refusal(codec, String.join(".", parts))).isEqualTo(Refusal.FORGED);
            assertThat(refusal(codec, four)).isEqualTo(Refusal.MALFORMED);
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"k", "abcdefghijkl"})
    void of_a_page_fits_whatever_the_length_of_its_keys_id(String keyId) {
        Tokens tokens = tokens(false, TestKeys.secret(keyId, 1));
        String token = tokens.csrfToken("sid", NOW);

        assertThat(tokens.csrfTokenFits(token, "sid", NOW)).isTrue();
        assertThat(tokens.csrfTokenFits(token, "other", NOW)).isFalse();
    }

    @Test
    void that_fails_takes_no_stack() {
        InvalidClaims refused = new InvalidClaims("a rule");

        assertThat(refused.fillInStackTrace()).isSameAs(refused);
        assertThat(refused.getStackTrace()).isEmpty();
    }
}
