package dev.signet.benchmarks.server;

import dev.signet.benchmarks.Content;
import dev.signet.benchmarks.Content.Item;
import dev.signet.benchmarks.ContentJson;
import io.javalin.Javalin;
import io.javalin.config.JavalinConfig;
import io.javalin.http.Handler;
import org.eclipse.jetty.util.thread.QueuedThreadPool;

/** The server that is measured, the same one but for how it keeps sessions: a line about the session's content, and what is needed to check it. */
final class Endpoint implements AutoCloseable {
    /** The cookie of those that name it themselves. */
    static final String COOKIE = "session";
    /** The threads that answer; more than there are connections. */
    static final int WORKERS = 32;

    private final Keeping keeping;
    private final Javalin javalin;

    private Endpoint(Keeping keeping) {
        this.keeping = keeping;
        this.javalin = Javalin.create(this::configure);
    }

    static Endpoint start(Variant variant, int redis) throws Exception {
        Endpoint endpoint = new Endpoint(variant.keeping(redis));
        endpoint.javalin.start("127.0.0.1", 0);
        return endpoint;
    }

    private void configure(JavalinConfig config) {
        config.startup.showJavalinBanner = false;
        config.startup.showOldJavalinVersionWarning = false;
        config.startup.startupWatcherEnabled = false;
        config.jetty.threadPool = new QueuedThreadPool(WORKERS, WORKERS);
        keeping.prepare(config);
        config.routes.get("/me", answer(Endpoint::line));
        config.routes.get("/content", answer(ContentJson::text));
        config.routes.post("/sign-in/{subject}", ctx -> keeping.start(ctx, Visitors.named(ctx.pathParam("subject"))));
    }

    private interface Answer {
        String to(Content content);
    }

    private Handler answer(Answer answer) {
        return ctx -> {
            Content content = keeping.open(ctx);
            if (content == null) {
                ctx.status(401);
            } else {
                ctx.result(answer.to(content));
            }
        };
    }

    /** What is said about the content: takes some of each part of it. */
    static String line(Content content) {
        long cents = 0;
        for (Item item : content.state().cart()) {
            cents += item.quantity() * item.cents();
        }
        return content.subject() + " " + content.state().theme() + " "
                + content.state().locale() + " " + content.state().cart().size() + " " + cents;
    }

    int port() {
        return javalin.port();
    }

    @Override
    public void close() {
        javalin.stop();
        keeping.close();
    }
}
