package dev.signet.token;

import java.time.Instant;

/** Signed, then encrypted (RFC 7519 §11.2): a JWS inside of a JWE of its own kind, exactly two deep. */
final class NestedCodec implements TokenCodec {
    private final SignedCodec inside;
    private final EncryptedCodec outside;

    NestedCodec(HeldKeys keys, Purpose purpose) {
        this.inside = SignedCodec.inside(keys, purpose);
        this.outside = new EncryptedCodec(keys, purpose.with(TokenKind.NESTED));
    }

    @Override
    public String seal(ClaimsWriter claims, Instant now) {
        return outside.sealText(inside.seal(claims, now), now);
    }

    @Override
    public int sealedLength(int claimsLength) {
        return outside.sealedLength(inside.sealedLength(claimsLength));
    }

    @Override
    public <T> Opened<T> open(String token, Instant now, ClaimsReader<T> reader) {
        Opened<String> signed = outside.openText(token, now);
        return signed.value() == null ? new Opened<>(null, signed.refusal()) : inside.open(signed.value(), now, reader);
    }
}
