package dev.signet.token;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.core.util.BufferRecycler;
import com.fasterxml.jackson.core.util.ByteArrayBuilder;
import java.io.ByteArrayOutputStream;
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

    /** Writes one value of a JSON text. */
    @FunctionalInterface
    public interface ValueWriter {
        void write(JsonGenerator value) throws IOException;
    }

    /**
     * One value that can stand inside of claims.
     *
     * @param factory makes what it is written with; nothing is read with it
     * @throws IOException if claims with it could not be read again
     */
    public static byte[] value(JsonFactory factory, ValueWriter writer) throws IOException {
        BufferRecycler recycler = factory._getBufferRecycler();
        try (ByteArrayBuilder bytes = new ByteArrayBuilder(recycler)) {
            StrictGenerator json = new StrictGenerator(factory.createGenerator(bytes));
            writer.write(json);
            boolean plain = json.isPlain();
            json.close();
            byte[] value = bytes.getClearAndRelease();
            if (!plain) {
                requireReadable(value);
            }
            return value;
        } finally {
            recycler.releaseToPool();
        }
    }

    /** @throws IOException if claims with that value could not be read again */
    static void requireReadable(byte[] value) throws IOException {
        ByteArrayOutputStream claims = new ByteArrayOutputStream(value.length + 8);
        claims.writeBytes(new byte[] {'{', '"', 'v', '"', ':'});
        claims.writeBytes(value);
        claims.write('}');
        byte[] json = claims.toByteArray();
        boolean alone = read(json, json.length, (in, source) -> {
            JsonToken unusedBrace = in.nextToken();
            String unusedName = in.nextFieldName();
            JsonToken unusedValue = in.nextToken();
            return in.skipChildren().nextToken() == JsonToken.END_OBJECT;
        });
        if (!alone) {
            throw new InvalidClaims("something follows the value");
        }
    }
}
