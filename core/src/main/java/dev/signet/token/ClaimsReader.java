package dev.signet.token;

import com.fasterxml.jackson.core.JsonParser;
import java.io.IOException;

/** Makes a value of authenticated claims, straight from the buffer they were decrypted into. */
@FunctionalInterface
public interface ClaimsReader<T> {
    /**
     * Reads one object; the parser stands before its first token.
     *
     * @param source what the parser reads, wiped as soon as this returns
     * @throws IOException if the claims are not what this reader expects
     */
    T read(JsonParser claims, byte[] source) throws IOException;
}
