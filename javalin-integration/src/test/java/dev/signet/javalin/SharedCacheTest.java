package dev.signet.javalin;

import static dev.signet.javalin.SessionPlugin.session;
import static org.assertj.core.api.Assertions.assertThat;

import dev.signet.Keeps;
import dev.signet.Session;
import dev.signet.Slot;
import dev.signet.Tries;
import io.javalin.config.JavalinConfig;
import io.javalin.http.Context;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** A shared cache between browsers and the application: nobody ever gets another person's page or cookie. */
@Keeps({"H1", "H2"})
@Tries(47)
class SharedCacheTest {
    private static final List<Integer> STATUSES = List.of(200, 203, 301, 302, 404, 410, 500);

    private final AtomicInteger views = new AtomicInteger();
    private final App app = App.start(this::routes);
    private final String ada = "Cookie: " + app.plugin.webSessions().cookieHeader(app.session("ada"));
    private final String bob = "Cookie: " + app.plugin.webSessions().cookieHeader(app.session("bob"));

    private void routes(JavalinConfig config) {
        config.routes.get("/page/{status}", ctx -> {
            inviteCaches(ctx);
            ctx.status(Integer.parseInt(ctx.pathParam("status"))).result("for " + who(ctx));
        });
        config.routes.get("/cart/{status}", ctx -> {
            session(ctx).update(Slot.text("cart"), text -> text + "x");
            inviteCaches(ctx);
            ctx.status(Integer.parseInt(ctx.pathParam("status"))).result("done");
        });
        config.routes.get("/token", ctx -> {
            inviteCaches(ctx);
            ctx.result(session(ctx).csrfToken());
        });
        config.routes.get("/tagged", ctx -> {
            inviteCaches(ctx);
            ctx.header("ETag", "\"1\"");
            String page = "for " + who(ctx);
            ctx.status("\"1\"".equals(ctx.header("If-None-Match")) ? 304 : 200).result(page);
        });
        config.routes.get(
                "/guarded",
                ctx -> {
                    inviteCaches(ctx);
                    ctx.result("for " + who(ctx));
                },
                SessionRoute.SIGNED_IN);
        config.routes.get("/broken", ctx -> {
            inviteCaches(ctx);
            throw new IllegalStateException(who(ctx));
        });
        config.routes.get("/public", ctx -> {
            inviteCaches(ctx);
            ctx.result("view " + views.incrementAndGet());
        });
    }

    private static void inviteCaches(Context ctx) {
        ctx.header("Cache-Control", "public, max-age=3600, s-maxage=3600");
        ctx.header("CDN-Cache-Control", "max-age=3600");
        ctx.header("Surrogate-Control", "max-age=3600");
        ctx.header("X-Accel-Expires", "3600");
        ctx.header("Expires", "Thu, 31 Dec 2099 23:59:59 GMT");
    }

    private static String who(Context ctx) {
        return session(ctx).current().map(Session::subject).orElse("nobody");
    }

    @AfterEach
    void stop() {
        app.close();
    }

    static Stream<Arguments> pages_and_caches() {
        return STATUSES.stream()
                .flatMap(status -> Stream.of(true, false).map(minding -> Arguments.of("/page/" + status, minding)));
    }

    @ParameterizedTest
    @MethodSource("pages_and_caches")
    void gives_nobody_the_page_of_another(String page, boolean minding) {
        CachingProxy proxy = new CachingProxy(app.port(), minding);
        for (String method : List.of("GET ", "HEAD ", "GET ")) {
            for (int round = 0; round < 2; round++) {
                assertThat(proxy.send(method + page, ada).body()).doesNotContain("bob", "nobody");
                assertThat(proxy.send(method + page, bob, "Range: bytes=0-3").body())
                        .doesNotContain("ada", "nobody");
                assertThat(proxy.send(method + page).body()).doesNotContain("ada", "bob");
            }
        }
    }

    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void gives_nobody_the_cookie_of_another(boolean minding) {
        CachingProxy proxy = new CachingProxy(app.port(), minding);
        for (int status : STATUSES) {
            Answer first = proxy.send("GET /cart/" + status);
            Answer second = proxy.send("GET /cart/" + status);
            assertThat(first.setCookies()).hasSize(2);
            assertThat(second.setCookies()).hasSize(2).doesNotContainAnyElementsOf(first.setCookies());
        }
        assertThat(proxy.send("GET /token").body())
                .isNotEqualTo(proxy.send("GET /token").body());
        assertThat(proxy.hits()).isZero();
    }

    @ParameterizedTest
    @ValueSource(strings = {"GET /page/200", "GET /tagged", "GET /guarded", "GET /broken"})
    void keeps_no_renewed_cookie(String line) {
        CachingProxy proxy = new CachingProxy(app.port(), false);
        app.clock.advance(Duration.ofMinutes(10));

        List<String> renewed = proxy.send(line, ada).setCookies();
        assertThat(renewed).hasSize(1);
        assertThat(proxy.send(line).setCookies()).isEmpty();
        assertThat(proxy.send(line, bob).setCookies()).hasSize(1).doesNotContainAnyElementsOf(renewed);
    }

    @Test
    void keeps_no_304_with_a_cookie_and_no_refusal() {
        CachingProxy proxy = new CachingProxy(app.port(), false);
        app.clock.advance(Duration.ofMinutes(10));

        Answer unchanged = proxy.send("GET /tagged", ada, "If-None-Match: \"1\"");
        assertThat(unchanged.status()).isEqualTo(304);
        assertThat(unchanged.setCookies()).hasSize(1);
        assertThat(proxy.send("GET /tagged").body()).isEqualTo("for nobody");
        assertThat(proxy.send("GET /guarded").status()).isEqualTo(401);
        assertThat(proxy.send("GET /guarded", bob).body()).isEqualTo("for bob");
        assertThat(proxy.send("GET /guarded").status()).isEqualTo(401);
    }

    @Test
    void keeps_what_depends_on_nobody() {
        CachingProxy proxy = new CachingProxy(app.port(), false);

        assertThat(proxy.send("GET /public", ada).body()).isEqualTo("view 1");
        assertThat(proxy.send("GET /public", bob).body()).isEqualTo("view 1");
        assertThat(proxy.hits()).isOne();
    }
}
