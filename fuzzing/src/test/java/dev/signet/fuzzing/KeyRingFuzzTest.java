package dev.signet.fuzzing;

import com.code_intelligence.jazzer.junit.FuzzTest;
import dev.signet.keys.KeyRing;
import java.nio.charset.StandardCharsets;

class KeyRingFuzzTest {
    private static final int TELLING = 24;

    /** A key ring, or a refusal that quotes nothing of what may be a secret. */
    @FuzzTest
    void any_text_is_a_ring_or_refused(byte[] data) {
        String text = new String(data, StandardCharsets.UTF_8);
        try {
            KeyRing ring = KeyRing.parse(text);
            Target.require(!ring.keys().isEmpty(), "a ring has keys");
            Target.require(
                    KeyRing.parse(ring.exportSecretJwkSet()).keys().size()
                            == ring.keys().size(),
                    "a ring comes back from its export");
        } catch (IllegalArgumentException refused) {
            String message = String.valueOf(refused.getMessage());
            Target.require(message.length() < 1_000, "a refusal is a sentence");
            for (int i = 0; i + TELLING <= message.length(); i++) {
                String piece = message.substring(i, i + TELLING);
                Target.require(!piece.matches("[A-Za-z0-9_-]+") || !text.contains(piece), "a refusal quotes no secret");
            }
        }
    }
}
