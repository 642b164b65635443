package dev.signet.javalin;

import dev.signet.http.Exchange;
import io.javalin.http.Context;
import java.util.Collections;
import java.util.List;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** A request as Javalin tells of it. Thread-safe as far as that is. */
final class JavalinExchange implements Exchange {
    private static final String COOKIE = "Cookie";

    private final Context ctx;
    private volatile @Nullable List<String> cookies;

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
        List<String> kept = cookies;
        return kept != null && name.equals(COOKIE)
                ? kept
                : Collections.list(ctx.req().getHeaders(name));
    }

    @Override
    public @Nullable String formField(String name) {
        return ctx.isFormUrlencoded() ? ctx.formParam(name) : null;
    }

    /** Keeps what a socket can still ask for after the server has reused the request. */
    void keepCookies() {
        cookies = headers(COOKIE);
    }

    /** Whether there is a ticket of this session name. */
    boolean presents(String session) {
        return headers(COOKIE).stream()
                .flatMap(line -> Stream.of(line.split(";")))
                .map(cookie -> cookie.strip().split("=", 2)[0])
                .anyMatch(name -> isTicket(name, session));
    }

    private static boolean isTicket(String cookie, String session) {
        return Stream.of("__Host-", "__Secure-")
                .map(prefix -> prefix + session)
                .anyMatch(ticket -> cookie.equals(ticket) || cookie.equals(ticket + "-visitor"));
    }
}
