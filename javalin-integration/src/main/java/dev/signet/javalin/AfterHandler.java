package dev.signet.javalin;

import dev.signet.http.ResponseHead;
import io.javalin.http.Context;
import io.javalin.http.servlet.SubmitOrder;
import io.javalin.http.servlet.Task;
import jakarta.servlet.http.HttpServletResponse;
import java.util.List;
import java.util.Set;
import kotlin.Unit;
import kotlin.jvm.functions.Function2;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Adds cookies once the handlers are through, where the server is not Jetty and has no better moment to offer. */
final class AfterHandler {
    private static final Logger LOG = LoggerFactory.getLogger(AfterHandler.class);

    private AfterHandler() {}

    /** The last task of a request. */
    static void submit(Function2<? super SubmitOrder, ? super Task, Unit> tasks, Context ctx) {
        if (!CommitHook.reaches(ctx.req())) {
            tasks.invoke(SubmitOrder.LAST, new Task(false, () -> commit(ctx)));
        }
    }

    private static Unit commit(Context ctx) {
        RequestSessions sessions = ctx.attribute(RequestSessions.KEY);
        if (sessions != null) {
            sessions.commit(head(ctx.res()));
        }
        return Unit.INSTANCE;
    }

    static ResponseHead head(HttpServletResponse response) {
        return new Head(response);
    }

    private record Head(HttpServletResponse response) implements ResponseHead {
        @Override
        public List<String> headers(String name) {
            return List.copyOf(response.getHeaders(name));
        }

        @Override
        public void set(String name, String value) {
            response.setHeader(name, value);
        }

        @Override
        public void add(String name, String value) {
            if (response.isCommitted() && name.equals("Set-Cookie")) {
                LOG.error(
                        "A response was sent without a cookie that it should have had, since it left before its handlers were through");
            }
            response.addHeader(name, value);
        }

        @Override
        public void remove(Set<String> names) {
            names.forEach(this::remove);
        }

        /** Before Servlet 6.1 there is no way to remove a header, but to make it say nothing. */
        private void remove(String name) {
            if (response.containsHeader(name)) {
                response.setHeader(name, null);
            }
            if (response.containsHeader(name)) {
                response.setHeader(name, "");
            }
        }
    }
}
