package dev.signet.testing;

import dev.signet.Sessions;
import dev.signet.SignIn;
import dev.signet.Slot;
import dev.signet.http.CookieSettings;
import dev.signet.http.CsrfRefused;
import dev.signet.http.Exchange;
import dev.signet.http.NotSignedIn;
import dev.signet.http.ResponseHead;
import dev.signet.http.WebSession;
import dev.signet.http.WebSessions;
import dev.signet.keys.KeyRing;
import dev.signet.revocation.Revocations;
import io.javalin.Javalin;
import io.javalin.http.Context;
import io.javalin.http.Handler;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Set;
import java.util.function.BiConsumer;
import org.jspecify.annotations.Nullable;

/** An application with a session, adapted by hand: signet-javalin is built after this module. */
final class Shop {
    static final Slot<List<String>> CART = Slot.listOf("cart", String.class);

    final MovableClock clock = new MovableClock();
    private final WebSessions sessions;

    Shop() {
        this("shop", CookieSettings.DEFAULT);
    }

    Shop(String name, CookieSettings cookies) {
        sessions = WebSessions.with(Sessions.with(KeyRing.generate())
                        .name(name)
                        .revocations(Revocations.inMemory(clock))
                        .clock(clock)
                        .build())
                .cookies(cookies)
                .build();
    }

    WebSessions sessions() {
        return sessions;
    }

    Javalin javalin() {
        return Javalin.create(config -> {
            config.startup.showJavalinBanner = false;
            config.startup.showOldJavalinVersionWarning = false;
            config.routes.get("/me", page((ctx, session) -> ctx.result(session.subject())));
            config.routes.get("/form", page((ctx, session) -> ctx.result("<form>" + session.csrfField() + "</form>")));
            config.routes.get("/plain", ctx -> ctx.result("no form"));
            config.routes.get("/echo", ctx -> ctx.result(seen(ctx)));
            config.routes.post("/echo", ctx -> ctx.result(seen(ctx) + " " + ctx.body()));
            config.routes.post("/login", page((ctx, session) -> {
                session.start(SignIn.as(String.valueOf(ctx.formParam("user"))).carry(CART));
                ctx.redirect("/me");
            }));
            config.routes.post(
                    "/cart", page((ctx, session) -> session.update(CART, cart -> with(cart, ctx.formParam("item")))));
            config.routes.post("/empty", page((ctx, session) -> session.remove(CART)));
            config.routes.post("/logout", page((ctx, session) -> session.end()));
            config.routes.get("/away", ctx -> ctx.redirect("https://elsewhere.example/"));
            config.routes.exception(NotSignedIn.class, (e, ctx) -> ctx.status(401));
            config.routes.exception(CsrfRefused.class, (e, ctx) -> ctx.status(403));
        });
    }

    private Handler page(BiConsumer<Context, WebSession> handler) {
        return ctx -> {
            WebSession session = sessions.open(new Request(ctx));
            session.checkCsrf(ctx.path().equals("/login"));
            handler.accept(ctx, session);
            session.commit(new Head(ctx));
        };
    }

    private static List<String> with(List<String> cart, @Nullable String item) {
        List<String> more = new ArrayList<>(cart);
        more.add(String.valueOf(item));
        return more;
    }

    /** What a request says of where it comes from. */
    private static String seen(Context ctx) {
        return List.of("Origin", "Sec-Fetch-Site", "Sec-Fetch-Mode", "Sec-Fetch-Dest", "Accept", "Cookie").stream()
                .map(name -> String.valueOf(ctx.header(name)))
                .toList()
                .toString();
    }

    private record Request(Context ctx) implements Exchange {
        @Override
        public String method() {
            return ctx.method().name();
        }

        @Override
        public List<String> headers(String name) {
            return Collections.list(ctx.req().getHeaders(name));
        }

        @Override
        public @Nullable String formField(String name) {
            return ctx.formParam(name);
        }
    }

    private record Head(Context ctx) implements ResponseHead {
        @Override
        public List<String> headers(String name) {
            return List.copyOf(ctx.res().getHeaders(name));
        }

        @Override
        public void set(String name, String value) {
            ctx.res().setHeader(name, value);
        }

        @Override
        public void add(String name, String value) {
            ctx.res().addHeader(name, value);
        }

        @Override
        public void remove(Set<String> names) {
            names.forEach(name -> ctx.res().setHeader(name, null));
        }
    }
}
