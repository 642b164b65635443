package dev.signet.benchmarks.server;

import dev.signet.benchmarks.Content;
import io.javalin.config.JavalinConfig;
import io.javalin.http.Context;
import org.jspecify.annotations.Nullable;

/** One way in which a server keeps sessions. Thread-safe. */
interface Keeping extends AutoCloseable {
    /** Long enough for a round, and what every way promises: so many seconds after its sign-in, at the earliest, a session ends by itself. */
    int IDLE_SECONDS = 1800;

    /** What the server needs for it. */
    default void prepare(JavalinConfig config) {}

    /** For those with long cookies: Jetty's cache of header fields is off, as Signet's plugin turns it off. */
    static void cacheNoHeaders(JavalinConfig config) {
        config.jetty.modifyHttpConfiguration(http -> http.setHeaderCacheSize(0));
    }

    /** Starts a session of this content; the answer carries its cookies. */
    void start(Context ctx, Content content);

    /** The content of the session that the request presents; null if it presents none that stands. */
    @Nullable
    Content open(Context ctx) throws Exception;

    @Override
    default void close() {}
}
