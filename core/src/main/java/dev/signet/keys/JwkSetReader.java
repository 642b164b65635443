package dev.signet.keys;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonLocation;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.StreamReadFeature;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;

/**
 * Reads a JWK Set (RFC 7517 §5) as the keys of a ring: one bad key refuses the whole set, unknown members are ignored (§4).
 * Every refusal is an {@link IllegalArgumentException} that names keys by their place in the set and quotes nothing of it.
 */
final class JwkSetReader {
    static final int LONGEST_TEXT = 1 << 20;
    static final String TOO_LONG = "it is longer than 1 MiB";

    private static final JsonMapper JSON = JsonMapper.builder(JsonFactory.builder()
                    .enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION)
                    .build())
            .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
            .build();

    private static final Pattern ID = Pattern.compile("[A-Za-z0-9_-]{1,12}");
    private static final Pattern FOREIGN_ID = Pattern.compile("[!-~&&[^\"\\\\]]{1,64}");

    private JwkSetReader() {}

    static List<Key> read(String text) {
        if (text.length() > LONGEST_TEXT) {
            throw refused(TOO_LONG);
        }
        JsonNode set = json(text).path("keys");
        if (!set.isArray()) {
            throw refused("it is not a JWK Set, which is a JSON object with a list named keys");
        }
        List<Key> keys = new ArrayList<>();
        for (JsonNode jwk : set) {
            try {
                keys.add(key(new Jwk(jwk)));
            } catch (IllegalArgumentException e) {
                throw refused("key " + (keys.size() + 1) + " of " + set.size() + ": " + e.getMessage());
            }
        }
        check(keys);
        return keys;
    }

    /** What the keys of one ring have to be to each other. */
    static void check(List<Key> keys) {
        if (keys.isEmpty()) {
            throw refused("it has no keys");
        }
        checkIds(keys);
        checkDistinct(keys);
    }

    /** The parser's own messages quote its input and go no further than here. */
    private static JsonNode json(String text) {
        try {
            return JSON.readTree(text);
        } catch (JsonProcessingException e) {
            JsonLocation at = e.getLocation();
            String place = at == null ? "" : ", at line " + at.getLineNr() + ", column " + at.getColumnNr();
            throw refused("it is not JSON, or names a member twice" + place);
        }
    }

    private static Key key(Jwk jwk) {
        Material material = material(jwk);
        checkRestrictions(jwk, material);
        String id = jwk.has("kid") ? jwk.text("kid") : defaultId(material);
        Instant sealsFrom = jwk.time("nbf").orElse(Instant.EPOCH);
        Optional<Instant> acceptedUntil = jwk.time("exp");
        if (acceptedUntil.filter(end -> !end.isAfter(sealsFrom)).isPresent()) {
            throw refused("exp must be later than nbf");
        }
        return new Key(id, material, jwk.time("iat").orElse(Instant.EPOCH), sealsFrom, acceptedUntil.orElse(null));
    }

    static String defaultId(Material material) {
        return material.fingerprint().substring(0, 6);
    }

    private static Material material(Jwk jwk) {
        String kty = jwk.text("kty");
        return switch (kty) {
            case "oct" -> new SecretMaterial(jwk.bytes("k"));
            case "EC", "OKP" -> {
                SigningCurve curve = SigningCurve.of(kty, jwk.text("crv"));
                List<byte[]> coordinates =
                        curve.coordinates().stream().map(jwk::bytes).toList();
                yield new PairMaterial(curve, coordinates, jwk.has("d") ? jwk.bytes("d") : null);
            }
            default -> throw refused("kty must be oct, EC or OKP");
        };
    }

    /** RFC 7517 §4.2–4.4: a key that says what it is for must not say anything else. */
    private static void checkRestrictions(Jwk jwk, Material material) {
        boolean secret = material.use() == Key.Use.ENCRYPTION;
        if (jwk.has("use") && !jwk.text("use").equals(secret ? "enc" : "sig")) {
            throw refused("use must be enc for oct and sig for EC and OKP, or absent");
        }
        Set<String> algorithms = secret ? Set.of(material.algorithm(), "dir") : Set.of(material.algorithm());
        if (jwk.has("alg") && !algorithms.contains(jwk.text("alg"))) {
            throw refused("alg must be A256GCM or dir for oct, ES256 for EC, EdDSA for OKP, or absent");
        }
        if (jwk.has("key_ops") && !operations(material.use()).contains(jwk.texts("key_ops"))) {
            throw refused(
                    "key_ops must be encrypt and decrypt for oct, sign (and verify) with a private part, verify without, or absent");
        }
    }

    private static Set<Set<String>> operations(Key.Use use) {
        return switch (use) {
            case ENCRYPTION -> Set.of(Set.of("encrypt", "decrypt"));
            case SIGNING -> Set.of(Set.of("sign"), Set.of("sign", "verify"));
            case VERIFYING -> Set.of(Set.of("verify"));
        };
    }

    /** A ring that only verifies knows keys of others, who name them as they like. */
    private static void checkIds(List<Key> keys) {
        boolean foreign = keys.stream().allMatch(key -> key.use() == Key.Use.VERIFYING);
        Pattern pattern = foreign ? FOREIGN_ID : ID;
        String rule = foreign
                ? "1 to 64 visible ASCII characters, but no \" or \\"
                : "1 to 12 of the characters A-Z a-z 0-9 - _";
        for (int i = 0; i < keys.size(); i++) {
            if (!pattern.matcher(keys.get(i).id()).matches()) {
                throw refused("key " + (i + 1) + " of " + keys.size() + ": kid must have " + rule);
            }
        }
    }

    private static void checkDistinct(List<Key> keys) {
        Map<String, Integer> ids = new HashMap<>();
        Map<String, Integer> fingerprints = new HashMap<>();
        for (int i = 0; i < keys.size(); i++) {
            Integer sameKey = fingerprints.putIfAbsent(keys.get(i).material().fingerprint(), i);
            Integer sameId = ids.putIfAbsent(keys.get(i).id(), i);
            if (sameKey != null) {
                throw refused("keys " + (sameKey + 1) + " and " + (i + 1) + " are the same key");
            }
            if (sameId != null) {
                throw refused("keys " + (sameId + 1) + " and " + (i + 1) + " have the same id");
            }
        }
    }

    private static IllegalArgumentException refused(String why) {
        return new IllegalArgumentException(why);
    }
}
