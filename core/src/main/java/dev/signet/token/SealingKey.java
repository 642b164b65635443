package dev.signet.token;

import dev.signet.keys.Key;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.Arrays;
import java.util.concurrent.atomic.AtomicReferenceArray;
import javax.crypto.SecretKey;
import javax.crypto.spec.SecretKeySpec;

/**
 * The key that seals the tokens of one purpose on one day, with the ciphers that only ever see it: giving a cipher another key costs more than
 * opening a ticket does. Thread-safe.
 */
final class SealingKey {
    private static final byte[] SALT = "signet/1".getBytes(StandardCharsets.US_ASCII);
    private static final int STRIPES =
            Math.min(16, Integer.highestOneBit(Runtime.getRuntime().availableProcessors() * 2 - 1) * 2);
    /** From one stripe to the next: 16 references of 4 bytes are a cache line, so that threads with different stripes do not wait for each other. */
    private static final int APART = 16;

    private final Key ringKey;
    private final long day;
    private final SecretKey key;
    private final byte[] start;
    private final byte[] aad;
    private final AtomicReferenceArray<AesGcm> idle = new AtomicReferenceArray<>((STRIPES + 1) * APART);
    private volatile boolean usedSinceLastLook = true;

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
        int first = stripe();
        for (int i = 0; i < STRIPES; i++) {
            int at = indexOf(first + i);
            AesGcm cipher = idle.get(at) == null ? null : idle.getAndSet(at, null);
            if (cipher != null) {
                return cipher;
            }
        }
        return new AesGcm();
    }

    void giveBack(AesGcm cipher) {
        int first = stripe();
        for (int i = 0; i < STRIPES; i++) {
            int at = indexOf(first + i);
            if (idle.get(at) == null && idle.compareAndSet(at, null, cipher)) {
                return;
            }
        }
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

    private static int stripe() {
        return (int) Thread.currentThread().getId() & STRIPES - 1;
    }

    /** A line before the first stays empty: in it lies the array's length, which every access reads. */
    private static int indexOf(int stripe) {
        return ((stripe & STRIPES - 1) + 1) * APART;
    }
}
