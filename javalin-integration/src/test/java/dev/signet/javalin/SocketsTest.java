package dev.signet.javalin;

import static dev.signet.javalin.SessionPlugin.session;
import static org.assertj.core.api.Assertions.assertThat;

import dev.signet.Keeps;
import dev.signet.Session;
import dev.signet.Tries;
import dev.signet.revocation.Revocation;
import dev.signet.revocation.Revocations;
import dev.signet.testing.MovableClock;
import io.javalin.config.JavalinConfig;
import io.javalin.security.RouteRole;
import jakarta.servlet.http.HttpSessionEvent;
import jakarta.servlet.http.HttpSessionListener;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Consumer;
import org.eclipse.jetty.ee10.servlet.SessionHandler;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class SocketsTest {
    enum Role implements RouteRole {
        ADMIN
    }

    private App app;

    @AfterEach
    void stop() {
        if (app != null) {
            app.close();
        }
    }

    private void start(Consumer<SessionPlugin.Config> settings) {
        app = App.start(
                s -> {
                    s.roles = Role.class;
                    settings.accept(s);
                },
                SocketsTest::routes);
    }

    private static void routes(JavalinConfig config) {
        config.routes.ws("/echo", ws -> {
            ws.onConnect(
                    ctx -> ctx.send(session(ctx).current().map(Session::subject).orElse("nobody")));
            ws.onMessage(ctx ->
                    ctx.send(answer(ctx.message(), () -> session(ctx).set("theme", "dark"))));
        });
        config.routes.ws(
                "/person", ws -> ws.onConnect(ctx -> ctx.send(session(ctx).subject())), SessionRoute.SIGNED_IN);
        config.routes.ws("/admin", ws -> ws.onConnect(ctx -> ctx.send("admin")), Role.ADMIN);
        config.routes.ws("/open", ws -> ws.onConnect(ctx -> ctx.send("open")), SessionRoute.CSRF_EXEMPT);
        config.routes.ws(
                "/", ws -> ws.onConnect(ctx -> ctx.send(session(ctx).current().isPresent() ? "root" : "none")));
        config.routes.get("/token", ctx -> ctx.result(session(ctx).csrfToken()));
        config.routes.post("/logout", ctx -> session(ctx).end());
    }

    private static String answer(String message, Runnable write) {
        if (!message.equals("write")) {
            return message;
        }
        try {
            write.run();
            return "written";
        } catch (IllegalStateException refused) {
            return "refused";
        }
    }

    private String own() {
        return "Origin: http://localhost:" + app.port();
    }

    private Wire wire() {
        return new Wire(app.port());
    }

    @Nested
    @Keeps("H3")
    @Tries(45)
    class The_upgrade {
        @Test
        void tells_the_socket_who_opened_it() {
            start(s -> {});
            try (Wire wire = wire()) {
                assertThat(wire.upgrade("/echo", app.browserOf("ada").cookieLine(), own())
                                .status())
                        .isEqualTo(101);
                assertThat(wire.readText()).isEqualTo("ada");
            }
        }

        @Test
        void takes_strangers_to_public_sockets() {
            start(s -> {});
            try (Wire wire = wire()) {
                assertThat(wire.upgrade("/echo").status()).isEqualTo(101);
                assertThat(wire.readText()).isEqualTo("nobody");
            }
        }

        @ParameterizedTest
        @ValueSource(strings = {"Origin: https://evil.example", "Origin: null", "Sec-Fetch-Site: cross-site"})
        void refuses_other_sites(String from) {
            start(s -> {});
            try (Wire wire = wire()) {
                assertThat(wire.upgrade("/echo", app.browserOf("ada").cookieLine(), from)
                                .status())
                        .isEqualTo(403);
            }
        }

        @Test
        void refuses_a_ticket_of_which_nobody_says_where_it_comes_from() {
            start(s -> {});
            try (Wire wire = wire()) {
                assertThat(wire.upgrade("/echo", app.browserOf("ada").cookieLine())
                                .status())
                        .isEqualTo(403);
            }
        }

        @Test
        void takes_anybody_where_the_route_is_exempt() {
            start(s -> {});
            try (Wire wire = wire()) {
                assertThat(wire.upgrade("/open", app.browserOf("ada").cookieLine(), "Origin: https://evil.example")
                                .status())
                        .isEqualTo(101);
            }
        }

        @Test
        void asks_for_the_roles_of_the_route() {
            start(s -> {});
            try (Wire nobody = wire();
                    Wire ada = wire();
                    Wire root = wire()) {
                assertThat(nobody.upgrade("/admin", own()).status()).isEqualTo(401);
                assertThat(ada.upgrade("/admin", own(), app.browserOf("ada").cookieLine())
                                .status())
                        .isEqualTo(403);
                assertThat(root.upgrade(
                                        "/admin",
                                        own(),
                                        app.browserOf("root", Role.ADMIN).cookieLine())
                                .status())
                        .isEqualTo(101);
            }
        }

        @Test
        void does_not_renew() {
            start(s -> {});
            Browser ada = app.browserOf("ada");
            app.clock.advance(Duration.ofMinutes(10));
            try (Wire wire = wire()) {
                Answer answer = wire.upgrade("/person", ada.cookieLine(), own());
                assertThat(answer.status()).isEqualTo(101);
                assertThat(answer.setCookies()).isEmpty();
            }
        }
    }

    @Nested
    class An_open_socket {
        @Test
        void can_only_read_the_session() {
            start(s -> {});
            try (Wire wire = wire()) {
                wire.upgrade("/echo", app.browserOf("ada").cookieLine(), own());
                wire.readText();
                wire.sendText("write");
                assertThat(wire.readText()).isEqualTo("refused");
            }
        }

        @Test
        void stays_while_its_session_stands() {
            start(s -> {});
            try (Wire wire = wire()) {
                wire.upgrade("/echo", app.browserOf("ada").cookieLine(), own());
                wire.readText();
                app.clock.advance(Duration.ofMinutes(30).minusSeconds(1));
                app.plugin.sweep();
                wire.sendText("still here");
                assertThat(wire.readText()).isEqualTo("still here");
            }
        }

        @Test
        void closes_with_4001_at_the_idle_deadline() {
            assertClosed("/person", 4001, () -> {
                app.clock.advance(Duration.ofMinutes(30));
                app.plugin.sweep();
            });
        }

        @Test
        void closes_with_4003_at_the_end_of_its_session() {
            assertClosed("/person", 4003, () -> {
                app.clock.advance(Duration.ofHours(12));
                app.plugin.sweep();
            });
        }

        @Test
        void closes_with_4003_on_a_revocation_without_waiting_for_a_sweep() {
            assertClosed("/person", 4003, () -> app.plugin.sessions().revoke(Revocation.subject("ada")));
        }

        @Test
        void closes_with_4003_when_its_person_signs_out_in_another_tab() {
            start(s -> {});
            Browser ada = app.browserOf("ada");
            try (Wire wire = wire()) {
                wire.upgrade("/person", ada.cookieLine(), own());
                assertThat(wire.readText()).isEqualTo("ada");
                assertThat(ada.submit("/logout", "").status()).isEqualTo(200);
                assertThat(wire.readClose()).isEqualTo(4003);
            }
        }

        @Test
        void closes_with_4003_on_a_sign_out_here_even_where_none_is_recorded() {
            start(s -> s.revocations = Revocations.none());
            Browser ada = app.browserOf("ada");
            try (Wire wire = wire()) {
                wire.upgrade("/person", ada.cookieLine(), own());
                wire.readText();
                ada.submit("/logout", "");
                app.plugin.sweep();
                assertThat(wire.readClose()).isEqualTo(4003);
            }
        }

        @Test
        void closes_with_1013_when_nobody_can_tell() {
            FarLog log = new FarLog();
            Duration bound = Duration.ofHours(1);
            MovableClock wall = new MovableClock();
            start(s -> s.revocations = Revocations.on(log)
                    .clock(wall)
                    .pollInterval(Duration.ofMinutes(30))
                    .stalenessBound(bound)
                    .build());
            Browser ada = app.browserOf("ada");
            try (Wire wire = wire()) {
                wire.upgrade("/person", ada.cookieLine(), own());
                wire.readText();
                log.answers(false);
                wall.advance(bound.plusSeconds(1));
                app.plugin.sweep();
                assertThat(wire.readClose()).isEqualTo(1013);
            }
        }

        @Test
        void is_found_at_the_root_path_too() {
            start(s -> {});
            try (Wire wire = wire()) {
                wire.upgrade("/", app.browserOf("ada").cookieLine(), own());
                assertThat(wire.readText()).isEqualTo("root");
                app.plugin.sessions().revoke(Revocation.everyone());
                assertThat(wire.readClose()).isEqualTo(4003);
            }
        }

        @Test
        void of_a_stranger_stays() {
            start(s -> {});
            try (Wire wire = wire()) {
                wire.upgrade("/echo");
                wire.readText();
                app.plugin.sessions().revoke(Revocation.everyone());
                app.clock.advance(Duration.ofDays(1));
                app.plugin.sweep();
                wire.sendText("still here");
                assertThat(wire.readText()).isEqualTo("still here");
            }
        }

        @Test
        void leaves_room_for_handlers_of_the_application_before_all_sockets() {
            CountDownLatch seen = new CountDownLatch(2);
            app = App.start(config -> {
                config.routes.wsBefore(ws -> ws.onConnect(ctx -> seen.countDown()));
                config.routes.wsBefore("/", ws -> ws.onConnect(ctx -> seen.countDown()));
                routes2(config);
            });
            try (Wire wire = wire()) {
                wire.upgrade("/", app.browserOf("ada").cookieLine(), own());
                assertThat(wire.readText()).isEqualTo("root");
                assertThat(seen.getCount()).isZero();
            }
        }

        private void routes2(JavalinConfig config) {
            config.routes.ws("/", ws -> ws.onConnect(ctx -> ctx.send("root")));
        }

        private void assertClosed(String path, int code, Runnable what) {
            start(s -> {});
            try (Wire wire = wire()) {
                wire.upgrade(path, app.browserOf("ada").cookieLine(), own());
                assertThat(wire.readText()).isEqualTo("ada");
                what.run();
                assertThat(wire.readClose()).isEqualTo(code);
            }
        }
    }

    @Nested
    @Keeps("C14")
    class Sessions_of_the_server {
        private final AtomicInteger created = new AtomicInteger();
        private final AtomicInteger destroyed = new AtomicInteger();
        private final AtomicInteger longestIdle = new AtomicInteger();

        private void count(JavalinConfig config) {
            routes(config);
            config.jetty.modifyServletContextHandler(handler -> handler.getSessionHandler()
                    .addEventListener(new HttpSessionListener() {
                        @Override
                        public void sessionCreated(HttpSessionEvent event) {
                            created.incrementAndGet();
                            longestIdle.set(event.getSession().getMaxInactiveInterval());
                        }

                        @Override
                        public void sessionDestroyed(HttpSessionEvent event) {
                            destroyed.incrementAndGet();
                        }
                    }));
        }

        private void connect(int times) {
            for (int i = 0; i < times; i++) {
                try (Wire wire = wire()) {
                    Answer answer = wire.upgrade("/open");
                    assertThat(answer.status()).isEqualTo(101);
                    assertThat(answer.cookieNames()).doesNotContain("JSESSIONID");
                    wire.readText();
                }
            }
        }

        @Test
        void are_not_left_behind_by_fifty_sockets() {
            app = App.start(s -> s.roles = Role.class, this::count);
            connect(50);
            assertThat(created).hasValue(50);
            assertThat(destroyed).hasValue(50);
        }

        @Test
        void are_not_left_behind_by_refused_sockets() {
            app = App.start(s -> s.roles = Role.class, this::count);
            try (Wire wire = wire()) {
                assertThat(wire.upgrade("/person", own()).status()).isEqualTo(401);
            }
            assertThat(destroyed).hasValue(created.get());
        }

        @Test
        void are_left_to_expire_where_an_upgrade_leads_nowhere() {
            app = App.start(s -> s.roles = Role.class, this::count);
            try (Wire wire = wire()) {
                Answer answer = wire.upgrade("/nowhere");
                assertThat(answer.status()).isEqualTo(404);
                assertThat(answer.setCookies()).isEmpty();
            }
            assertThat(longestIdle).hasValueLessThanOrEqualTo(60);
        }

        /** Nothing stays that strangers could fill memory with, wherever their upgrades lead. */
        @ParameterizedTest
        @ValueSource(strings = {"/open", "/person", "/admin", "/nowhere"})
        @Tries(14)
        void are_not_held_for_strangers(String path) {
            List<String> ids = new CopyOnWriteArrayList<>();
            AtomicReference<SessionHandler> handler = new AtomicReference<>();
            app = App.start(s -> s.roles = Role.class, config -> {
                routes(config);
                config.jetty.modifyServletContextHandler(context -> handler.set(context.getSessionHandler()));
                config.jetty.modifyServletContextHandler(context -> context.getSessionHandler()
                        .addEventListener(new HttpSessionListener() {
                            @Override
                            public void sessionCreated(HttpSessionEvent event) {
                                ids.add(event.getSession().getId());
                            }
                        }));
            });
            for (int i = 0; i < 20; i++) {
                try (Wire wire = wire()) {
                    assertThat(wire.upgrade(path).setCookies()).isEmpty();
                }
            }
            assertThat(ids)
                    .allSatisfy(id -> assertThat(handler.get().getSessionCache().contains(id))
                            .isFalse());
        }

        @Test
        void are_kept_where_the_application_wants_them() {
            app = App.start(
                    s -> {
                        s.roles = Role.class;
                        s.keepJettySessions = true;
                    },
                    this::count);
            try (Wire wire = wire()) {
                assertThat(wire.upgrade("/open").cookieNames()).contains("JSESSIONID");
                wire.readText();
            }
            assertThat(created).hasValue(1);
            assertThat(destroyed).hasValue(0);
        }
    }

    @Nested
    class An_event_stream {
        private final CountDownLatch connected = new CountDownLatch(1);

        private Wire stream(Browser browser) throws InterruptedException {
            Wire wire = wire().write(
                            "GET /events", java.util.List.of("Accept: text/event-stream", browser.cookieLine()), "");
            Answer head = wire.readHead();
            assertThat(head.status()).isEqualTo(200);
            assertThat(head.setCookies()).isEmpty();
            assertThat(connected.await(20, TimeUnit.SECONDS)).isTrue();
            return wire;
        }

        private void start(RouteRole... roles) {
            app = App.start(config -> {
                config.routes.sse(
                        "/events",
                        client -> {
                            client.keepAlive();
                            client.sendEvent(session(client.ctx())
                                    .current()
                                    .map(Session::subject)
                                    .orElse("nobody"));
                            connected.countDown();
                        },
                        roles);
                config.routes.get("/token", ctx -> ctx.result(session(ctx).csrfToken()));
                config.routes.post("/logout", ctx -> session(ctx).end());
            });
        }

        @Test
        void does_not_renew_and_ends_with_its_session() throws InterruptedException {
            start(SessionRoute.SIGNED_IN);
            Browser ada = app.browserOf("ada");
            app.clock.advance(Duration.ofMinutes(10));
            try (Wire wire = stream(ada)) {
                ada.submit("/logout", "");
                assertThat(wire.rest()).contains("data: ada");
            }
        }

        @Test
        void ends_at_the_idle_deadline_so_that_the_browser_opens_it_again() throws InterruptedException {
            start(SessionRoute.SIGNED_IN);
            try (Wire wire = stream(app.browserOf("ada"))) {
                app.clock.advance(Duration.ofMinutes(30));
                app.plugin.sweep();
                assertThat(wire.rest()).contains("data: ada");
            }
        }

        @Test
        void ends_though_its_session_was_first_asked_for_when_it_was_open() throws InterruptedException {
            start();
            try (Wire wire = stream(app.browserOf("ada"))) {
                app.plugin.sessions().revoke(Revocation.everyone());
                assertThat(wire.rest()).contains("data: ada");
            }
        }
    }
}
