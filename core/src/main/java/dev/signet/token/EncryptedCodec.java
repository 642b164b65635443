package dev.signet.token;

import dev.signet.keys.Key;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * Compact JWE with {@code alg: dir} and {@code enc: A256GCM} (RFC 7516 §7.1, RFC 7518 §4.5, §5.3), written and read in one pass each.
 *
 * <p>The protected header of a key and day is constant: a token is recognised by how it starts, and that start is the additional authenticated data. Every
 * token has exactly one spelling.
 */
final class EncryptedCodec implements TokenCodec {
    private static final long DAY_SECONDS = 86_400;
    private static final long SLACK = Duration.ofMinutes(10).toSeconds();

    private final HeldKeys keys;
    private final Purpose purpose;
    private final int longestStart;
    private volatile RecentKeys recent = RecentKeys.NONE;
    private volatile @Nullable Sealing lastSealed;

    /** What sealed last. */
    private record Sealing(HeldKeys.Held held, SealingKey key) {}

    EncryptedCodec(HeldKeys keys, Purpose purpose) {
        this.keys = keys;
        this.purpose = purpose;
        this.longestStart = new ProtectedHeader("x".repeat(12), 99_999, purpose.kind())
                        .encoded()
                        .length()
                + "..".length();
    }

    @Override
    public String seal(ClaimsWriter claims, Instant now) {
        return encrypt(now, cipher -> StrictJson.write(cipher.plaintext(), cipher.plaintextPlace(), claims));
    }

    /** Seals a token whose content is not claims but another token. */
    String sealText(String text, Instant now) {
        return encrypt(now, cipher -> cipher.plaintext().put(text.getBytes(StandardCharsets.US_ASCII)));
    }

    /** Puts what is to be sealed where it is wiped afterwards. */
    private interface Filling {
        void fill(AesGcm cipher) throws IOException;
    }

    private String encrypt(Instant now, Filling filling) {
        SealingKey key = sealingKey(now);
        AesGcm cipher = key.borrow();
        try {
            filling.fill(cipher);
            int ciphertext = cipher.encrypt(key.key(), key.aad());
            return compose(key.start(), cipher, ciphertext);
        } catch (IOException failed) {
            throw new UncheckedIOException(failed);
        } finally {
            cipher.plaintext().wipe();
            key.giveBack(cipher);
        }
    }

    private static String compose(byte[] start, AesGcm cipher, int ciphertext) {
        byte[] token = cipher.buffer(start.length + SealedParts.encodedLength(ciphertext));
        System.arraycopy(start, 0, token, 0, start.length);
        int end = SealedParts.encode(cipher.output(), ciphertext, token, start.length);
        return new String(token, 0, end, StandardCharsets.ISO_8859_1);
    }

    @Override
    public int sealedLength(int claimsLength) {
        return longestStart + SealedParts.encodedLength(claimsLength);
    }

    @Override
    public <T> Opened<T> open(String token, Instant now, ClaimsReader<T> reader) {
        return decrypt(
                token, now, (cipher, length) -> StrictJson.read(cipher.output(), length, cipher.place(), reader));
    }

    /** Opens a token whose content is not claims but another token. */
    Opened<String> openText(String token, Instant now) {
        return decrypt(
                token, now, (cipher, length) -> new String(cipher.output(), 0, length, StandardCharsets.ISO_8859_1));
    }

    /** Makes a value of so many bytes that a cipher decrypted, which are wiped afterwards. */
    private interface Plain<T> {
        T read(AesGcm cipher, int length) throws IOException;
    }

    private <T> Opened<T> decrypt(String token, Instant now, Plain<T> reader) {
        if (token.length() > LONGEST_TOKEN) {
            return Opened.refused(Refusal.TOO_LONG);
        }
        byte[] ascii = token.getBytes(StandardCharsets.ISO_8859_1);
        HeldKeys.Held held = keys.held();
        RecentKeys tried = recent;
        SealingKey recently = tried.areOf(held) ? tried.of(ascii) : null;
        if (recently != null) {
            recently.markUsed();
            return decrypt(ascii, now, reader, recently);
        }
        int header = token.indexOf('.');
        if (header < 0 || !token.startsWith("..", header)) {
            return Opened.refused(Refusal.MALFORMED);
        }
        ProtectedHeader parsed = ProtectedHeader.parse(token.substring(0, header), purpose.kind());
        if (parsed == null) {
            return Opened.refused(Refusal.HEADER);
        }
        if (!thinkable(parsed.day(), now)) {
            return Opened.refused(Refusal.RETIRED_KEY);
        }
        SealingKeys.Name name = new SealingKeys.Name(purpose, parsed.keyId(), parsed.day());
        SealingKey known = held.sealingKeys.find(name);
        if (known != null) {
            return opened(decrypt(ascii, now, reader, known), held, known);
        }
        Key ringKey = keys.find(parsed.keyId()).orElse(null);
        if (ringKey == null || ringKey.use() != Key.Use.ENCRYPTION) {
            return Opened.refused(Refusal.UNKNOWN_KEY);
        }
        SealingKey derived = SealingKey.derive(ringKey, parsed.day(), purpose);
        HeldKeys.Held current = keys.held();
        Opened<T> opened = decrypt(ascii, now, reader, derived);
        if (opened.refusal() == null
                && current.ring.key(parsed.keyId()).filter(ringKey::equals).isPresent()) {
            return opened(opened, current, current.sealingKeys.keep(name, derived));
        }
        return opened;
    }

    /** Notes whose token was opened, to be tried first from now on. */
    private <T> Opened<T> opened(Opened<T> opened, HeldKeys.Held held, SealingKey key) {
        if (opened.refusal() == null) {
            RecentKeys before = recent;
            RecentKeys now = (before.areOf(held) ? before : new RecentKeys(held)).with(key);
            if (now != before) {
                recent = now;
            }
        }
        return opened;
    }

    private <T> Opened<T> decrypt(byte[] token, Instant now, Plain<T> reader, SealingKey key) {
        if (!key.acceptedAt(now) || !thinkable(key.day(), now)) {
            return Opened.refused(Refusal.RETIRED_KEY);
        }
        ByteBuffer sealed = SealedParts.decode(token, key.start().length);
        if (sealed == null) {
            return Opened.refused(Refusal.MALFORMED);
        }
        AesGcm cipher = key.borrow();
        try {
            int length = cipher.decrypt(key.key(), key.aad(), sealed);
            if (length < 0) {
                return Opened.refused(Refusal.FORGED);
            }
            try {
                return Opened.of(reader.read(cipher, length));
            } catch (IOException | RuntimeException unexpected) {
                return Opened.refused(Refusal.CLAIMS);
            } finally {
                cipher.wipe(length);
            }
        } finally {
            key.giveBack(cipher);
        }
    }

    /** Whether a live token can be of that day. */
    private boolean thinkable(long day, Instant now) {
        long seconds = now.getEpochSecond();
        long longest = keys.ring().longestLifetime().toSeconds() + SLACK;
        return day >= Math.floorDiv(seconds - longest, DAY_SECONDS)
                && day <= Math.floorDiv(seconds + SLACK, DAY_SECONDS);
    }

    private SealingKey sealingKey(Instant now) {
        HeldKeys.Held held = keys.held();
        long day = Math.floorDiv(now.getEpochSecond(), DAY_SECONDS);
        Key primary = keys.sealing(now);
        Sealing last = lastSealed;
        if (last != null && last.held == held && last.key.isOf(primary, day)) {
            return last.key;
        }
        SealingKeys.Name name = new SealingKeys.Name(purpose, primary.id(), day);
        SealingKey key = held.sealingKeys.findPinned(name);
        if (key == null) {
            key = held.sealingKeys.pin(name, SealingKey.derive(primary, day, purpose));
        }
        lastSealed = new Sealing(held, key);
        return key;
    }
}
