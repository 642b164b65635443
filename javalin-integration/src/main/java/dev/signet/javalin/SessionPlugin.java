package dev.signet.javalin;

import dev.signet.Assurance;
import dev.signet.Lifetime;
import dev.signet.SessionIndex;
import dev.signet.SessionLimit;
import dev.signet.SessionListener;
import dev.signet.Sessions;
import dev.signet.Slot;
import dev.signet.TokenFormat;
import dev.signet.http.BearerSession;
import dev.signet.http.CookieSettings;
import dev.signet.http.Csrf;
import dev.signet.http.SiteData;
import dev.signet.http.WebSession;
import dev.signet.http.WebSessions;
import dev.signet.keys.KeyRing;
import dev.signet.keys.PublicKeys;
import dev.signet.revocation.Revocations;
import io.javalin.config.JavalinState;
import io.javalin.http.Context;
import io.javalin.plugin.ContextPlugin;
import io.javalin.security.RouteRole;
import io.javalin.websocket.WsContext;
import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * Sessions for a Javalin application. Thread-safe once it is made.
 *
 * <pre>{@code
 * config.registerPlugin(new SessionPlugin(s -> s.keys = KeyRing.load(Path.of("keys.jwks"))));
 * config.routes.get("/me", ctx -> ctx.result(session(ctx).subject()));
 * }</pre>
 *
 * <p>Register it before handlers of your own that run before routes: {@code beforeMatched} and {@code wsBeforeUpgrade} handlers then find requests already guarded. {@code before} handlers run
 * ahead of the guard, and where there is no route too: let them change nothing that another site could want changed.
 */
public final class SessionPlugin extends ContextPlugin<SessionPlugin.Config, WebSession> {
    private final Definitions definitions;
    private final OpenConnections connections = new OpenConnections();

    /** @throws IllegalArgumentException naming a setting that is missing or excludes another */
    public SessionPlugin(Consumer<Config> config) {
        super(config, new Config());
        definitions = Definitions.of(pluginConfig);
    }

    /** This request's session in cookies, as {@code ctx.with(SessionPlugin.class)} gives it too. */
    public static WebSession session(Context ctx) {
        RequestSessions opened = ctx.attribute(RequestSessions.KEY);
        return opened != null ? opened.cookies() : ctx.with(SessionPlugin.class);
    }

    /**
     * This request's session of a definition that was added with {@link Config#also}.
     *
     * @throws IllegalArgumentException if there is none of this name
     */
    public static WebSession session(Context ctx, String name) {
        if (ctx.attribute(RequestSessions.KEY) == null) {
            ctx.with(SessionPlugin.class);
        }
        return RequestSessions.of(ctx.attribute(RequestSessions.KEY)).cookies(name);
    }

    /**
     * This request's bearer session: the first definition that is {@link Config#bearer}.
     *
     * @throws IllegalStateException if there is none, or if a {@code wsBeforeUpgrade} handler asks that was registered before the plugin
     */
    public static BearerSession bearer(Context ctx) {
        return RequestSessions.of(ctx.attribute(RequestSessions.KEY)).bearer();
    }

    /** As {@link #bearer(Context)}, of the definition of this name. */
    public static BearerSession bearer(Context ctx, String name) {
        return RequestSessions.of(ctx.attribute(RequestSessions.KEY)).bearer(name);
    }

    /** The bearer session of the request that opened this socket. */
    public static BearerSession bearer(WsContext ctx) {
        return RequestSessions.of(ctx.attribute(RequestSessions.KEY)).bearer();
    }

    /** As {@link #bearer(WsContext)}, of the definition of this name. */
    public static BearerSession bearer(WsContext ctx, String name) {
        return RequestSessions.of(ctx.attribute(RequestSessions.KEY)).bearer(name);
    }

    /**
     * Answers with the keys that verify the tickets of {@link Config#readableByHolder} elsewhere (RFC 7517 §5):
     * {@code config.routes.get("/jwks.json", SessionPlugin::publicKeys)}.
     *
     * @throws IllegalStateException if no definition has such tickets
     */
    public static void publicKeys(Context ctx) {
        PublicKeys keys = RequestSessions.of(ctx.attribute(RequestSessions.KEY)).publicKeys();
        ctx.contentType(PublicKeys.CONTENT_TYPE)
                .header("Cache-Control", keys.cacheControl())
                .result(keys.jwkSet());
    }

    /**
     * The session of the request that opened this socket. It can only be read, since the upgrade was the last response that could carry cookies.
     *
     * @throws IllegalStateException if the plugin is not registered
     */
    public static WebSession session(WsContext ctx) {
        return RequestSessions.of(ctx.attribute(RequestSessions.KEY)).cookies();
    }

    /** As {@link #session(WsContext)}, of a definition that was added with {@link Config#also}. */
    public static WebSession session(WsContext ctx, String name) {
        return RequestSessions.of(ctx.attribute(RequestSessions.KEY)).cookies(name);
    }

    /** What issues, verifies and revokes: for administration, metrics and tests. */
    public Sessions sessions() {
        return definitions.first().sessions();
    }

    /** @throws IllegalArgumentException if there is no definition of this name */
    public Sessions sessions(String name) {
        return definitions.named(name).sessions();
    }

    /** The sessions with their cookies: for tests, which {@code signet-testing} makes short. */
    public WebSessions webSessions() {
        return definitions.cookies().cookies();
    }

    /** @throws IllegalArgumentException if there is no definition of this name */
    public WebSessions webSessions(String name) {
        return definitions.named(name).cookies();
    }

    /** Called by Javalin. */
    @Override
    public WebSession createExtension(Context ctx) {
        return opened(ctx).cookies();
    }

    private RequestSessions opened(Context ctx) {
        RequestSessions sessions = ctx.attribute(RequestSessions.KEY);
        if (sessions == null) {
            sessions = new RequestSessions(definitions, connections, ctx);
            ctx.attribute(RequestSessions.KEY, sessions);
        }
        return sessions;
    }

    /** Called by Javalin. */
    @Override
    public void onInitialize(JavalinState state) {
        Guard guard = new Guard(definitions, this::opened);
        guard.checkRoutes(state);
        ErrorAnswers.register(state);
        if (!pluginConfig.keepJettySessions) {
            JettySettings.watchFewSessions(state);
            JettySettings.leaveNoSessions(state);
        }
        state.routes.beforeMatched(guard::beforeHandler);
        state.routes.wsBeforeUpgrade(guard::beforeUpgrade);
        connections.watchSockets(state);
    }

    /** Called by Javalin. */
    @Override
    public void onStart(JavalinState state) {
        definitions.warn();
        JettySettings.makeRoomForCookies(state);
        // First in every request: a sign-in is overtaken by what was revoked after it arrived.
        RequestTasks.add(state, this::opened);
        state.events.serverStarting(this::start);
        state.events.serverStopped(this::stop);
        state.events.serverStartFailed(this::stop);
    }

    private void start() {
        definitions.revocations().forEach(Revocations::start);
        connections.start(definitions.revocations());
    }

    private void stop() {
        connections.close();
        definitions.close();
    }

    /** Ends the open connections whose session does not stand any more. */
    void sweep() {
        connections.sweep();
    }

    /** Settings of {@link SessionPlugin}; each has a default but {@link #keys}. Not thread-safe. */
    public static final class Config {
        static final Csrf GUARDED = Csrf.on();
        static final SessionListener NOBODY = new SessionListener() {};

        /** What seals tickets and slots. */
        public @Nullable KeyRing keys;

        /** Default {@code app}. Tokens of another application do not open, whatever keys they share: 1 to 64 of {@code A-Z a-z 0-9 . _ -}. */
        public @Nullable String application;

        /** Default {@code session}: the name in the cookies, 1 to 16 of {@code a-z 0-9}. */
        public String name = "session";

        /** Default {@link Lifetime#DEFAULT}. */
        public Lifetime lifetime = Lifetime.DEFAULT;

        /** The lifetime of {@code SignIn.remember()}; default {@link Lifetime#REMEMBERED}. */
        public Lifetime remembered = Lifetime.REMEMBERED;

        /** A level that no lifetime of sessions may exceed, the remembered one included; default none. */
        public @Nullable Assurance assurance;

        /** Why lifetimes longer than {@link #assurance} allows are accepted, with a warning at the start; default: they are not. */
        public @Nullable String assuranceExceededBecause;

        /** How long a visitor's slots stay; default as {@link #lifetime}. */
        public @Nullable Lifetime visitors;

        /** The slots that the application uses, so that a sum of maxima over the budget is found at the start and not by a visitor. */
        public List<? extends Slot<?>> slots = List.of();

        /** The enum of the roles that guard routes of this session; without one, routes can only be public or {@link SessionRoute#SIGNED_IN}. */
        public @Nullable Class<? extends RouteRole> roles;

        /**
         * Where sign-outs are recorded; default {@link Revocations#inMemory}, which a restart forgets. Is started and closed with the server, so give each
         * application its own; these may share a log.
         */
        public @Nullable Revocations revocations;

        /**
         * Lists the live sessions of each person, for {@code sessions().devices()}; default nothing does. Is closed with the server. Belongs to this session
         * alone: one that is added with {@link #also} gets an index of its own, or none.
         */
        public @Nullable SessionIndex index;

        /** How many sessions a person may have at a time; default as many as they like. Needs an {@link #index}. */
        public @Nullable SessionLimit limit;

        /** Default {@link TokenFormat#ENCRYPTED}. */
        public TokenFormat format = TokenFormat.ENCRYPTED;

        /**
         * Whether tickets come in the {@code Authorization} header (RFC 6750 §2.1) and never in a cookie: for API clients; default false. Then handlers ask
         * {@link SessionPlugin#bearer(Context)}, and there are no cookies, slots, visitors and CSRF checks. Needs a {@link #name} of its own.
         */
        public boolean bearer;

        /** Default {@link Csrf#on()}. */
        public Csrf csrf = GUARDED;

        /** Default {@link CookieSettings#DEFAULT}. */
        public CookieSettings cookies = CookieSettings.DEFAULT;

        /** What a browser is told to clear at a sign-out, besides our cookies; default nothing. */
        public Set<SiteData> clearSiteData = Set.of();

        /** Default the system's; tests bring one that they can move. Its {@code millis()} has to tell the same as its {@code instant()}. */
        public @Nullable InstantSource clock;

        /** How far in the future a ticket may have been issued, by another machine's clock: 0 to 10 minutes, default 30 seconds. */
        public Duration skew = Duration.ofSeconds(30);

        /** Is told what happens, for metrics and audit logs. */
        public SessionListener listener = NOBODY;

        /**
         * Whether the application uses Jetty's own sessions ({@code ctx.sessionAttribute}) on purpose. Otherwise their cookie is switched off, the one
         * that Javalin creates with every WebSocket is dropped again, and Jetty's usual handler of sessions is replaced by one that wraps only the responses
         * of requests that have one of these sessions.
         */
        public boolean keepJettySessions;

        @Nullable
        ReadBy readable;

        /** Who makes readable tickets, and for whom. */
        record ReadBy(String issuer, String audience) {}

        final Map<String, Lifetime> lifetimes = new LinkedHashMap<>();
        final List<Config> more = new ArrayList<>();

        Config() {}

        /** Adds a lifetime that {@code SignIn.lifetime(name)} can choose: 1 to 16 of {@code a-z 0-9}. */
        public void lifetime(String shortName, Lifetime value) {
            lifetimes.put(shortName, value);
        }

        /**
         * Tickets of a {@link #bearer} session are signed and not encrypted, for a {@link dev.signet.Verifier} elsewhere: as
         * {@link dev.signet.SessionsBuilder#readableByHolder}.
         */
        public void readableByHolder(String issuer, String audience) {
            readable = new ReadBy(issuer, audience);
        }

        /**
         * Adds another session beside this one, for {@code session(ctx, name)}, with cookies and roles of its own. Keys, application, clock, revocations, listener
         * and CSRF guard are this one's unless set. In shared revocations a subject is the same person everywhere: where strangers choose their names, set others.
         *
         * @param name its {@link #name}
         */
        public void also(String name, Consumer<Config> settings) {
            Config config = new Config();
            settings.accept(config);
            config.name = name;
            more.add(config);
        }
    }
}
