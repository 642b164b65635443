package dev.signet.benchmarks.server;

import dev.signet.benchmarks.Content;
import io.javalin.http.Context;

/** No session: everybody gets the same content. */
final class NoSession implements Keeping {
    @Override
    public void start(Context ctx, Content content) {}

    @Override
    public Content open(Context ctx) {
        return Visitors.ADA;
    }
}
