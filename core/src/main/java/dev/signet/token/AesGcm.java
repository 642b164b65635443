package dev.signet.token;

import java.nio.ByteBuffer;
import java.security.GeneralSecurityException;
import java.security.NoSuchProviderException;
import javax.crypto.Cipher;
import javax.crypto.SecretKey;
import javax.crypto.spec.GCMParameterSpec;
import org.jspecify.annotations.Nullable;

/** One AES-256-GCM cipher (NIST SP 800-38D) that only ever sees one key, with the buffers it works in. Used by one thread at a time. */
final class AesGcm {
    static final int IV_BYTES = 12;
    static final int TAG_BYTES = 16;

    private final Cipher cipher = newCipher();
    /** Of random bits (NIST SP 800-38D §8.2.2). */
    private final RandomStock ivs = RandomStock.of(IV_BYTES);

    private final Plaintext plaintext = new Plaintext();
    private final UniqueNames place = new UniqueNames();
    private final UniqueNames plaintextPlace = new UniqueNames();
    private byte[] buffer = new byte[512];
    private byte[] out = new byte[512];

    /** A buffer of at least this size for a token that is put together; what it holds is left over. */
    byte[] buffer(int length) {
        if (buffer.length < length) {
            buffer = new byte[Integer.highestOneBit(length) * 2];
        }
        return buffer;
    }

    /** A place to put what is to be encrypted; empty. */
    Plaintext plaintext() {
        return plaintext;
    }

    /** Where whoever writes the plaintext as JSON stands. Nobody else does: what an application keeps of a reader reaches nothing that is sealed. */
    UniqueNames plaintextPlace() {
        return plaintextPlace;
    }

    /** Where whoever reads the output as JSON stands: tokens of one key are of one shape, or of few. */
    UniqueNames place() {
        return place;
    }

    /** The buffer that the last operation left its result in. */
    byte[] output() {
        return out;
    }

    /**
     * Encrypts {@link #plaintext} under the next IV. In {@link #output} are then the IV, the ciphertext and the tag, with room for
     * {@link SealedParts#LONGEST_GAP} more.
     *
     * @return the bytes of ciphertext
     */
    int encrypt(SecretKey key, byte[] aad) {
        int length = plaintext.size();
        byte[] sealed = room(IV_BYTES + length + TAG_BYTES + SealedParts.LONGEST_GAP);
        ivs.next(sealed);
        try {
            cipher.init(Cipher.ENCRYPT_MODE, key, new GCMParameterSpec(TAG_BYTES * 8, sealed, 0, IV_BYTES));
            cipher.updateAAD(aad);
            return cipher.doFinal(plaintext.buffer(), 0, length, sealed, IV_BYTES) - TAG_BYTES;
        } catch (GeneralSecurityException impossible) {
            throw new IllegalStateException("AES-GCM could not encrypt", impossible);
        }
    }

    /** Decrypts what {@link SealedParts#decode} made; how many bytes of plaintext are in {@link #output}, or -1 when it does not authenticate. */
    int decrypt(SecretKey key, byte[] aad, ByteBuffer decoded) {
        byte[] sealed = decoded.array();
        int from = decoded.arrayOffset();
        int length = decoded.limit();
        try {
            cipher.init(Cipher.DECRYPT_MODE, key, new GCMParameterSpec(TAG_BYTES * 8, sealed, from, IV_BYTES));
            cipher.updateAAD(aad);
            return cipher.doFinal(sealed, from + IV_BYTES, length - IV_BYTES, room(length), 0);
        } catch (GeneralSecurityException notAuthentic) {
            return -1;
        }
    }

    void wipe(int length) {
        Plaintext.wipe(out, length);
    }

    private byte[] room(int length) {
        if (out.length < length) {
            out = new byte[Integer.highestOneBit(length) * 2];
        }
        return out;
    }

    /** The JDK's own cipher is intrinsic; a provider that the application registered first may be twenty times slower. */
    private static Cipher newCipher() {
        Cipher own = jdkCipher();
        if (own != null) {
            return own;
        }
        try {
            return Cipher.getInstance("AES/GCM/NoPadding");
        } catch (GeneralSecurityException missing) {
            throw new IllegalStateException("this Java platform has no AES/GCM/NoPadding", missing);
        }
    }

    private static @Nullable Cipher jdkCipher() {
        try {
            return Cipher.getInstance("AES/GCM/NoPadding", "SunJCE");
        } catch (NoSuchProviderException otherPlatform) {
            return null;
        } catch (GeneralSecurityException missing) {
            return null;
        }
    }
}
