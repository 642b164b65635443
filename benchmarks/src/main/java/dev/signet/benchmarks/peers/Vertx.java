package dev.signet.benchmarks.peers;

import dev.signet.benchmarks.Content;
import dev.signet.benchmarks.ContentJson;
import dev.signet.benchmarks.Peer;
import io.vertx.ext.web.Session;
import io.vertx.ext.web.sstore.SessionStore;
import io.vertx.ext.web.sstore.cookie.CookieSessionStore;
import java.time.Duration;

/** Vert.x's session in a cookie, as {@code CookieSessionStore} makes it. Simple values only, so the state is one text. */
final class Vertx implements Peer, AutoCloseable {
    private final io.vertx.core.Vertx vertx = io.vertx.core.Vertx.vertx();
    private final SessionStore store = CookieSessionStore.create(vertx, Secrets.text());

    @Override
    public String seal(Content content) {
        Session session = store.createSession(Duration.ofMinutes(30).toMillis());
        session.put("sid", content.sid());
        session.put("sub", content.subject());
        session.put("iat", content.issuedAt());
        session.put("exp", content.expires());
        session.put("state", ContentJson.text(content.state()));
        return session.value();
    }

    @Override
    public Content open(String token) {
        Session session = store.get(token).result();
        if (session == null) {
            throw new IllegalArgumentException("not authentic");
        }
        return new Content(
                        session.get("sid"),
                        session.get("sub"),
                        session.<Long>get("iat"),
                        session.<Long>get("exp"),
                        ContentJson.readState(session.get("state")))
                .unlessExpired();
    }

    @Override
    public void close() {
        store.close();
        vertx.close().toCompletionStage().toCompletableFuture().join();
    }
}
