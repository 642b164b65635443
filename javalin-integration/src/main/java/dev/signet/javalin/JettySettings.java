package dev.signet.javalin;

import io.javalin.config.JavalinState;
import io.javalin.http.Context;
import jakarta.servlet.http.HttpSession;
import org.eclipse.jetty.ee10.servlet.ServletContextHandler;
import org.eclipse.jetty.ee10.servlet.SessionHandler;
import org.eclipse.jetty.server.HttpConfiguration;
import org.eclipse.jetty.session.NullSessionCache;
import org.eclipse.jetty.session.NullSessionDataStore;

/** What Jetty needs to be told so that cookies fit and nothing is left on the server. */
final class JettySettings {
    private static final int LARGEST_HEAD = 16 * 1024;
    private static final int USUAL_CACHE = new HttpConfiguration().getHeaderCacheSize();

    private JettySettings() {}

    /** Requests with every cookie that we allow, besides those of others: a browser whose requests are refused with 431 is locked out. */
    static void makeRoomForCookies(JavalinState state) {
        state.jetty.modifyHttpConfiguration(JettySettings::makeRoom);
    }

    /** Where nobody chose it, Jetty's cache of header fields is off: a browser's fields and long cookies drive each other out of it with every request. */
    private static void makeRoom(HttpConfiguration http) {
        http.setRequestHeaderSize(Math.max(LARGEST_HEAD, http.getRequestHeaderSize()));
        // Not only the maximum: a head that outgrows its first buffer is written again without its Connection header.
        http.setResponseHeaderSize(Math.max(LARGEST_HEAD, http.getResponseHeaderSize()));
        http.setMaxResponseHeaderSize(Math.max(LARGEST_HEAD, http.getMaxResponseHeaderSize()));
        if (http.getHeaderCacheSize() == USUAL_CACHE) {
            http.setHeaderCacheSize(0);
        }
        // Or, where there is a cache, a Cookie header is taken for an earlier one of its connection that differs in the
        // case of a letter.
        http.setHeaderCacheCaseSensitive(true);
    }

    /**
     * Javalin creates a Jetty session for every upgrade to a WebSocket, wanted or not, which would stay for ever, and its cookie. Here neither is kept.
     */
    static void leaveNoSessions(JavalinState state) {
        state.jetty.modifyServletContextHandler(JettySettings::hideSessions);
        state.routes.wsBeforeUpgrade(JettySettings::dropNewSession);
    }

    /** Ahead of what the application does to the handler of sessions, or puts in its place. */
    static void watchFewSessions(JavalinState state) {
        state.jettyInternal.servletContextHandlerConsumers.add(0, JettySettings::watchFewSessions);
    }

    private static void watchFewSessions(ServletContextHandler handler) {
        SessionHandler sessions = handler.getSessionHandler();
        if (sessions != null && sessions.getClass() == SessionHandler.class) {
            handler.setSessionHandler(new RareSessions(sessions));
        }
    }

    private static void hideSessions(ServletContextHandler handler) {
        SessionHandler sessions = handler.getSessionHandler();
        if (sessions != null) {
            sessions.setUsingCookies(false);
            sessions.setUsingUriParameters(false);
            NullSessionCache none = new NullSessionCache(sessions);
            none.setSessionDataStore(new NullSessionDataStore());
            sessions.setSessionCache(none);
        }
    }

    private static void dropNewSession(Context ctx) {
        HttpSession session = ctx.req().getSession(false);
        if (session != null && session.isNew()) {
            session.invalidate();
        }
    }
}
