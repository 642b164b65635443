package dev.signet.sample;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.time.DateTimeException;
import java.time.LocalDate;
import java.util.Base64;

/** Which key a token names in its header, which everybody who has the token can read. */
final class SealedWith {
    private static final ObjectMapper JSON = new ObjectMapper();

    private static final String NOT_OURS = "a key that is not ours";

    private SealedWith() {}

    /** The key and the day for which it was derived, such as "key 76M2Eb for 2026-11-23"; anything may come in. */
    static String of(String token) {
        String header = token.substring(0, Math.max(0, token.indexOf('.')));
        if (header.contains("=")) {
            // There is no padding in a token (RFC 7515 §2), and some decoders write past their array for it
            // (JDK-8392044).
            return NOT_OURS;
        }
        try {
            JsonNode keyId =
                    JSON.readTree(Base64.getUrlDecoder().decode(header)).path("kid");
            String[] parts = keyId.asText().split("\\.", -1);
            return "key " + parts[0] + " for " + LocalDate.ofEpochDay(Long.parseLong(parts[1]));
        } catch (IOException | IllegalArgumentException | DateTimeException | ArrayIndexOutOfBoundsException unknown) {
            return NOT_OURS;
        }
    }
}
