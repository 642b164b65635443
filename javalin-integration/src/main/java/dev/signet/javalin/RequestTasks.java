package dev.signet.javalin;

import io.javalin.config.JavalinState;
import io.javalin.http.Context;
import io.javalin.http.servlet.JavalinServletContext;
import io.javalin.http.servlet.SubmitOrder;
import io.javalin.http.servlet.Task;
import io.javalin.http.servlet.TaskInitializer;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Consumer;
import kotlin.Unit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** What is done first and last in a request, ahead of all handlers and behind them in whatever order those were registered. */
final class RequestTasks {
    private static final Logger LOG = LoggerFactory.getLogger(RequestTasks.class);
    private static final AtomicBoolean WARNED = new AtomicBoolean();

    private RequestTasks() {}

    /**
     * Once the application is configured, or it could replace them.
     *
     * @param opener opens the request's sessions
     */
    static void add(JavalinState state, Consumer<Context> opener) {
        List<TaskInitializer<JavalinServletContext>> lifecycle = new ArrayList<>(state.servletRequestLifecycle);
        lifecycle.add(0, (tasks, servlet, ctx, path) -> {
            try {
                opener.accept(ctx);
            } catch (Throwable failed) {
                // Thrown by a task that nothing follows, so that it is answered as what a handler throws.
                tasks.invoke(SubmitOrder.LAST, new Task(true, () -> RequestTasks.<RuntimeException>rethrown(failed)));
            }
        });
        lifecycle.add((tasks, servlet, ctx, path) -> {
            if (!CommitHook.reaches(ctx)) {
                warn();
                tasks.invoke(SubmitOrder.LAST, new Task(false, () -> {
                    commit(ctx);
                    return Unit.INSTANCE;
                }));
            }
        });
        state.servletRequestLifecycle = lifecycle;
    }

    /** Whatever it is: a log written in Kotlin throws checked exceptions without saying so. */
    @SuppressWarnings("unchecked")
    private static <T extends Throwable> Unit rethrown(Throwable failed) throws T {
        throw (T) failed;
    }

    private static void warn() {
        if (WARNED.compareAndSet(false, true)) {
            LOG.warn(
                    "This server is not Jetty 12: cookies are added once the handlers are through, which is too late for"
                            + " responses that leave before, such as streams, does not happen after skipRemainingHandlers, and does"
                            + " not end event streams with their session");
        }
    }

    private static void commit(Context ctx) {
        RequestSessions sessions = ctx.attribute(RequestSessions.KEY);
        if (sessions != null && sessions.asked()) {
            sessions.commit(new ServletHead(ctx.res()));
        }
    }
}
