package dev.signet.token;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.nimbusds.jose.JWEHeader;
import com.nimbusds.jose.JWEObject;
import com.nimbusds.jose.JWSAlgorithm;
import com.nimbusds.jose.JWSHeader;
import com.nimbusds.jose.JWSObject;
import com.nimbusds.jose.Payload;
import com.nimbusds.jose.crypto.DirectDecrypter;
import com.nimbusds.jose.crypto.DirectEncrypter;
import com.nimbusds.jose.crypto.ECDSASigner;
import com.nimbusds.jose.crypto.ECDSAVerifier;
import com.nimbusds.jose.jwk.Curve;
import com.nimbusds.jose.util.Base64URL;
import dev.signet.Forge;
import dev.signet.Keeps;
import dev.signet.MovableClock;
import dev.signet.TestKeys;
import dev.signet.keys.Key;
import dev.signet.keys.KeyRing;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.Signature;
import java.security.interfaces.ECPublicKey;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Tokens are plain JOSE: nimbus opens what Signet seals, and Signet what nimbus seals, over random claims. */
@Keeps("K6")
class NimbusTest {
    private static final int ROUNDS = 500;
    private static final Instant NOW = MovableClock.NOON;
    private static final Forge FORGE = Forge.at(NOW);

    private static HeldKeys held(KeyRing ring) {
        return new HeldKeys(ring, new MovableClock(NOW));
    }

    private static KeyRing ringWith(String algorithm) {
        String pair = algorithm.equals("ES256") ? TestKeys.ecdsa("s1", 0) : TestKeys.eddsa("s1");
        return TestKeys.ring(TestKeys.secret("k1", 1), pair);
    }

    private static Tokens tokens(KeyRing ring, boolean signed) {
        return new Tokens(held(ring), "app", "session", signed);
    }

    private static JsonNode json(Payload payload) throws Exception {
        return Trees.JSON.readTree(payload.toBytes());
    }

    @Nested
    class Encrypted_tokens {
        private final Tokens tokens = tokens(TestKeys.ring(), false);

        private final List<Kind> kinds = List.of(
                new Kind("st1+jwt", "", tokens.tickets()),
                new Kind("sv1+jwt", "", tokens.visitors()),
                new Kind("ss1+jwt", "cart", tokens.slots("cart")),
                new Kind("ss1+jwt", "theme", tokens.slots("theme")));

        private record Kind(String typ, String slot, TokenCodec codec) {}

        @Test
        void of_every_kind_are_opened_by_nimbus() throws Exception {
            for (Kind kind : kinds) {
                DirectDecrypter decrypter = new DirectDecrypter(FORGE.key(kind.typ(), kind.slot()));
                Random random = new Random(1);
                for (int round = 0; round < ROUNDS; round++) {
                    JsonNode claims = Trees.random(random);
                    JWEObject token = JWEObject.parse(kind.codec().seal(Trees.writing(claims), NOW));
                    token.decrypt(decrypter);
                    assertThat(json(token.getPayload()))
                            .as("%s, seed 1, round %d", kind.typ(), round)
                            .isEqualTo(claims);
                    assertThat(token.getHeader().toJSONObject())
                            .isEqualTo(Map.of("alg", "dir", "enc", "A256GCM", "kid", "k1.20513", "typ", kind.typ()));
                }
            }
        }

        @Test
        void of_every_kind_may_be_sealed_by_nimbus() throws Exception {
            for (Kind kind : kinds) {
                DirectEncrypter encrypter = new DirectEncrypter(FORGE.key(kind.typ(), kind.slot()));
                JWEHeader header = JWEHeader.parse(Base64URL.encode(FORGE.header(kind.typ())));
                Random random = new Random(2);
                for (int round = 0; round < ROUNDS; round++) {
                    JsonNode claims = Trees.random(random);
                    JWEObject token = new JWEObject(header, new Payload(Trees.JSON.writeValueAsBytes(claims)));
                    token.encrypt(encrypter);
                    assertThat(kind.codec().open(token.serialize(), NOW, Trees::read))
                            .as("%s, seed 2, round %d", kind.typ(), round)
                            .isEqualTo(Opened.of(claims));
                }
            }
        }

        @Test
        void are_those_of_the_forge() {
            String token = FORGE.slot("cart", "{\"any\":1}");

            assertThat(tokens.slots("cart").open(token, NOW, Trees::read)).isEqualTo(Opened.of(Trees.ANY));
        }
    }

    @Nested
    class Signed_tokens {
        private static final String HEADER = "{\"alg\":\"%s\",\"kid\":\"s1\",\"typ\":\"sj1+jwt\"}";

        @ParameterizedTest
        @ValueSource(strings = {"ES256", "EdDSA"})
        void are_verified_by_nimbus(String algorithm) throws Exception {
            KeyRing ring = ringWith(algorithm);
            TokenCodec codec = Tokens.readable(held(ring));
            Random random = new Random(3);
            for (int round = 0; round < 100; round++) {
                JsonNode claims = Trees.random(random);
                JWSObject token = JWSObject.parse(codec.seal(Trees.writing(claims), NOW));
                assertThat(verifies(token, ring.keys().get(1)))
                        .as("seed 3, round %d", round)
                        .isTrue();
                assertThat(json(token.getPayload())).isEqualTo(claims);
                assertThat(token.getHeader().toJSONObject())
                        .isEqualTo(Map.of("alg", algorithm, "kid", "s1", "typ", "sj1+jwt"));
            }
        }

        @ParameterizedTest
        @ValueSource(strings = {"ES256", "EdDSA"})
        void may_be_composed_by_nimbus(String algorithm) throws Exception {
            KeyRing ring = ringWith(algorithm);
            TokenCodec codec = Tokens.readable(held(ring));
            JWSHeader header = JWSHeader.parse(Base64URL.encode(HEADER.formatted(algorithm)));
            Random random = new Random(4);
            for (int round = 0; round < 100; round++) {
                JsonNode claims = Trees.random(random);
                String token = composed(header, claims, ring.keys().get(1));
                assertThat(codec.open(token, NOW, Trees::read))
                        .as("seed 4, round %d", round)
                        .isEqualTo(Opened.of(claims));
            }
        }
    }

    @Nested
    class Nested_tokens {
        private static final String HEADER =
                "{\"alg\":\"%s\",\"kid\":\"s1\",\"typ\":\"ss1+jwt\",\"ctx\":\"app/session/cart\"}";

        @ParameterizedTest
        @ValueSource(strings = {"ES256", "EdDSA"})
        void are_opened_and_verified_by_nimbus(String algorithm) throws Exception {
            KeyRing ring = ringWith(algorithm);
            TokenCodec codec = tokens(ring, true).slots("cart");
            DirectDecrypter decrypter = new DirectDecrypter(FORGE.key("sn1+jwt", "cart"));
            Random random = new Random(5);
            for (int round = 0; round < 100; round++) {
                JsonNode claims = Trees.random(random);
                JWEObject outside = JWEObject.parse(codec.seal(Trees.writing(claims), NOW));
                outside.decrypt(decrypter);
                JWSObject inside = outside.getPayload().toJWSObject();
                assertThat(verifies(inside, ring.keys().get(1)))
                        .as("seed 5, round %d", round)
                        .isTrue();
                assertThat(json(inside.getPayload())).isEqualTo(claims);
                assertThat(outside.getHeader().toJSONObject())
                        .containsEntry("typ", "sn1+jwt")
                        .containsEntry("cty", "JWT");
            }
        }

        @ParameterizedTest
        @ValueSource(strings = {"ES256", "EdDSA"})
        void may_be_composed_by_nimbus(String algorithm) throws Exception {
            KeyRing ring = ringWith(algorithm);
            TokenCodec codec = tokens(ring, true).slots("cart");
            DirectEncrypter encrypter = new DirectEncrypter(FORGE.key("sn1+jwt", "cart"));
            JWEHeader outer = JWEHeader.parse(Base64URL.encode(FORGE.header("sn1+jwt")));
            JWSHeader inner = JWSHeader.parse(Base64URL.encode(HEADER.formatted(algorithm)));
            Random random = new Random(6);
            for (int round = 0; round < 100; round++) {
                JsonNode claims = Trees.random(random);
                JWEObject token = new JWEObject(
                        outer, new Payload(composed(inner, claims, ring.keys().get(1))));
                token.encrypt(encrypter);
                assertThat(codec.open(token.serialize(), NOW, Trees::read))
                        .as("seed 6, round %d", round)
                        .isEqualTo(Opened.of(claims));
            }
        }
    }

    private static boolean verifies(JWSObject token, Key key) throws Exception {
        if (key.algorithm().equals("ES256")) {
            return token.verify(new ECDSAVerifier((ECPublicKey) key.publicKey()));
        }
        assertThat(token.getHeader().getAlgorithm()).isEqualTo(JWSAlgorithm.EdDSA);
        Signature ed25519 = Signature.getInstance("Ed25519");
        ed25519.initVerify(key.publicKey());
        ed25519.update(token.getSigningInput());
        return ed25519.verify(token.getSignature().decode());
    }

    private static String composed(JWSHeader header, JsonNode claims, Key key) throws Exception {
        JWSObject token = new JWSObject(header, new Payload(Trees.JSON.writeValueAsBytes(claims)));
        if (key.algorithm().equals("ES256")) {
            token.sign(new ECDSASigner(key.exportPrivateKey(), Curve.P_256));
            return token.serialize();
        }
        String input = new String(token.getSigningInput(), StandardCharsets.US_ASCII);
        return input + "." + Forge.base64url(ed25519(key, input));
    }

    private static byte[] ed25519(Key key, String input) throws GeneralSecurityException {
        Signature signature = Signature.getInstance("Ed25519");
        signature.initSign(key.exportPrivateKey());
        signature.update(Forge.utf8(input));
        return signature.sign();
    }
}
