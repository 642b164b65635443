package dev.signet.keys;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.time.Instant;
import java.util.List;
import java.util.SortedMap;
import java.util.function.Function;

/** Writes keys as a JWK Set (RFC 7517 §5) that reads as the same ring. */
final class JwkSetWriter {
    private JwkSetWriter() {}

    /** The set of the given members of each key; a key without any is left out. */
    static String write(List<Key> keys, Function<Material, SortedMap<String, String>> members) {
        ObjectNode set = JsonNodeFactory.instance.objectNode();
        ArrayNode list = set.putArray("keys");
        for (Key key : keys) {
            SortedMap<String, String> material = members.apply(key.material());
            if (!material.isEmpty()) {
                write(key, material, list.addObject());
            }
        }
        return set.toString();
    }

    private static void write(Key key, SortedMap<String, String> material, ObjectNode jwk) {
        jwk.put("kid", key.id());
        jwk.put("use", key.use() == Key.Use.ENCRYPTION ? "enc" : "sig");
        jwk.put("alg", key.algorithm());
        material.forEach(jwk::put);
        time(jwk, "iat", key.madeAt());
        time(jwk, "nbf", key.sealsFrom());
        key.acceptedUntil().ifPresent(end -> time(jwk, "exp", end));
    }

    private static void time(ObjectNode jwk, String member, Instant time) {
        if (!time.equals(Instant.EPOCH)) {
            jwk.put(member, time.getEpochSecond());
        }
    }
}
