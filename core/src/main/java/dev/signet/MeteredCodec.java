package dev.signet;

import dev.signet.token.ClaimsReader;
import dev.signet.token.ClaimsWriter;
import dev.signet.token.Opened;
import dev.signet.token.TokenCodec;
import java.time.Instant;

/**
 * A codec that tells how long its tokens are and how long they take. Put around another one only where somebody listens, so that nobody else pays for it.
 *
 * @param kind what its tokens are, as {@link SessionListener#sealed} says
 */
record MeteredCodec(TokenCodec codec, String kind, SessionListener listener) implements TokenCodec {
    static TokenCodec around(TokenCodec codec, String kind, SessionListener listener) {
        return listener.measures() ? new MeteredCodec(codec, kind, listener) : codec;
    }

    @Override
    public String seal(ClaimsWriter claims, Instant now) {
        long before = System.nanoTime();
        String token = codec.seal(claims, now);
        listener.sealed(kind, token.length(), System.nanoTime() - before);
        return token;
    }

    /** Tells nothing of tokens that are refused, which strangers may make as they like. */
    @Override
    public <T> Opened<T> open(String token, Instant now, ClaimsReader<T> reader) {
        long before = System.nanoTime();
        Opened<T> opened = codec.open(token, now, reader);
        if (opened.value() != null) {
            listener.opened(kind, System.nanoTime() - before);
        }
        return opened;
    }

    @Override
    public int sealedLength(int claimsLength) {
        return codec.sealedLength(claimsLength);
    }
}
