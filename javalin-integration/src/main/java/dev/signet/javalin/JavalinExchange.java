package dev.signet.javalin;

import dev.signet.http.Exchange;
import io.javalin.http.Context;
import io.javalin.http.HttpResponseException;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** A request as Javalin tells of it. Thread-safe as far as that is. */
final class JavalinExchange implements Exchange {
    private final Context ctx;
    /** Null until a request becomes a socket. */
    private volatile @Nullable Map<String, List<String>> kept;

    JavalinExchange(Context ctx) {
        this.ctx = ctx;
    }

    /** By this method Javalin routes, so that an override cannot bring an unsafe request past the guard. */
    @Override
    public String method() {
        return ctx.method().name();
    }

    @Override
    public List<String> headers(String name) {
        Map<String, List<String>> known = kept;
        List<String> lines = known == null ? null : known.get(name);
        return lines != null ? lines : Collections.list(ctx.req().getHeaders(name));
    }

    /** A form that cannot be read has no token; what Javalin itself refuses, such as one that is too long, keeps its status. */
    @Override
    public @Nullable String formField(String name) {
        try {
            return ctx.isFormUrlencoded() ? ctx.formParam(name) : null;
        } catch (HttpResponseException refused) {
            throw refused;
        } catch (Exception unreadable) {
            return null;
        }
    }

    /** Keeps what a socket can still ask for after the server has reused the request. */
    void keepTickets() {
        kept = Map.of("Cookie", headers("Cookie"), "Authorization", headers("Authorization"));
    }
}
