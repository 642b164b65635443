package dev.signet.benchmarks.peers;

import dev.signet.benchmarks.Content;
import dev.signet.benchmarks.ContentJson;
import dev.signet.benchmarks.Peer;
import io.ktor.server.sessions.SessionTransportTransformerEncrypt;

/** Ktor's session cookie: AES-128-CBC and HMAC-SHA256 in hexadecimal over the content as text, with Ktor's defaults. */
final class Ktor implements Peer {
    private final SessionTransportTransformerEncrypt transformer = new SessionTransportTransformerEncrypt(
            Secrets.random(16), Secrets.random(32), Secrets::random, "AES", "HmacSHA256", false);

    @Override
    public String seal(Content content) {
        return transformer.transformWrite(ContentJson.text(content));
    }

    @Override
    public Content open(String token) {
        String json = transformer.transformRead(token);
        if (json == null) {
            throw new IllegalArgumentException("not authentic");
        }
        return ContentJson.read(json).unlessExpired();
    }
}
