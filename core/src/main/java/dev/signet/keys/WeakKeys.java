package dev.signet.keys;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.HexFormat;
import java.util.Objects;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/** The 32-byte keys that somebody could guess. A random key is refused with a probability below 2^-33. */
final class WeakKeys {
    private static final String RESOURCE = "published-keys.sha256";
    private static final int LONGEST_PERIOD = 16;
    private static final Set<String> PUBLISHED = published();

    private WeakKeys() {}

    /** Throws {@link IllegalArgumentException} with what is wrong about the key, and nothing of it. */
    static void refuse(byte[] key) {
        if (isText(key)) {
            throw new IllegalArgumentException("it is text, and a passphrase is no key");
        }
        if (isPattern(key)) {
            throw new IllegalArgumentException("it is a pattern, not random");
        }
        if (PUBLISHED.contains(abbreviatedHash(key))) {
            throw new IllegalArgumentException("it is a published example key");
        }
    }

    /** UTF-8 without control characters, but for white space and for zeros that fill it up. */
    private static boolean isText(byte[] key) {
        try {
            return StandardCharsets.UTF_8
                    .newDecoder()
                    .decode(ByteBuffer.wrap(key))
                    .chars()
                    .allMatch(c -> c == 0 || Character.isWhitespace(c) || !Character.isISOControl(c));
        } catch (CharacterCodingException e) {
            return false;
        }
    }

    /** A repetition of at most 16 bytes, or bytes that differ from each other by the same step. */
    private static boolean isPattern(byte[] key) {
        byte step = (byte) (key[1] - key[0]);
        return IntStream.range(1, key.length).allMatch(i -> (byte) (key[i] - key[i - 1]) == step)
                || IntStream.rangeClosed(1, LONGEST_PERIOD).anyMatch(period -> repeats(key, period));
    }

    private static boolean repeats(byte[] key, int period) {
        return IntStream.range(period, key.length).allMatch(i -> key[i] == key[i - period]);
    }

    private static String abbreviatedHash(byte[] key) {
        return HexFormat.of().formatHex(Digests.sha256(key), 0, 16);
    }

    private static Set<String> published() {
        var stream = Objects.requireNonNull(WeakKeys.class.getResourceAsStream(RESOURCE), RESOURCE);
        try (var reader = new BufferedReader(new InputStreamReader(stream, StandardCharsets.US_ASCII))) {
            return reader.lines().filter(line -> !line.startsWith("#")).collect(Collectors.toUnmodifiableSet());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
