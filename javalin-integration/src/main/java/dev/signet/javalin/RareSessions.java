package dev.signet.javalin;

import java.util.function.Consumer;
import org.eclipse.jetty.ee10.servlet.SessionHandler;
import org.eclipse.jetty.server.Request;
import org.eclipse.jetty.session.ManagedSession;
import org.jspecify.annotations.Nullable;

/**
 * Jetty's sessions for an application that nearly never has one: only the responses of requests that have one are watched, to release it at their end.
 * Jetty watches all, and what it wraps around each response is passed with everything that is read or written.
 */
final class RareSessions extends SessionHandler {
    private static final String WATCHED = RareSessions.class.getName();

    /** @param usual what the application would have had, for the settings that Javalin makes */
    RareSessions(SessionHandler usual) {
        setHttpOnly(usual.isHttpOnly());
        if (usual.getSameSite() != null) {
            setSameSite(usual.getSameSite());
        }
    }

    /** What Jetty asks for with every request. */
    @Override
    protected void addSessionStreamWrapper(Request request) {}

    @Override
    protected RequestedSession resolveRequestedSessionId(Request request) {
        RequestedSession requested = super.resolveRequestedSessionId(request);
        if (requested.session() != null) {
            watch(request);
        }
        return requested;
    }

    @Override
    public void newSession(@Nullable Request request, String requestedId, Consumer<ManagedSession> taker) {
        if (request != null) {
            watch(request);
        }
        super.newSession(request, requestedId, taker);
    }

    /** Once: what is watched twice is released twice. */
    private void watch(Request request) {
        if (request.setAttribute(WATCHED, true) == null) {
            super.addSessionStreamWrapper(request);
        }
    }
}
