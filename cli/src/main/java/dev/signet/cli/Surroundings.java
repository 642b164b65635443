package dev.signet.cli;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.json.JsonWriteFeature;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.SerializationFeature;
import com.fasterxml.jackson.databind.json.JsonMapper;
import java.io.InputStream;
import java.io.PrintWriter;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Map;

/**
 * What a command reads and writes besides files and stores.
 *
 * @param environment variables that stand for options which were left out
 */
record Surroundings(
        InputStream in, PrintWriter out, PrintWriter err, Map<String, String> environment, InstantSource clock) {
    private static final ObjectMapper JSON = JsonMapper.builder()
            .enable(SerializationFeature.INDENT_OUTPUT)
            .enable(JsonWriteFeature.ESCAPE_NON_ASCII)
            .build();

    void print(String line) {
        out.println(line);
    }

    /** Prints maps, lists, texts and numbers. */
    void printJson(Object value) {
        try {
            out.println(JSON.writeValueAsString(value));
        } catch (JsonProcessingException e) {
            throw new IllegalStateException("not JSON: " + value.getClass(), e);
        }
    }

    /** The time, in whole seconds as tokens and keys have them. */
    Instant now() {
        return Instant.ofEpochSecond(clock.instant().getEpochSecond());
    }
}
