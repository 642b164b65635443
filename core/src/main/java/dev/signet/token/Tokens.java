package dev.signet.token;

import java.time.Instant;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;

/** All that is done with keys for one application and session name: a codec for each purpose, and the marks of CSRF tokens. Thread-safe. */
public final class Tokens implements AutoCloseable {
    /** Slot names come out of cookies as well, so what is kept for them is bounded. */
    private static final int MOST_SLOTS = 256;

    private final HeldKeys keys;
    private final Purpose tickets;
    private final boolean signed;
    private final CsrfTokens csrf;
    private final Map<Purpose, TokenCodec> codecs = new ConcurrentHashMap<>();
    private final Map<String, TokenCodec> slots = new ConcurrentHashMap<>();

    /**
     * @param signed whether tokens are signed before they are encrypted
     */
    public Tokens(HeldKeys keys, String application, String session, boolean signed) {
        this.keys = keys;
        this.tickets = new Purpose(application, Purpose.requireName("session name", session), TokenKind.TICKET, "");
        this.signed = signed;
        this.csrf = new CsrfTokens(keys, tickets.with(TokenKind.CSRF));
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

    /** A CSRF token of a session, under the primary key; different each time. */
    public String csrfToken(String sid, Instant now) {
        return csrf.token(sid, now);
    }

    /** Whether this CSRF token was made for that session under an accepted key; compared in constant time. */
    public boolean csrfTokenFits(@Nullable String token, String sid, Instant now) {
        return csrf.fits(token, sid, now);
    }

    @Override
    public void close() {
        keys.close();
    }
}
