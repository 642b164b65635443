package dev.signet.token;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.StreamReadConstraints;
import com.fasterxml.jackson.core.StreamReadFeature;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;

/** JSON as tokens carry it: one compact object in strict UTF-8 (RFC 8725 §3.7), bounded, without duplicate names. */
public final class StrictJson {
    static final JsonFactory FACTORY = JsonFactory.builder()
            .streamReadConstraints(StreamReadConstraints.builder()
                    .maxNestingDepth(64)
                    .maxNumberLength(64)
                    .maxStringLength(TokenCodec.LONGEST_TOKEN)
                    .maxNameLength(1024)
                    .build())
            .enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION)
            .disable(JsonFactory.Feature.CHARSET_DETECTION)
            .disable(JsonFactory.Feature.INTERN_FIELD_NAMES)
            .build();

    private StrictJson() {}

    /** Reads all of the bytes, or throws. */
    static <T> T read(byte[] json, int length, ClaimsReader<T> reader) throws IOException {
        requireText(json, length);
        try (JsonParser parser = FACTORY.createParser(json, 0, length)) {
            T value = reader.read(parser, json);
            if (parser.nextToken() != null) {
                throw new InvalidClaims("something follows the claims");
            }
            return value;
        }
    }

    /**
     * Makes sure that one JSON value can stand inside of claims.
     *
     * @throws IOException if claims with it could not be read again
     */
    public static void requireReadable(byte[] value) throws IOException {
        byte[] claims = new byte[value.length + 6];
        System.arraycopy("{\"v\":".getBytes(StandardCharsets.US_ASCII), 0, claims, 0, 5);
        System.arraycopy(value, 0, claims, 5, value.length);
        claims[claims.length - 1] = '}';
        Object unused = read(claims, claims.length, (parser, source) -> {
            while (parser.nextToken() != null) {
                parser.finishToken();
            }
            return claims;
        });
    }

    private static void requireText(byte[] json, int length) throws IOException {
        if (length == 0 || json[0] != '{') {
            throw new InvalidClaims("claims are not an object");
        }
        boolean ascii = true;
        for (int i = 0; i < length; i++) {
            byte b = json[i];
            if (b < ' ') {
                if (b >= 0) {
                    throw new InvalidClaims("a control character in the claims");
                }
                ascii = false;
            }
        }
        if (!ascii) {
            try {
                StandardCharsets.UTF_8.newDecoder().decode(ByteBuffer.wrap(json, 0, length));
            } catch (CharacterCodingException malformed) {
                throw new InvalidClaims("claims are not UTF-8");
            }
        }
    }
}
