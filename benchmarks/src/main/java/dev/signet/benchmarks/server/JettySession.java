package dev.signet.benchmarks.server;

import dev.signet.benchmarks.Content;
import io.javalin.config.JavalinConfig;
import io.javalin.http.Context;
import org.eclipse.jetty.ee10.servlet.SessionHandler;
import org.jspecify.annotations.Nullable;

/** Jetty's own session, which holds the content as an object in the server's memory. */
final class JettySession implements Keeping {
    private static final String CONTENT = "content";

    @Override
    public void prepare(JavalinConfig config) {
        config.jetty.modifyServletContextHandler(context -> {
            SessionHandler sessions = new SessionHandler();
            sessions.setHttpOnly(true);
            sessions.setMaxInactiveInterval(IDLE_SECONDS);
            context.setSessionHandler(sessions);
        });
    }

    @Override
    public void start(Context ctx, Content content) {
        ctx.sessionAttribute(CONTENT, content);
    }

    @Override
    public @Nullable Content open(Context ctx) {
        return ctx.sessionAttribute(CONTENT);
    }
}
