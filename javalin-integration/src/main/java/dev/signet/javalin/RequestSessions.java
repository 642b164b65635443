package dev.signet.javalin;

import dev.signet.http.ResponseHead;
import dev.signet.http.Standing;
import dev.signet.http.WebSession;
import dev.signet.javalin.Definitions.Definition;
import io.javalin.http.Context;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;

/**
 * The sessions of one request, one of each definition, and the one commit that they share. Opening them costs next to nothing; the response is hooked when
 * the first of them is asked for. Thread-safe.
 */
final class RequestSessions {
    /** The request attribute that holds them. */
    static final String KEY = "dev.signet.sessions";

    private final Definitions definitions;
    private final OpenConnections connections;
    private final Context ctx;
    private final JavalinExchange exchange;
    private final Map<String, WebSession> sessions = new LinkedHashMap<>();
    private final Set<WebSession> asked = ConcurrentHashMap.newKeySet();
    private boolean hooked;
    private volatile @Nullable EventStream stream;
    private volatile boolean offJetty;

    RequestSessions(Definitions definitions, OpenConnections connections, Context ctx) {
        this.definitions = definitions;
        this.connections = connections;
        this.ctx = ctx;
        this.exchange = new JavalinExchange(ctx);
        definitions
                .all()
                .forEach(definition ->
                        sessions.put(definition.name(), definition.web().open(exchange)));
    }

    static RequestSessions of(@Nullable RequestSessions opened) {
        if (opened == null) {
            throw new IllegalStateException(
                    "the SessionPlugin is not registered: config.registerPlugin(new SessionPlugin(…))");
        }
        return opened;
    }

    WebSession ask() {
        return ask(definitions.first());
    }

    WebSession ask(String name) {
        return ask(definitions.named(name));
    }

    WebSession ask(Definition definition) {
        hook();
        WebSession session = session(definition);
        asked.add(session);
        return session;
    }

    private WebSession session(Definition definition) {
        WebSession session = sessions.get(definition.name());
        if (session == null) {
            throw new IllegalStateException("session '" + definition.name() + "' is of another plugin");
        }
        return session;
    }

    /** All of them, without asking for any. */
    Iterable<WebSession> all() {
        return sessions.values();
    }

    /** Whether a ticket of this definition came along, whatever it is worth. */
    boolean presented(Definition definition) {
        return exchange.presents(definition.name());
    }

    private synchronized void hook() {
        if (!hooked) {
            hooked = true;
            offJetty = !CommitHook.install(ctx.req(), this);
            if (ctx.res().isCommitted()) {
                tooLate();
            }
        }
    }

    /** The response is on its way before anybody asked: there is nothing to write yet, and nothing can be written any more. */
    private void tooLate() {
        if (CommitHook.isEventStream(ctx.res().getContentType())) {
            open(new EventStream(this, ctx.req()));
        }
        commit(Discarded.HEAD);
    }

    /** The upgrade to a socket, whose request is not there any more when the socket asks. It does not renew: a page that is left open would never end. */
    void upgrading() {
        exchange.keepCookies();
        hook();
        withoutRenewal();
    }

    void withoutRenewal() {
        sessions.values().forEach(WebSession::withoutRenewal);
    }

    /** Whether somebody asked, and nobody but an after-handler will write the answer. */
    boolean leftToAfterHandler() {
        return offJetty;
    }

    void commit(ResponseHead head) {
        sessions.values().forEach(session -> session.commit(head));
    }

    /** The response is an event stream, which stays open as long as its session stands. */
    void streaming() {
        withoutRenewal();
        open(new EventStream(this, ctx.req()));
    }

    private void open(EventStream opened) {
        stream = opened;
        connections.add(opened);
    }

    /** The request is over. */
    void over() {
        EventStream open = stream;
        if (open != null) {
            open.over();
            connections.remove(open);
        }
    }

    /** How the worst of those stands that were asked for. */
    Standing standing() {
        Standing worst = Standing.STANDING;
        for (WebSession session : asked) {
            Standing standing = session.standing();
            worst = standing.compareTo(worst) > 0 ? standing : worst;
        }
        return worst;
    }

    /** The head of a response that has left. */
    private enum Discarded implements ResponseHead {
        HEAD;

        @Override
        public List<String> headers(String name) {
            return List.of();
        }

        @Override
        public void set(String name, String value) {}

        @Override
        public void add(String name, String value) {}

        @Override
        public void remove(String name) {}
    }
}
