package dev.signet.javalin;

import dev.signet.http.BearerSession;
import dev.signet.http.RequestSession;
import dev.signet.http.ResponseHead;
import dev.signet.http.Standing;
import dev.signet.http.WebSession;
import dev.signet.javalin.Definitions.Definition;
import dev.signet.keys.PublicKeys;
import io.javalin.http.Context;
import java.util.List;
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
    private final List<RequestSession> sessions;
    private volatile boolean hooked;
    private volatile boolean bearerOnly;
    private volatile @Nullable EventStream stream;

    RequestSessions(Definitions definitions, OpenConnections connections, Context ctx) {
        this.definitions = definitions;
        this.connections = connections;
        this.ctx = ctx;
        this.exchange = new JavalinExchange(ctx);
        this.sessions = definitions.open(exchange);
    }

    static RequestSessions of(@Nullable RequestSessions opened) {
        if (opened == null) {
            throw new IllegalStateException(
                    "the SessionPlugin is not registered: config.registerPlugin(new SessionPlugin(…))");
        }
        return opened;
    }

    /** The first that comes in cookies. */
    WebSession cookies() {
        return cookies(definitions.cookies());
    }

    WebSession cookies(String name) {
        return cookies(definitions.named(name));
    }

    /** @throws IllegalStateException on a route of a bearer session, where no request is checked for being caused by another site */
    WebSession cookies(Definition definition) {
        if (bearerOnly && !definition.bearer()) {
            throw new IllegalStateException("session '" + definition.name()
                    + "' in a route with the roles of a bearer session: a route has the one or the other");
        }
        if (ask(definition) instanceof WebSession session) {
            return session;
        }
        throw new IllegalStateException(
                "session '" + definition.name() + "' comes in the Authorization header: use bearer(…)");
    }

    /** The first that comes in the {@code Authorization} header. */
    BearerSession bearer() {
        return bearer(definitions.bearer());
    }

    BearerSession bearer(String name) {
        return bearer(definitions.named(name));
    }

    private BearerSession bearer(Definition definition) {
        if (ask(definition) instanceof BearerSession session) {
            return session;
        }
        throw new IllegalStateException("session '" + definition.name() + "' comes in cookies: use session(…)");
    }

    PublicKeys publicKeys() {
        return definitions.readable().sessions().publicKeys();
    }

    RequestSession ask(Definition definition) {
        if (!hooked) {
            hook();
        }
        return sessions.get(definitions.placeOf(definition));
    }

    /** Whose roles the route has, if anybody's. */
    void ownedBy(@Nullable Definition owner) {
        boolean bearer = owner != null && owner.bearer();
        // Nearly always it is: to read takes less time than to write what other threads read.
        if (bearer != bearerOnly) {
            bearerOnly = bearer;
        }
    }

    /** All of them, without asking for any. */
    Iterable<RequestSession> all() {
        return sessions;
    }

    private synchronized void hook() {
        if (!hooked) {
            if (!CommitHook.install(ctx, this)) {
                tooLate();
            }
            hooked = true;
        }
    }

    /** The response is on its way before anybody asked: there is nothing to write yet, and nothing can be written any more. */
    private void tooLate() {
        if (CommitHook.isEventStream(ctx.res().getContentType())) {
            open(new EventStream(this, ctx.req()));
        }
        commit(new ServletHead(ctx.res()));
    }

    /** The upgrade to a socket, whose request is not there any more when the socket asks. It does not renew: a page that is left open would never end. */
    void upgrading() {
        exchange.keepTickets();
        hook();
        withoutRenewal();
    }

    void withoutRenewal() {
        sessions.forEach(session -> {
            if (session instanceof WebSession inCookies) {
                inCookies.withoutRenewal();
            }
        });
    }

    /** Whether anybody asked for one. */
    boolean asked() {
        return hooked;
    }

    void commit(ResponseHead head) {
        sessions.forEach(session -> session.commit(head));
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

    /** How the worst of those stands that were asked for: others stand. */
    Standing standing() {
        Standing worst = Standing.STANDING;
        for (RequestSession session : sessions) {
            Standing standing = session.standing();
            worst = standing.compareTo(worst) > 0 ? standing : worst;
        }
        return worst;
    }
}
