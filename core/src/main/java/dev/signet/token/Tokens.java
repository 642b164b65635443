package dev.signet.token;

import dev.signet.keys.Key;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.time.Instant;
import java.util.Arrays;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;

/** All that is done with keys for one application and session name: a codec for each purpose, and the marks of CSRF tokens. Thread-safe. */
public final class Tokens implements AutoCloseable {
    private static final int MARK_BYTES = 16;
    /** Slot names come out of cookies as well, so what is kept for them is bounded. */
    private static final int MOST_SLOTS = 256;

    private final HeldKeys keys;
    private final Purpose tickets;
    private final boolean signed;
    private final Map<Purpose, TokenCodec> codecs = new ConcurrentHashMap<>();
    private final Map<String, TokenCodec> slots = new ConcurrentHashMap<>();

    /**
     * @param signed whether tokens are signed before they are encrypted
     */
    public Tokens(HeldKeys keys, String application, String session, boolean signed) {
        this.keys = keys;
        this.tickets = new Purpose(application, Purpose.requireName("session name", session), TokenKind.TICKET, "");
        this.signed = signed;
    }

    public HeldKeys keys() {
        return keys;
    }

    public TokenCodec tickets() {
        return codecs.computeIfAbsent(tickets, this::make);
    }

    public TokenCodec visitors() {
        return codecs.computeIfAbsent(tickets.with(TokenKind.VISITOR), this::make);
    }

    public TokenCodec slots(String name) {
        TokenCodec codec = slots.get(name);
        if (codec != null) {
            return codec;
        }
        Purpose purpose = new Purpose(tickets.application(), tickets.session(), TokenKind.SLOT, name);
        return slots.size() < MOST_SLOTS ? slots.computeIfAbsent(name, any -> make(purpose)) : make(purpose);
    }

    private TokenCodec make(Purpose purpose) {
        return signed ? new NestedCodec(keys, purpose) : new EncryptedCodec(keys, purpose);
    }

    /** A codec for signed tokens that every holder can read. */
    public static TokenCodec readable(HeldKeys keys) {
        return SignedCodec.readable(keys);
    }

    /** The mark of a session that its CSRF tokens carry, under the primary key: {@code <key id>.<16 bytes masked twice over>}. */
    public String csrfToken(String sid, Instant now) {
        Key key = keys.sealing(now);
        byte[] mark = mark(key, sid);
        byte[] mask = OsRandom.bytes(MARK_BYTES);
        byte[] token = Arrays.copyOf(mask, 2 * MARK_BYTES);
        for (int i = 0; i < MARK_BYTES; i++) {
            token[MARK_BYTES + i] = (byte) (mask[i] ^ mark[i]);
        }
        return key.id() + "." + Base64Url.encode(token);
    }

    /** Whether this CSRF token was made for that session under an accepted key; compared in constant time. */
    public boolean csrfTokenFits(@Nullable String token, String sid, Instant now) {
        if (token == null || token.length() > 64) {
            return false;
        }
        int dot = token.indexOf('.');
        if (dot < 1 || dot > 12) {
            return false;
        }
        byte[] masked = Base64Url.decode(token.substring(dot + 1));
        if (masked == null || masked.length != 2 * MARK_BYTES) {
            return false;
        }
        Optional<Key> key =
                keys.find(token.substring(0, dot)).filter(k -> k.use() == Key.Use.ENCRYPTION && k.acceptedAt(now));
        if (key.isEmpty()) {
            return false;
        }
        byte[] mark = new byte[MARK_BYTES];
        for (int i = 0; i < MARK_BYTES; i++) {
            mark[i] = (byte) (masked[i] ^ masked[MARK_BYTES + i]);
        }
        return MessageDigest.isEqual(mark, mark(key.get(), sid));
    }

    private byte[] mark(Key key, String sid) {
        byte[] purposeKey = SealingKey.purposeKey(key, tickets.with(TokenKind.CSRF));
        return Arrays.copyOf(Hmac.sha256(purposeKey, sid.getBytes(StandardCharsets.UTF_8)), MARK_BYTES);
    }

    @Override
    public void close() {
        keys.close();
    }
}
