package dev.signet.token;

import java.nio.ByteBuffer;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/**
 * The last three parts of a compact JWE (RFC 7516 §7.1): IV, ciphertext and tag, each in base64url's one canonical spelling. They are encoded and decoded in
 * one call, which costs less than three: for that, up to two zero bytes, in text {@code A}, stand between ciphertext and tag, so that the tag begins a group
 * of four characters.
 */
final class SealedParts {
    /** In bytes, and in characters. */
    static final int LONGEST_GAP = 2;

    private static final int IV_CHARS = 16;
    private static final int TAG_CHARS = 22;

    private SealedParts() {}

    /** How long the parts of so many bytes of ciphertext are, dots included. */
    static int encodedLength(int ciphertext) {
        return IV_CHARS + 1 + Base64Url.encodedLength(ciphertext) + 1 + TAG_CHARS;
    }

    /**
     * Encodes what {@code sealed} begins with: IV, so many bytes of ciphertext, and tag. Overwrites the tag and {@link #LONGEST_GAP} bytes after it.
     *
     * @return where the text ends in {@code ascii}
     */
    static int encode(byte[] sealed, int ciphertext, byte[] ascii, int at) {
        int tag = AesGcm.IV_BYTES + ciphertext;
        int gap = (3 - ciphertext % 3) % 3;
        System.arraycopy(sealed, tag, sealed, tag + gap, AesGcm.TAG_BYTES);
        Arrays.fill(sealed, tag, tag + gap, (byte) 0);
        ByteBuffer text = Base64Url.ENCODER.encode(ByteBuffer.wrap(sealed, 0, tag + gap + AesGcm.TAG_BYTES));
        int ciphertextAt = at + IV_CHARS + 1;
        int tagAt = ciphertextAt + Base64Url.encodedLength(ciphertext) + 1;
        text.get(ascii, at, IV_CHARS);
        ascii[ciphertextAt - 1] = '.';
        text.get(ascii, ciphertextAt, tagAt - 1 - ciphertextAt);
        ascii[tagAt - 1] = '.';
        text.position(text.limit() - TAG_CHARS).get(ascii, tagAt, TAG_CHARS);
        return tagAt + TAG_CHARS;
    }

    /**
     * Decodes what {@code ascii} ends with, from the IV on, and overwrites it.
     *
     * @return IV, ciphertext and tag in an array up to its limit, or null when these are not three parts in canonical base64url
     */
    static @Nullable ByteBuffer decode(byte[] ascii, int ivAt) {
        int ciphertextAt = ivAt + IV_CHARS + 1;
        int tagAt = ascii.length - TAG_CHARS;
        int ciphertextChars = tagAt - 1 - ciphertextAt;
        if (ciphertextChars < 0 || ascii[ciphertextAt - 1] != '.' || ascii[tagAt - 1] != '.') {
            return null;
        }
        int gap = -ciphertextChars & 3;
        // What stands before the gap would go unseen once that is filled. A '=' at the end has to be refused before
        // vector code of the JDK sees it, which may then write past its array (JDK-8392044).
        if (gap > LONGEST_GAP
                || Base64Url.leavesBits(ascii[tagAt - 2], ciphertextChars)
                || Base64Url.leavesBits(ascii[ascii.length - 1], TAG_CHARS)) {
            return null;
        }
        System.arraycopy(ascii, ciphertextAt, ascii, ciphertextAt - 1, ciphertextChars);
        int gapAt = ciphertextAt - 1 + ciphertextChars;
        Arrays.fill(ascii, gapAt, gapAt + gap, (byte) 'A');
        System.arraycopy(ascii, tagAt, ascii, gapAt + gap, TAG_CHARS);
        try {
            ByteBuffer sealed = Base64Url.DECODER.decode(ByteBuffer.wrap(ascii, ivAt, gapAt + gap + TAG_CHARS - ivAt));
            int tag = sealed.arrayOffset() + sealed.limit() - AesGcm.TAG_BYTES;
            System.arraycopy(sealed.array(), tag, sealed.array(), tag - gap, AesGcm.TAG_BYTES);
            return sealed.limit(sealed.limit() - gap);
        } catch (IllegalArgumentException notBase64) {
            return null;
        }
    }
}
