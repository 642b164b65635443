package dev.signet.keys;

import static org.assertj.core.api.Assertions.fail;

import java.io.PrintWriter;
import java.io.StringWriter;
import java.util.Base64;
import java.util.HexFormat;
import java.util.List;

/** Looks for traces of key material, in any spelling, where none may be. */
final class Secrets {
    private static final int TRACE = 8;

    private Secrets() {}

    static void assertNoneIn(Throwable thrown, List<String> base64urlSecrets) {
        StringWriter trace = new StringWriter();
        thrown.printStackTrace(new PrintWriter(trace));
        assertNoneIn(trace.toString(), base64urlSecrets);
    }

    static void assertNoneIn(String text, List<String> base64urlSecrets) {
        for (String secret : base64urlSecrets) {
            byte[] bytes = Base64.getUrlDecoder().decode(secret);
            for (String spelling : List.of(
                    secret,
                    Base64.getEncoder().encodeToString(bytes),
                    HexFormat.of().formatHex(bytes))) {
                for (int i = 0; i + TRACE <= spelling.length(); i++) {
                    if (text.contains(spelling.substring(i, i + TRACE))) {
                        fail("Key material shows in: %s", text);
                    }
                }
            }
        }
    }
}
