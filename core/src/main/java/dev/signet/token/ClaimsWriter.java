package dev.signet.token;

import java.io.IOException;

/** Writes the claims of one token as one JSON object. */
@FunctionalInterface
public interface ClaimsWriter {
    void write(StrictGenerator claims) throws IOException;
}
