package dev.signet.token;

import dev.signet.keys.Key;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.Arrays;
import javax.crypto.SecretKey;
import javax.crypto.spec.SecretKeySpec;

/**
 * The key that seals the tokens of one purpose on one day, with the ciphers that only ever see it: giving a cipher another key costs more than
 * opening a ticket does. Thread-safe.
 */
final class SealingKey {
    private static final byte[] SALT = "signet/1".getBytes(StandardCharsets.US_ASCII);

    private final Key ringKey;
    private final long day;
    private final SecretKey key;
    private final byte[] start;
    private final byte[] aad;
    private final IdlePool<AesGcm> ciphers = new IdlePool<>(AesGcm::new);
    private volatile boolean usedSinceLastLook;

    private SealingKey(Key ringKey, long day, SecretKey key, String header) {
        this.ringKey = ringKey;
        this.day = day;
        this.key = key;
        this.aad = header.getBytes(StandardCharsets.US_ASCII);
        this.start = (header + "..").getBytes(StandardCharsets.US_ASCII);
    }

    /** {@code HKDF-Expand(HKDF(ring key, "signet/1", purpose), day)}. */
    static SealingKey derive(Key ringKey, long day, Purpose purpose) {
        byte[] purposeKey = ringKey.exportPurposeKey(SALT, purpose.info());
        byte[] bytes = Hmac.expand(purposeKey, Long.toString(day).getBytes(StandardCharsets.US_ASCII));
        return new SealingKey(
                ringKey,
                day,
                new SecretKeySpec(bytes, "AES"),
                new ProtectedHeader(ringKey.id(), day, purpose.kind()).encoded());
    }

    static byte[] purposeKey(Key ringKey, Purpose purpose) {
        return ringKey.exportPurposeKey(SALT, purpose.info());
    }

    SecretKey key() {
        return key;
    }

    long day() {
        return day;
    }

    boolean isOf(Key other, long otherDay) {
        return ringKey == other && day == otherDay;
    }

    boolean acceptedAt(Instant now) {
        return ringKey.acceptedAt(now);
    }

    /** The encoded protected header and the empty encrypted key, dots included: how each of its tokens starts. */
    byte[] start() {
        return start;
    }

    boolean starts(byte[] token) {
        return token.length >= start.length && Arrays.equals(token, 0, start.length, start, 0, start.length);
    }

    /** The additional authenticated data: the encoded protected header (RFC 7516 §5.1 step 14). */
    byte[] aad() {
        return aad;
    }

    AesGcm borrow() {
        return ciphers.borrow();
    }

    void giveBack(AesGcm cipher) {
        ciphers.giveBack(cipher);
    }

    void markUsed() {
        if (!usedSinceLastLook) {
            usedSinceLastLook = true;
        }
    }

    /** True once after each use: the second chance of a clock that evicts. */
    boolean takeUse() {
        boolean used = usedSinceLastLook;
        usedSinceLastLook = false;
        return used;
    }
}
