package dev.signet.token;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.signet.Keeps;
import dev.signet.Session;
import dev.signet.Sessions;
import dev.signet.TestKeys;
import dev.signet.Tries;
import dev.signet.Verification.Outcome;
import dev.signet.Verifier;
import dev.signet.keys.Key;
import dev.signet.keys.KeyRing;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.function.Predicate;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import javax.crypto.Cipher;
import javax.crypto.SecretKey;
import javax.crypto.spec.SecretKeySpec;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/**
 * Test vectors that others published. Our profile is so narrow that none of their tokens is inside of it: as a whole, all are refused. Of what a verifier is
 * made of, some are inside, and there we agree. Runs where the vectors lie beside the project or in the folder that {@code signet.vectors} names.
 */
class VectorsTest {
    private static final Path PAGE = Path.of("../docs/test-vectors.md");

    private static final String PAGE_HEAD = """
            # Test vectors of others

            Signet's tokens have one algorithm pair, one header and claims of their own, so every token of a published corpus has to be refused as a whole. The parts
            that a verifier is made of have to give the published answer. Made by `mvn -q -pl core test -Dtest=VectorsTest -Dsignet.pages=write`, where the vectors
            lie in `../shared/vectors` or in the folder that `-Dsignet.vectors` names; without them the test is skipped.

            ## Whole tokens

            Each is presented as a ticket, a visitor's ticket, a slot, and a signed ticket under its own key where that can be loaded.

            | corpus | tokens | refused |
            |---|---|---|
            """;
    private static final String PAGE_PARTS = """

            ## Parts

            Signatures: those of Wycheproof and of RFC 7515 and RFC 8037 for such keys. Spelling: the part of Wycheproof about it, whose keys are symmetric. Contents:
            those of Wycheproof and RFC 7520 whose key is given or wrapped with AES, which is undone without our code.

            | part | vectors | agree | differ |
            |---|---|---|---|
            """;
    private static final String PAGE_KEYS = """

            ## Keys

            The 5,000 best known secrets are tried by `WeakKeysTest`, in six spellings each.

            | keys | number | refused |
            |---|---|---|
            """;
    private static final Map<Integer, String> REASONS = Map.of(
            367, "labelled invalid, but the same text as 357, which is valid; read",
            370, "labelled invalid, but the same text as 357, which is valid; read",
            372, "labelled valid with a question mark in a part; refused",
            373, "labelled valid with a question mark in a part; refused");

    @BeforeEach
    void needsTheVectors() {
        assumeTrue(
                Files.isDirectory(Vector.FOLDER),
                () -> "Skipped: there are no public test vectors at " + Vector.FOLDER);
    }

    /** Whether any door of ours lets this in. */
    private static boolean entersAnywhere(Sessions sessions, Session ada, Vector vector) {
        boolean session = sessions.verify(vector.token()).active().isPresent()
                || sessions.verifyVisitor(vector.token()).active().isPresent()
                || sessions.open("theme", vector.token(), ada).isPresent();
        return session || asSigned(vector);
    }

    private static boolean asSigned(Vector vector) {
        KeyRing ring = ring(vector.key());
        if (ring == null || ring.keys().get(0).use() == Key.Use.ENCRYPTION) {
            return false;
        }
        try (Verifier verifier = Verifier.of(ring, "joe", "joe")) {
            Outcome outcome = verifier.verify(vector.token()).outcome();
            return outcome != Outcome.INVALID && outcome != Outcome.ABSENT;
        }
    }

    /** A ring of this key, without the members that only a holder of the private half has; null if it is refused. */
    private static KeyRing ring(JsonNode key) {
        JsonNode half = key.deepCopy();
        if (half.has("x") && half instanceof ObjectNode object) {
            object.remove("d");
        }
        try {
            return KeyRing.parse("{\"keys\":[" + half + "]}");
        } catch (IllegalArgumentException refused) {
            return null;
        }
    }

    @Test
    @Keeps({"T2", "T8", "K6"})
    @Tries({1, 2, 3, 5, 6, 11, 12, 17, 37})
    void whole_tokens_are_all_refused() throws IOException {
        try (Sessions sessions = Sessions.with(TestKeys.ring(TestKeys.secret("k1", 1), TestKeys.ecdsa("s1", 0)))
                .build()) {
            Session ada = sessions.start("ada");
            Vector.corpora()
                    .forEach((name, vectors) -> assertThat(vectors)
                            .as(name)
                            .isNotEmpty()
                            .noneMatch(vector -> entersAnywhere(sessions, ada, vector)));
        }
    }

    /** Which of them are about a signature that we know, for a key that is not for something else. */
    private static List<Vector> knownSignatures() throws IOException {
        Predicate<Vector> known = vector -> vector.key().path("crv").asText().matches("P-256|Ed25519")
                && !vector.token().startsWith("{");
        return Stream.of(Vector.signed(), Vector.cookbook(), Vector.rfcs())
                .flatMap(List::stream)
                .filter(known)
                .filter(vector -> vector.token().chars().filter(c -> c == '.').count() <= 2)
                .toList();
    }

    /** RFC 7515 §5.2, as strict as our own tokens are read, but for their header. */
    private static boolean verifies(Vector vector) {
        KeyRing ring = ring(vector.key());
        String[] parts = vector.token().split("\\.", -1);
        if (ring == null || parts.length != 3) {
            return false;
        }
        byte[] header = Base64Url.decode(parts[0]);
        byte[] payload = Base64Url.decode(parts[1]);
        byte[] signature = Base64Url.decode(parts[2]);
        if (header == null || payload == null || signature == null || signature.length != Signatures.BYTES) {
            return false;
        }
        Key key = ring.keys().get(0);
        return names(header, key.algorithm())
                && Signatures.verify(key, (parts[0] + "." + parts[1]).getBytes(StandardCharsets.US_ASCII), signature);
    }

    private static boolean names(byte[] header, String algorithm) {
        try {
            JsonNode json = Vector.JSON.readTree(header);
            return json.path("alg").asText().equals(algorithm) && !json.has("jwk") && !json.has("crit");
        } catch (IOException notJson) {
            return false;
        }
    }

    @Test
    @Keeps({"T2", "K6"})
    @Tries({5, 6})
    void signatures_that_we_know_agree() throws IOException {
        assertThat(knownSignatures())
                .hasSizeGreaterThan(40)
                .allSatisfy(
                        vector -> assertThat(verifies(vector)).as(vector.id()).isEqualTo(vector.valid()));
    }

    private static List<Vector> spelled() {
        return Vector.signed().stream()
                .filter(vector -> vector.number() >= 357 && vector.number() <= 377)
                .toList();
    }

    private static boolean spellsWell(Vector vector) {
        String[] parts = vector.token().split("\\.", -1);
        return parts.length == 3 && Arrays.stream(parts).allMatch(part -> Base64Url.decode(part) != null);
    }

    @Test
    @Keeps("T8")
    @Tries(21)
    void the_spelling_of_parts_agrees_but_for_labels_that_are_known_to_be_wrong() {
        JsonNode expected = Vector.json(Vector.FOLDER.resolve("wycheproof/EXPECTED_DIFFERENCES.json"))
                .get("json_web_signature_test");

        assertThat(spelled()).hasSize(21);
        assertThat(spelled().stream().filter(vector -> spellsWell(vector) != vector.valid()))
                .isNotEmpty()
                .allMatch(vector -> expected.has(Integer.toString(vector.number())));
    }

    /** Encrypted with AES-GCM under a key that can be had without a code of ours: given, or wrapped with AES (RFC 3394). */
    private static List<Vector> contents() throws IOException {
        return Stream.of(Vector.encrypted(), Vector.cookbook())
                .flatMap(List::stream)
                .filter(vector -> vector.key().path("kty").asText().equals("oct"))
                .filter(vector -> vector.token().split("\\.", -1).length == 5)
                .filter(vector -> {
                    JsonNode header = header(vector);
                    return header.path("enc").asText().endsWith("GCM")
                            && header.path("alg").asText().matches("dir|A(128|192|256)KW")
                            && !header.has("zip")
                            && fits(vector.key().path("alg").asText(), header);
                })
                .toList();
    }

    private static boolean fits(String algorithmOfKey, JsonNode header) {
        return algorithmOfKey.equals(header.path("alg").asText())
                || algorithmOfKey.equals(header.path("enc").asText());
    }

    private static JsonNode header(Vector vector) {
        byte[] header = Base64Url.decode(vector.token().split("\\.", -1)[0]);
        try {
            return header == null ? Vector.JSON.missingNode() : Vector.JSON.readTree(header);
        } catch (IOException notJson) {
            return Vector.JSON.missingNode();
        }
    }

    /** Decrypts as our codec does, with its lengths. */
    private static boolean decrypts(Vector vector) {
        String[] parts = vector.token().split("\\.", -1);
        byte[] wrapped = Base64Url.decode(parts[1]);
        int ivAt = parts[0].length() + 1 + parts[1].length() + 1;
        ByteBuffer sealed = SealedParts.decode(vector.token().getBytes(StandardCharsets.ISO_8859_1), ivAt);
        if (Base64Url.decode(parts[0]) == null || wrapped == null || sealed == null) {
            return false;
        }
        AesGcm cipher = new AesGcm();
        int plain = cipher.decrypt(contentKey(vector, wrapped), parts[0].getBytes(StandardCharsets.US_ASCII), sealed);
        return plain >= 0 && HexFormat.of().formatHex(cipher.output(), 0, plain).equals(vector.plaintext());
    }

    private static SecretKey contentKey(Vector vector, byte[] wrapped) {
        byte[] given = Base64Url.decode(vector.key().get("k").asText());
        SecretKey key = new SecretKeySpec(given, "AES");
        if (wrapped.length == 0) {
            return key;
        }
        try {
            Cipher wrap = Cipher.getInstance("AESWrap");
            wrap.init(Cipher.UNWRAP_MODE, key);
            return (SecretKey) wrap.unwrap(wrapped, "AES", Cipher.SECRET_KEY);
        } catch (GeneralSecurityException broken) {
            throw new IllegalStateException(vector.id(), broken);
        }
    }

    @Test
    @Keeps({"T1", "K6"})
    @Tries(18)
    void contents_under_aes_gcm_agree() throws IOException {
        assertThat(contents())
                .hasSizeGreaterThan(10)
                .allSatisfy(
                        vector -> assertThat(decrypts(vector)).as(vector.id()).isEqualTo(vector.valid()));
    }

    private static boolean opens(JsonNode key) {
        try {
            KeyRing.parse("{\"keys\":[" + key + "]}");
            return true;
        } catch (IllegalArgumentException refused) {
            return false;
        }
    }

    @Test
    @Keeps("K1")
    @Tries(54)
    void keys_that_everybody_knows_are_refused() throws IOException {
        assertThat(Vector.secretKeys()).hasSizeGreaterThan(50);
        assertThat(Vector.secretKeys().values().stream()
                        .filter(VectorsTest::opens)
                        .map(key -> key.path("kid")))
                .isEmpty();
    }

    private static String row(Object... cells) {
        return "| " + Arrays.stream(cells).map(Object::toString).collect(Collectors.joining(" | ")) + " |\n";
    }

    private static String page() throws IOException {
        StringBuilder page = new StringBuilder(PAGE_HEAD);
        try (Sessions sessions = Sessions.with(TestKeys.ring(TestKeys.secret("k1", 1), TestKeys.ecdsa("s1", 0)))
                .build()) {
            Session ada = sessions.start("ada");
            Vector.corpora()
                    .forEach((name, vectors) -> page.append(row(
                            name,
                            vectors.size(),
                            vectors.stream()
                                    .filter(vector -> !entersAnywhere(sessions, ada, vector))
                                    .count())));
        }
        page.append(PAGE_PARTS);
        page.append(agreement("ES256 and Ed25519 signatures", knownSignatures(), VectorsTest::verifies));
        page.append(agreement("the spelling of parts in base64url", spelled(), VectorsTest::spellsWell));
        page.append(agreement("contents under AES-GCM", contents(), VectorsTest::decrypts));
        page.append(PAGE_KEYS);
        page.append(row(
                "secret and private keys of these vectors",
                Vector.secretKeys().size(),
                Vector.secretKeys().values().stream().filter(key -> !opens(key)).count()));
        return page.toString();
    }

    private static String agreement(String what, List<Vector> vectors, Predicate<Vector> ours) {
        List<Vector> differing = vectors.stream()
                .filter(vector -> ours.test(vector) != vector.valid())
                .toList();
        String reasons = differing.stream()
                .map(vector -> vector.id() + ": " + REASONS.getOrDefault(vector.number(), "unexplained"))
                .collect(Collectors.joining("<br>"));
        return row(what, vectors.size(), vectors.size() - differing.size(), reasons);
    }

    @Test
    void the_page_with_the_results_is_up_to_date() throws IOException {
        String page = page();
        if ("write".equals(System.getProperty("signet.pages"))) {
            Files.writeString(PAGE, page);
        }

        assertThat(Files.exists(PAGE) && Files.readString(PAGE).equals(page))
                .as("docs/test-vectors.md is up to date; -Dsignet.pages=write makes it anew")
                .isTrue();
    }
}
