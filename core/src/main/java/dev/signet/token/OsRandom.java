package dev.signet.token;

import java.security.NoSuchAlgorithmException;
import java.security.SecureRandom;
import java.security.Security;
import java.util.List;
import java.util.Locale;
import java.util.Set;

/** Random bytes from the operating system's generator, which does not block. */
public final class OsRandom {
    private static final SecureRandom RANDOM = systemGenerator();

    private OsRandom() {}

    public static byte[] bytes(int count) {
        byte[] bytes = new byte[count];
        RANDOM.nextBytes(bytes);
        return bytes;
    }

    /** 128 random bits as 22 characters: the form of every id of ours. */
    public static String id() {
        return Base64Url.encode(bytes(16));
    }

    private static SecureRandom systemGenerator() {
        Set<String> known = Security.getAlgorithms("SecureRandom");
        for (String algorithm : List.of("NativePRNGNonBlocking", "Windows-PRNG")) {
            if (known.contains(algorithm.toUpperCase(Locale.ROOT))) {
                return generator(algorithm);
            }
        }
        return new SecureRandom();
    }

    private static SecureRandom generator(String algorithm) {
        try {
            return SecureRandom.getInstance(algorithm);
        } catch (NoSuchAlgorithmException impossible) {
            throw new IllegalStateException(algorithm + " was there a moment ago", impossible);
        }
    }
}
