package dev.signet.token;

import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.core.ObjectCodec;
import java.io.ByteArrayOutputStream;
import java.io.IOException;

/** JSON as tokens carry it: one compact object in strict UTF-8 (RFC 8725 §3.7), bounded, without duplicate names. */
public final class StrictJson {
    private static final int MEMBER_OF_CLAIMS = 1;

    private StrictJson() {}

    /** Reads all of the bytes, or throws. */
    static <T> T read(byte[] json, int length, ClaimsReader<T> reader) throws IOException {
        return read(json, length, new UniqueNames(), reader);
    }

    /** Reads all of the bytes, or throws; the place has been one before, and may be again. */
    static <T> T read(byte[] json, int length, UniqueNames place, ClaimsReader<T> reader) throws IOException {
        if (length == 0 || json[0] != '{') {
            throw new InvalidClaims("claims are not an object");
        }
        try (JsonParser parser = new StrictParser(json, 0, length, place)) {
            T value = reader.read(parser, json);
            if (parser.nextToken() != null) {
                throw new InvalidClaims("something follows the claims");
            }
            return value;
        } finally {
            place.letGo();
        }
    }

    /** Writes claims; the place has been one before, and may be again. */
    static void write(Plaintext out, UniqueNames place, ClaimsWriter claims) throws IOException {
        try {
            StrictGenerator json = new StrictGenerator(out, place, null, 0);
            claims.write(json);
            json.finish();
        } finally {
            place.letGo();
        }
    }

    /** Reads one value of a JSON text. */
    @FunctionalInterface
    public interface ValueReader<T> {
        /** Reads the value that the parser stands on. */
        T read(JsonParser value) throws IOException;
    }

    /** Reads all of the bytes, which are one value that can stand inside of claims, or throws. */
    public static <T> T readValue(byte[] json, ValueReader<T> reader) throws IOException {
        try (JsonParser parser = new StrictParser(json, 0, json.length, new UniqueNames())) {
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
     * @param codec writes objects for those who ask the generator for it
     * @throws IOException if claims with it could not be read again
     */
    public static byte[] value(ObjectCodec codec, ValueWriter writer) throws IOException {
        return value(codec, 512, writer);
    }

    /**
     * The same of a value that hardly takes more bytes than that.
     *
     * @throws IOException if claims with it could not be read again
     */
    public static byte[] value(ObjectCodec codec, int likelySize, ValueWriter writer) throws IOException {
        Plaintext value = new Plaintext(new byte[likelySize]);
        try {
            StrictGenerator json = new StrictGenerator(value, new UniqueNames(), codec, MEMBER_OF_CLAIMS);
            writer.write(json);
            json.finish();
            return value.toBytes();
        } finally {
            value.wipe();
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
