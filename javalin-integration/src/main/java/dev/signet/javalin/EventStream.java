package dev.signet.javalin;

import dev.signet.http.Standing;
import jakarta.servlet.http.HttpServletRequest;

/** A response of server-sent events, which the browser opens again when it ends. Thread-safe. */
final class EventStream implements OpenConnections.Connection {
    private final RequestSessions sessions;
    private final HttpServletRequest request;
    private boolean over;

    EventStream(RequestSessions sessions, HttpServletRequest request) {
        this.sessions = sessions;
        this.request = request;
    }

    @Override
    public Standing standing() {
        return sessions.standing();
    }

    /** Completes the response; not yet, while its handler has not gone asynchronous. A request that is over may serve somebody else by now. */
    @Override
    public synchronized boolean end(Standing why) {
        if (!over && !request.isAsyncStarted()) {
            return false;
        }
        if (!over) {
            request.getAsyncContext().complete();
        }
        return true;
    }

    synchronized void over() {
        over = true;
    }
}
