package dev.signet.token;

import dev.signet.keys.Key;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.Arrays;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Compact JWS (RFC 7515 §7.1) with {@code ES256} or {@code EdDSA}: hides nothing. The header has one spelling; {@code ctx} is there in nested tokens and
 * names the purpose, so that a signature made for one slot is none for another.
 */
final class SignedCodec implements TokenCodec {
    private static final Pattern HEADER = Pattern.compile(
            "\\{\"alg\":\"(ES256|EdDSA)\",\"kid\":\"([!-~&&[^\"\\\\]]{1,64})\",\"typ\":\"([a-z0-9+]+)\"(,\"ctx\":\"([^\"\\\\]+)\")?}");
    private static final int SIGNATURE_CHARS = 86;

    private final HeldKeys keys;
    private final TokenKind kind;
    private final String context;

    private SignedCodec(HeldKeys keys, TokenKind kind, String context) {
        this.keys = keys;
        this.kind = kind;
        this.context = context;
    }

    /** For tokens that every holder can read; issuer and audience are claims. */
    static SignedCodec readable(HeldKeys keys) {
        return new SignedCodec(keys, TokenKind.READABLE, "");
    }

    /** For the inside of a nested token. */
    static SignedCodec inside(HeldKeys keys, Purpose purpose) {
        return new SignedCodec(keys, purpose.kind(), purpose.context());
    }

    @Override
    public String seal(ClaimsWriter claims, Instant now) {
        Plaintext payload = new Plaintext();
        try {
            StrictJson.write(payload, new UniqueNames(), claims);
        } catch (IOException failed) {
            throw new UncheckedIOException(failed);
        }
        Key key = keys.signing(now);
        String input = Base64Url.encode(header(key).getBytes(StandardCharsets.US_ASCII)) + "."
                + Base64Url.encode(payload.toBytes());
        return input + "." + Base64Url.encode(Signatures.sign(key, input.getBytes(StandardCharsets.US_ASCII)));
    }

    private String header(Key key) {
        String end = context.isEmpty() ? "\"}" : "\",\"ctx\":\"" + context + "\"}";
        return "{\"alg\":\"" + key.algorithm() + "\",\"kid\":\"" + key.id() + "\",\"typ\":\"" + kind.typ() + end;
    }

    @Override
    public int sealedLength(int claimsLength) {
        int header = "{\"alg\":\"ES256\",\"kid\":\"\",\"typ\":\"\"}".length()
                + 12
                + kind.typ().length();
        int ctx = context.isEmpty() ? 0 : ",\"ctx\":\"\"".length() + context.length();
        return Base64Url.encodedLength(header + ctx) + 1 + Base64Url.encodedLength(claimsLength) + 1 + SIGNATURE_CHARS;
    }

    @Override
    public <T> Opened<T> open(String token, Instant now, ClaimsReader<T> reader) {
        if (token.length() > LONGEST_TOKEN) {
            return Opened.refused(Refusal.TOO_LONG);
        }
        int payloadAt = token.indexOf('.') + 1;
        int signatureAt = token.length() - SIGNATURE_CHARS;
        if (payloadAt < 2 || signatureAt - 1 <= payloadAt || token.indexOf('.', payloadAt) != signatureAt - 1) {
            return Opened.refused(Refusal.MALFORMED);
        }
        byte[] header = Base64Url.decode(token.substring(0, payloadAt - 1));
        byte[] payload = Base64Url.decode(token.substring(payloadAt, signatureAt - 1));
        byte[] signature = Base64Url.decode(token.substring(signatureAt));
        if (header == null || payload == null || signature == null || signature.length != Signatures.BYTES) {
            return Opened.refused(Refusal.MALFORMED);
        }
        Matcher fields = HEADER.matcher(new String(header, StandardCharsets.ISO_8859_1));
        if (!fields.matches()
                || !fields.group(3).equals(kind.typ())
                || !context.equals(fields.group(5) == null ? "" : fields.group(5))) {
            return Opened.refused(Refusal.HEADER);
        }
        Key key = keys.find(fields.group(2)).orElse(null);
        if (key == null || !key.algorithm().equals(fields.group(1))) {
            return Opened.refused(Refusal.UNKNOWN_KEY);
        }
        if (!key.acceptedAt(now)) {
            return Opened.refused(Refusal.RETIRED_KEY);
        }
        if (!Signatures.verify(
                key, token.substring(0, signatureAt - 1).getBytes(StandardCharsets.US_ASCII), signature)) {
            return Opened.refused(Refusal.FORGED);
        }
        try {
            return Opened.of(StrictJson.read(payload, payload.length, reader));
        } catch (IOException | RuntimeException unexpected) {
            return Opened.refused(Refusal.CLAIMS);
        } finally {
            Arrays.fill(payload, (byte) 0);
        }
    }
}
