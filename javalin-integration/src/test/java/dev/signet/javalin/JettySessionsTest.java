package dev.signet.javalin;

import static org.assertj.core.api.Assertions.assertThat;

import dev.signet.testing.MovableClock;
import io.javalin.Javalin;
import io.javalin.config.JavalinConfig;
import io.javalin.http.Context;
import jakarta.servlet.http.HttpSession;
import jakarta.servlet.http.HttpSessionEvent;
import jakarta.servlet.http.HttpSessionListener;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Consumer;
import org.eclipse.jetty.ee10.servlet.ServletContextHandler;
import org.eclipse.jetty.ee10.servlet.ServletContextRequest;
import org.eclipse.jetty.ee10.servlet.SessionHandler;
import org.eclipse.jetty.server.HttpStream;
import org.eclipse.jetty.session.AbstractSessionManager;
import org.eclipse.jetty.session.DefaultSessionCache;
import org.eclipse.jetty.session.ManagedSession;
import org.eclipse.jetty.session.NullSessionDataStore;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** Sessions of the server that the application makes itself. */
class JettySessionsTest {
    private final List<ManagedSession> made = new CopyOnWriteArrayList<>();
    private App app;

    @AfterEach
    void stop() {
        if (app != null) {
            app.close();
        }
    }

    private void start(Consumer<ServletContextHandler> settings) {
        app = App.start(config -> {
            config.jetty.modifyServletContextHandler(settings::accept);
            routes(config);
        });
    }

    private void routes(JavalinConfig config) {
        config.routes.get("/make", ctx -> {
            note(ctx.req().getSession());
            ctx.sessionAttribute("theme", "dark");
            ctx.header("Theme", ctx.<String>sessionAttribute("theme"));
        });
        config.routes.get("/make-two", ctx -> {
            note(ctx.req().getSession());
            ctx.req().getSession().invalidate();
            note(ctx.req().getSession());
        });
        config.routes.get("/find", ctx -> ctx.header("Theme", "" + ctx.sessionAttribute("theme")));
        config.routes.get("/look", this::look);
        config.routes.get("/change", ctx -> {
            ctx.req().changeSessionId();
            ctx.req().getSession().invalidate();
            note(ctx.req().getSession());
        });
        config.routes.get("/watched", ctx -> {
            if (ctx.queryParam("make") != null) {
                ctx.req().getSession();
            }
            ctx.header("Watched", "" + watched(ctx));
        });
    }

    /** Whether Jetty waits for the end of the response to let a session go. */
    private static boolean watched(Context ctx) {
        AtomicBoolean found = new AtomicBoolean();
        ServletContextRequest.getServletContextRequest(ctx.req()).addHttpStreamWrapper(stream -> {
            for (HttpStream s = stream; s instanceof HttpStream.Wrapper wrapper; s = wrapper.getWrapped()) {
                if (s.getClass().getEnclosingClass() == AbstractSessionManager.class) {
                    found.set(true);
                }
            }
            return stream;
        });
        return found.get();
    }

    private void note(HttpSession session) {
        made.add(SessionHandler.ServletSessionApi.getSession(session));
    }

    /** By how many requests each session is held, and whether a cache has it. */
    private void look(Context ctx) {
        ctx.header("Held", made.stream().map(s -> "" + s.getRequests()).toList().toString());
        ctx.header(
                "Cached", made.stream().map(s -> "" + s.isResident()).toList().toString());
    }

    private static void keep(ServletContextHandler context) {
        SessionHandler sessions = context.getSessionHandler();
        sessions.setUsingCookies(true);
        DefaultSessionCache cache = new DefaultSessionCache(sessions);
        cache.setSessionDataStore(new NullSessionDataStore());
        sessions.setSessionCache(cache);
    }

    /** Over one connection a request is over before the next one is read. */
    private static Answer get(Wire wire, String path, String... headers) {
        return wire.write("GET " + path, List.of(headers), "").readHead();
    }

    @Test
    void are_let_go_with_the_request_that_made_them() {
        start(context -> {});
        try (Wire wire = new Wire(app.port())) {
            Answer answer = get(wire, "/make");
            assertThat(answer.header("Theme")).isEqualTo("dark");
            assertThat(answer.setCookies()).isEmpty();
            Answer after = get(wire, "/look");
            assertThat(after.header("Held")).isEqualTo("[0]");
            assertThat(after.header("Cached")).isEqualTo("[false]");
        }
    }

    @Test
    void are_found_again_and_let_go_of_each_time_where_the_application_brings_a_cache() {
        start(JettySessionsTest::keep);
        try (Wire wire = new Wire(app.port())) {
            String cookie = get(wire, "/make").setCookies().get(0).replaceFirst(";.*", "");
            assertThat(get(wire, "/find", "Cookie: " + cookie).header("Theme")).isEqualTo("dark");
            assertThat(get(wire, "/find").header("Theme")).isEqualTo("null");
            Answer after = get(wire, "/look");
            assertThat(after.header("Held")).isEqualTo("[0]");
            assertThat(after.header("Cached")).isEqualTo("[true]");
        }
    }

    @Test
    void are_let_go_once_where_a_request_makes_two_of_them() {
        start(JettySessionsTest::keep);
        try (Wire wire = new Wire(app.port())) {
            get(wire, "/make-two");
            assertThat(made.get(0)).isNotSameAs(made.get(1));
            assertThat(made.get(0).isValid()).isFalse();
            assertThat(get(wire, "/look").header("Held")).endsWith(" 0]");
        }
    }

    @Test
    void are_let_go_once_where_a_request_ends_the_one_it_came_with() {
        start(JettySessionsTest::keep);
        try (Wire wire = new Wire(app.port())) {
            String cookie = get(wire, "/make").setCookies().get(0).replaceFirst(";.*", "");
            assertThat(get(wire, "/change", "Cookie: " + cookie).status()).isEqualTo(200);
            assertThat(made.get(0).isValid()).isFalse();
            assertThat(get(wire, "/look").header("Held")).endsWith(" 0]");
        }
    }

    @Test
    void are_looked_after_only_where_there_is_one() {
        start(context -> {});
        try (Wire wire = new Wire(app.port())) {
            assertThat(get(wire, "/watched").header("Watched")).isEqualTo("false");
            assertThat(get(wire, "/watched?make").header("Watched")).isEqualTo("true");
        }
    }

    @Test
    void have_the_cookie_that_they_have_without_the_plugin() {
        start(JettySessionsTest::keep);
        try (Wire wire = new Wire(app.port())) {
            assertThat(attributes(get(wire, "/make")))
                    .isEqualTo(withoutThePlugin())
                    .contains("HttpOnly");
        }
    }

    private static String attributes(Answer answer) {
        assertThat(answer.cookieNames()).containsExactly("JSESSIONID");
        return answer.setCookies().get(0).replaceFirst("=[^;]*", "");
    }

    private static String withoutThePlugin() {
        Javalin javalin = Javalin.create(config -> {
            App.quiet(config);
            config.routes.get("/make", ctx -> ctx.req().getSession());
        });
        javalin.start("127.0.0.1", 0);
        try (Wire wire = new Wire(javalin.port())) {
            return attributes(get(wire, "/make"));
        } finally {
            javalin.stop();
        }
    }

    @Test
    void are_those_of_a_handler_that_the_application_brings() {
        SessionHandler own = new SessionHandler();
        start(context -> context.setSessionHandler(own));
        try (Wire wire = new Wire(app.port())) {
            assertThat(get(wire, "/make").cookieNames()).containsExactly("JSESSIONID");
            assertThat(made.get(0).getSessionManager()).isSameAs(own);
            assertThat(get(wire, "/look").header("Held")).isEqualTo("[0]");
        }
    }

    @Test
    void tell_listeners_that_were_there_before_the_plugin() {
        List<String> told = new CopyOnWriteArrayList<>();
        Javalin javalin = Javalin.create(config -> {
            App.quiet(config);
            config.jetty.modifyServletContextHandler(context -> context.getSessionHandler()
                    .addEventListener(new HttpSessionListener() {
                        @Override
                        public void sessionCreated(HttpSessionEvent event) {
                            told.add(event.getSession().getId());
                        }
                    }));
            config.registerPlugin(App.plugin(new MovableClock(), s -> {}));
            routes(config);
        });
        javalin.start("127.0.0.1", 0);
        try (Wire wire = new Wire(javalin.port())) {
            get(wire, "/make");
        } finally {
            javalin.stop();
        }
        assertThat(told).containsExactly(made.get(0).getId());
    }
}
