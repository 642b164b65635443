package dev.signet.token;

import com.fasterxml.jackson.core.StreamReadFeature;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;

/**
 * A test vector that others published.
 *
 * @param id how its corpus calls it
 * @param token compact, or in JSON
 * @param key the JWK that is good for it, the public half where there are halves; missing where there is none
 * @param valid what its corpus says of it
 * @param plaintext what is inside, in hex, of encrypted ones
 */
record Vector(String id, String token, JsonNode key, boolean valid, String plaintext) {
    static final Path FOLDER = Path.of(System.getProperty("signet.vectors", "../../shared/vectors"));
    static final JsonMapper JSON = JsonMapper.builder()
            .enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION)
            .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
            .build();

    /** Of those that are numbered. */
    int number() {
        return Integer.parseInt(id.substring(id.lastIndexOf(' ') + 1));
    }

    static JsonNode json(Path file) {
        try {
            return JSON.readTree(file.toFile());
        } catch (IOException unreadable) {
            throw new UncheckedIOException(unreadable);
        }
    }

    static Stream<JsonNode> each(JsonNode array) {
        return StreamSupport.stream(array.spliterator(), false);
    }

    static List<Vector> wycheproof(String file, String member) {
        List<Vector> vectors = new ArrayList<>();
        for (JsonNode group : json(FOLDER.resolve("wycheproof/" + file)).get("testGroups")) {
            JsonNode keys = group.has("public") ? group.get("public") : group.get("private");
            for (JsonNode test : group.get("tests")) {
                vectors.add(new Vector(
                        "tc " + test.get("tcId").asInt(),
                        test.get(member).isTextual()
                                ? test.get(member).asText()
                                : test.get(member).toString(),
                        keys.has("keys") ? keys.get("keys").get(0) : keys,
                        test.get("result").asText().equals("valid"),
                        test.path("pt").asText()));
            }
        }
        return vectors;
    }

    static List<Vector> encrypted() {
        return wycheproof("json_web_encryption_test.json", "jwe");
    }

    static List<Vector> signed() {
        return wycheproof("json_web_signature_test.json", "jws");
    }

    /** Each serialization that an example of the cookbook has. */
    static List<Vector> cookbook() throws IOException {
        List<Vector> vectors = new ArrayList<>();
        try (Stream<Path> files = Files.walk(FOLDER.resolve("ietf-jose-cookbook"))) {
            for (Path file : files.filter(path -> path.toString().endsWith(".json"))
                    .sorted()
                    .toList()) {
                JsonNode example = json(file);
                String text = example.path("input").path("plaintext").asText();
                String plaintext = HexFormat.of().formatHex(text.getBytes(StandardCharsets.UTF_8));
                for (String form : List.of("compact", "json", "json_flat")) {
                    JsonNode output = example.path("output").path(form);
                    if (!output.isMissingNode()) {
                        String token = output.isTextual() ? output.asText() : output.toString();
                        String name = file.getFileName() + " " + form;
                        vectors.add(
                                new Vector(name, token, example.path("input").path("key"), true, plaintext));
                    }
                }
            }
        }
        return vectors;
    }

    static List<Vector> rfcs() {
        return each(json(FOLDER.resolve("rfc/rfc7515_7516_symmetric.json")).get("tests"))
                .map(test ->
                        new Vector(test.get("id").asText(), test.get("compact").asText(), test.get("key"), true, ""))
                .toList();
    }

    static Map<String, List<Vector>> corpora() throws IOException {
        Map<String, List<Vector>> all = new LinkedHashMap<>();
        all.put("Wycheproof JWE", encrypted());
        all.put("Wycheproof JWS", signed());
        all.put("RFC 7520, RFC 7797 and RFC 8037 examples, compact and in JSON", cookbook());
        all.put("RFC 7515 A.1, A.3 and RFC 7516 A.3", rfcs());
        return all;
    }

    static Map<String, JsonNode> secretKeys() throws IOException {
        Map<String, JsonNode> keys = new TreeMap<>();
        for (String file : List.of("json_web_encryption_test.json", "json_web_signature_test.json")) {
            for (JsonNode group : json(FOLDER.resolve("wycheproof/" + file)).get("testGroups")) {
                JsonNode secret = group.get("private");
                keys.put(secret.toString(), secret);
            }
        }
        for (Vector vector : cookbook()) {
            if (vector.key().has("k") || vector.key().has("d")) {
                keys.put(vector.key().toString(), vector.key());
            }
        }
        rfcs().forEach(vector -> keys.put(vector.key().toString(), vector.key()));
        keys.values().removeIf(key -> !key.has("k") && !key.has("d"));
        return keys;
    }
}
