package dev.signet.benchmarks.peers;

import java.security.SecureRandom;
import java.util.Base64;

/** Random keys. */
final class Secrets {
    private static final SecureRandom RANDOM = new SecureRandom();

    private Secrets() {}

    static byte[] random(int bytes) {
        byte[] secret = new byte[bytes];
        RANDOM.nextBytes(secret);
        return secret;
    }

    static String text() {
        return Base64.getEncoder().encodeToString(random(48));
    }
}
