package dev.signet;

import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonStreamContext;
import com.fasterxml.jackson.core.StreamReadFeature;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.MapperFeature;
import com.fasterxml.jackson.databind.ObjectReader;
import com.fasterxml.jackson.databind.ObjectWriter;
import com.fasterxml.jackson.databind.SerializationFeature;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.jsontype.BasicPolymorphicTypeValidator;
import com.fasterxml.jackson.datatype.jsr310.JavaTimeModule;
import dev.signet.token.Base64Url;
import dev.signet.token.StrictJson;
import dev.signet.token.TokenCodec;
import java.io.IOException;
import java.lang.reflect.Type;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Function;

/**
 * Slot values as JSON. No type is ever named inside of it, so reading makes nothing but what the slot declares. Names that occur twice are refused where a
 * token is opened, and where a value is written.
 */
final class SlotJson {
    private static final JsonMapper MAPPER = JsonMapper.builder()
            .addModule(new JavaTimeModule())
            .disable(SerializationFeature.WRITE_DATES_AS_TIMESTAMPS, SerializationFeature.WRITE_DURATIONS_AS_TIMESTAMPS)
            .disable(DeserializationFeature.FAIL_ON_UNKNOWN_PROPERTIES)
            .enable(MapperFeature.BLOCK_UNSAFE_POLYMORPHIC_BASE_TYPES)
            .polymorphicTypeValidator(BasicPolymorphicTypeValidator.builder().build())
            .disable(StreamReadFeature.INCLUDE_SOURCE_IN_LOCATION)
            .build();

    private static final Map<Type, Writing> WRITERS = new ConcurrentHashMap<>();
    private static final Map<Type, ObjectReader> READERS = new ConcurrentHashMap<>();

    private SlotJson() {}

    /**
     * Writes a value that can be read again under the limits of token format 1.
     *
     * @throws IllegalArgumentException naming the slot, never the value
     */
    static byte[] write(String slot, Object value, Type type) {
        try {
            Writing known = known(WRITERS, type, Writing::new);
            byte[] json = StrictJson.value(MAPPER, known.likelySize, out -> known.writer.writeValue(out, value));
            known.learn(json.length);
            return json;
        } catch (IOException unfit) {
            throw new IllegalArgumentException("slot '" + slot + "': a value of " + type.getTypeName()
                    + " cannot be kept as JSON; it may be too deep, have too long names or numbers, or no JSON form: "
                    + unfit.getClass().getSimpleName());
        }
    }

    static Object read(byte[] data, Type type) {
        try {
            return StrictJson.readValue(data, in -> read(in, type));
        } catch (IOException unfit) {
            throw new IllegalArgumentException("not a " + type.getTypeName());
        }
    }

    /** Reads the value that the parser stands on, all of it and no more. */
    static Object read(JsonParser in, Type type) throws IOException {
        JsonStreamContext within = in.getParsingContext();
        JsonStreamContext around = in.currentToken().isStructStart() ? within.getParent() : within;
        in.setCodec(MAPPER);
        Object value = known(READERS, type, SlotJson::reader).readValue(in);
        Claims.require(in.getParsingContext() == around, "a value that was not read to its end");
        return value;
    }

    /** Looks first: whoever may have to put something in waits for others now and then. */
    private static <V> V known(Map<Type, V> map, Type type, Function<Type, V> making) {
        V value = map.get(type);
        return value != null ? value : map.computeIfAbsent(type, making);
    }

    /** How values of one type are written, and how many bytes they take as a rule, so that they are not moved while they grow. */
    private static final class Writing {
        /** What a generator asks for beyond what it needs in the end. */
        private static final int ROOM = 64;

        private final ObjectWriter writer;
        private int likelySize = 256;

        Writing(Type type) {
            writer = MAPPER.writerFor(MAPPER.constructType(type));
        }

        /** What another thread learned may be lost, which costs some time and nothing else. */
        void learn(int size) {
            if (size > likelySize && size <= TokenCodec.LONGEST_TOKEN) {
                likelySize = size + ROOM;
            }
        }
    }

    private static ObjectReader reader(Type type) {
        return MAPPER.readerFor(MAPPER.constructType(type));
    }

    static byte[] quoted(byte[] bytes) {
        return ('"' + Base64Url.encode(bytes) + '"').getBytes(StandardCharsets.US_ASCII);
    }

    static byte[] unquoted(byte[] data) {
        String text = new String(data, StandardCharsets.ISO_8859_1);
        byte[] bytes = text.length() < 2 ? null : Base64Url.decode(text.substring(1, text.length() - 1));
        if (bytes == null) {
            throw new IllegalArgumentException("not base64url in quotes");
        }
        return bytes;
    }
}
