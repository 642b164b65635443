package dev.signet.keys;

import com.fasterxml.jackson.databind.JsonNode;
import java.time.Instant;
import java.util.Base64;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.StreamSupport;
import org.jspecify.annotations.Nullable;

/** The members of one JSON Web Key (RFC 7517 §4), each read by the strict rules of its type. */
record Jwk(JsonNode json) {
    private static final long LAST_SECOND =
            Instant.parse("9999-12-31T23:59:59Z").getEpochSecond();

    boolean has(String member) {
        return json.has(member);
    }

    String text(String member) {
        JsonNode value = json.path(member);
        if (!value.isTextual()) {
            throw new IllegalArgumentException(member + " must be there, as a string");
        }
        return value.textValue();
    }

    /** 32 bytes in the only base64url text they have (RFC 7515 §2). */
    byte[] bytes(String member) {
        String text = text(member);
        byte[] bytes = decoded(text);
        if (bytes == null || !Digests.base64url(bytes).equals(text)) {
            throw new IllegalArgumentException(member + " is not canonical base64url without padding");
        }
        if (bytes.length != 32) {
            throw new IllegalArgumentException(member + " has " + bytes.length + " bytes and must have 32");
        }
        return bytes;
    }

    private static byte @Nullable [] decoded(String base64url) {
        if (base64url.contains("=")) {
            // Some decoders write past their array for padding (JDK-8392044).
            return null;
        }
        try {
            return Base64.getUrlDecoder().decode(base64url);
        } catch (IllegalArgumentException e) {
            return null;
        }
    }

    Optional<Instant> time(String member) {
        if (!has(member)) {
            return Optional.empty();
        }
        JsonNode value = json.get(member);
        if (!value.isIntegralNumber()
                || !value.canConvertToLong()
                || value.longValue() < 0
                || value.longValue() > LAST_SECOND) {
            throw new IllegalArgumentException(
                    member + " must be a whole number of seconds since 1970, before the year 10000");
        }
        return Optional.of(Instant.ofEpochSecond(value.longValue()));
    }

    Set<String> texts(String member) {
        JsonNode value = json.path(member);
        if (!value.isArray()
                || !StreamSupport.stream(value.spliterator(), false).allMatch(JsonNode::isTextual)) {
            throw new IllegalArgumentException(member + " must be a list of strings");
        }
        return StreamSupport.stream(value.spliterator(), false)
                .map(JsonNode::textValue)
                .collect(Collectors.toSet());
    }

    /** Keeps the members, and so the key, out of messages. */
    @Override
    public String toString() {
        return "Jwk";
    }
}
