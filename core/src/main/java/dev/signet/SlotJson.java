package dev.signet;

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
import java.io.IOException;
import java.lang.reflect.Type;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/** Slot values as JSON. No type is ever named inside of it, so reading makes nothing but what the slot declares. */
final class SlotJson {
    private static final JsonMapper MAPPER = JsonMapper.builder()
            .addModule(new JavaTimeModule())
            .disable(SerializationFeature.WRITE_DATES_AS_TIMESTAMPS, SerializationFeature.WRITE_DURATIONS_AS_TIMESTAMPS)
            .disable(DeserializationFeature.FAIL_ON_UNKNOWN_PROPERTIES)
            .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
            .enable(MapperFeature.BLOCK_UNSAFE_POLYMORPHIC_BASE_TYPES)
            .polymorphicTypeValidator(BasicPolymorphicTypeValidator.builder().build())
            .enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION)
            .disable(StreamReadFeature.INCLUDE_SOURCE_IN_LOCATION)
            .build();

    private static final Map<Type, ObjectWriter> WRITERS = new ConcurrentHashMap<>();
    private static final Map<Type, ObjectReader> READERS = new ConcurrentHashMap<>();

    private SlotJson() {}

    /**
     * Writes a value, and makes sure that it can be read again under the limits of token format 1.
     *
     * @throws IllegalArgumentException naming the slot, never the value
     */
    static byte[] write(String slot, Object value, Type type) {
        try {
            byte[] data = WRITERS.computeIfAbsent(type, SlotJson::writer).writeValueAsBytes(value);
            StrictJson.requireReadable(data);
            return data;
        } catch (IOException unfit) {
            throw new IllegalArgumentException("slot '" + slot + "': this value of " + type.getTypeName()
                    + " cannot be kept as JSON; it may be too deep, have too long names or numbers, or no JSON form: "
                    + unfit.getClass().getSimpleName());
        }
    }

    static Object read(byte[] data, Type type) {
        try {
            return READERS.computeIfAbsent(type, SlotJson::reader).readValue(data);
        } catch (IOException unfit) {
            throw new IllegalArgumentException("not a " + type.getTypeName());
        }
    }

    private static ObjectWriter writer(Type type) {
        return MAPPER.writerFor(MAPPER.constructType(type));
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
