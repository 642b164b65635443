package dev.signet.token;

import java.time.Instant;

/** Seals and opens the tokens of one purpose: bytes to token and back, without knowing what a session is. Thread-safe. */
public interface TokenCodec {
    /** The longest token that is looked at, in characters: what a cookie can hold (RFC 6265bis §5.6). */
    int LONGEST_TOKEN = 4096;

    String seal(ClaimsWriter claims, Instant now);

    /** Opens a token or says why not; nothing a stranger sends makes it throw. */
    <T> Opened<T> open(String token, Instant now, ClaimsReader<T> reader);

    /** The length of the token that {@link #seal} makes of so many bytes of claims. */
    int sealedLength(int claimsLength);
}
