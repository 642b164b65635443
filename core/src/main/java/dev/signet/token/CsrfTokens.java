package dev.signet.token;

import dev.signet.keys.Key;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.time.Instant;
import java.util.Arrays;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import javax.crypto.Mac;
import org.jspecify.annotations.Nullable;

/** CSRF tokens: {@code <key id>.<16 bytes masked twice over>}, of the mark that a session has under that key. Thread-safe. */
final class CsrfTokens {
    private static final int MARK_BYTES = 16;
    private static final int LONGEST = 64;
    private static final int LONGEST_KEY_ID = 12;

    private final HeldKeys keys;
    private final Purpose purpose;
    private final IdlePool<RandomStock> masks = new IdlePool<>(() -> RandomStock.of(MARK_BYTES));
    private volatile @Nullable Keyed keyed;

    /** What makes marks, for each key of one state of the ring; forgotten with it. */
    private record Keyed(HeldKeys.Held held, Map<Key, Mac> macs) {}

    CsrfTokens(HeldKeys keys, Purpose purpose) {
        this.keys = keys;
        this.purpose = purpose;
    }

    /** The mark of a session under the primary key, masked anew each time (against BREACH). */
    String token(String sid, Instant now) {
        Key key = keys.sealing(now);
        byte[] mark = mark(key, sid);
        byte[] token = new byte[2 * MARK_BYTES];
        RandomStock stock = masks.borrow();
        stock.next(token);
        masks.giveBack(stock);
        for (int i = 0; i < MARK_BYTES; i++) {
            token[MARK_BYTES + i] = (byte) (token[i] ^ mark[i]);
        }
        return key.id() + "." + Base64Url.encode(token);
    }

    /** Whether the token was made for that session under an accepted key; compared in constant time. */
    boolean fits(@Nullable String token, String sid, Instant now) {
        if (token == null || token.length() > LONGEST) {
            return false;
        }
        int dot = token.indexOf('.');
        if (dot < 1 || dot > LONGEST_KEY_ID) {
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
        return Arrays.copyOf(Hmac.sha256(mac(key), sid.getBytes(StandardCharsets.UTF_8)), MARK_BYTES);
    }

    private Mac mac(Key key) {
        HeldKeys.Held held = keys.held();
        Keyed known = keyed;
        if (known == null || known.held != held) {
            known = new Keyed(held, new ConcurrentHashMap<>());
            keyed = known;
        }
        Mac mac = known.macs.get(key);
        if (mac == null) {
            mac = Hmac.keyed(SealingKey.purposeKey(key, purpose));
            if (held.ring.key(key.id()).filter(key::equals).isPresent()) {
                known.macs.put(key, mac);
            }
        }
        return mac;
    }
}
