package dev.signet;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.StreamReadFeature;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JavaType;
import com.fasterxml.jackson.databind.MapperFeature;
import com.fasterxml.jackson.databind.SerializationFeature;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.jsontype.BasicPolymorphicTypeValidator;
import com.fasterxml.jackson.datatype.jsr310.JavaTimeModule;
import dev.signet.token.Base64Url;
import java.io.IOException;
import java.lang.reflect.Type;
import java.nio.charset.StandardCharsets;
import java.util.List;

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

    private SlotJson() {}

    static JavaType type(Type type) {
        return MAPPER.constructType(type);
    }

    static JavaType listOf(Class<?> element) {
        return MAPPER.getTypeFactory().constructCollectionType(List.class, element);
    }

    static byte[] write(String slot, Object value, JavaType type) {
        try {
            return MAPPER.writerFor(type).writeValueAsBytes(value);
        } catch (JsonProcessingException unfit) {
            throw new IllegalArgumentException("slot '" + slot + "': a value of " + type.toCanonical()
                    + " cannot be written as JSON: " + unfit.getClass().getSimpleName());
        }
    }

    static Object read(byte[] data, JavaType type) {
        try {
            return MAPPER.readerFor(type).readValue(data);
        } catch (IOException unfit) {
            throw new IllegalArgumentException("not a " + type.toCanonical());
        }
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
