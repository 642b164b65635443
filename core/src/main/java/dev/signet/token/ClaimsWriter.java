package dev.signet.token;

import com.fasterxml.jackson.core.JsonGenerator;
import java.io.IOException;

/** Writes the claims of one token as one JSON object. */
@FunctionalInterface
public interface ClaimsWriter {
    void write(JsonGenerator claims) throws IOException;
}
