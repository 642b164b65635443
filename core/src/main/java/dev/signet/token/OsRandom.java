package dev.signet.token;

import java.security.NoSuchAlgorithmException;
import java.security.SecureRandom;

/** Random bytes from the operating system's generator, which does not block and which a copied process does not repeat. */
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
        for (String algorithm : new String[] {"NativePRNGNonBlocking", "Windows-PRNG"}) {
            try {
                return SecureRandom.getInstance(algorithm);
            } catch (NoSuchAlgorithmException otherPlatform) {
                continue;
            }
        }
        return new SecureRandom();
    }
}
