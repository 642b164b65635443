package dev.signet.token;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import java.io.IOException;
import java.io.OutputStream;

/** JSON as tokens carry it: one compact object in strict UTF-8 (RFC 8725 §3.7), bounded, without duplicate names. */
public final class StrictJson {
    /** Makes what writes claims. */
    static final JsonFactory FACTORY = new JsonFactory();

    private StrictJson() {}

    /** Reads all of the bytes, or throws. */
    static <T> T read(byte[] json, int length, ClaimsReader<T> reader) throws IOException {
        if (length == 0 || json[0] != '{') {
            throw new InvalidClaims("claims are not an object");
        }
        try (JsonParser parser = new StrictParser(json, 0, length)) {
            T value = reader.read(parser, json);
            if (parser.nextToken() != null) {
                throw new InvalidClaims("something follows the claims");
            }
            return value;
        }
    }

    /** Writes a value that is JSON in UTF-8 already, without making it text in between. */
    public static void writeValue(JsonGenerator claims, byte[] json) throws IOException {
        claims.writeRawValue("");
        claims.flush();
        ((OutputStream) claims.getOutputTarget()).write(json);
    }

    /** Reads one value of a JSON text. */
    @FunctionalInterface
    public interface ValueReader<T> {
        /** Reads the value that the parser stands on. */
        T read(JsonParser value) throws IOException;
    }

    /** Reads all of the bytes, which are one value that can stand inside of claims, or throws. */
    public static <T> T readValue(byte[] json, ValueReader<T> reader) throws IOException {
        try (JsonParser parser = new StrictParser(json, 0, json.length)) {
            JsonToken unused = parser.nextToken();
            T value = reader.read(parser);
            if (parser.nextToken() != null) {
                throw new InvalidClaims("something follows the value");
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
        JsonParser unused = readValue(value, JsonParser::skipChildren);
    }
}
