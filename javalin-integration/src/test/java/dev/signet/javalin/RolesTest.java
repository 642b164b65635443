package dev.signet.javalin;

import static dev.signet.javalin.SessionPlugin.session;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.signet.Keeps;
import dev.signet.Session;
import dev.signet.Tries;
import dev.signet.revocation.Revocation;
import dev.signet.revocation.Revocations;
import dev.signet.testing.MovableClock;
import io.javalin.Javalin;
import io.javalin.config.JavalinConfig;
import io.javalin.http.staticfiles.Location;
import io.javalin.security.RouteRole;
import java.time.Duration;
import java.util.Set;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class RolesTest {
    enum Role implements RouteRole {
        ADMIN,
        EDITOR {},
        READER
    }

    enum Other implements RouteRole {
        BOSS {}
    }

    private App app;

    @AfterEach
    void stop() {
        if (app != null) {
            app.close();
        }
    }

    private static void routes(JavalinConfig config) {
        config.routes.get("/public", ctx -> ctx.result("public"));
        config.routes.get("/person", ctx -> ctx.result("person"), SessionRoute.SIGNED_IN);
        config.routes.get("/edit", ctx -> ctx.result("edit"), Role.ADMIN, Role.EDITOR);
        config.routes.get("/both", ctx -> ctx.result("both"), Role.ADMIN, SessionRoute.SIGNED_IN);
        config.routes.get("/mixed", ctx -> ctx.result("mixed"), Role.ADMIN, Other.BOSS);
        config.routes.get("/users/{id}", ctx -> ctx.result(ctx.pathParam("id")), Role.ADMIN);
    }

    private App started() {
        app = App.start(s -> s.roles = Role.class, RolesTest::routes);
        return app;
    }

    @Nested
    class Who_may {
        @ParameterizedTest
        @CsvSource({
            "/public, 200, 200, 200, 200",
            "/person, 401, 200, 200, 200",
            "/edit, 401, 403, 200, 200",
            "/both, 401, 200, 200, 200",
            "/mixed, 401, 403, 403, 200",
            "/users/7, 401, 403, 403, 200"
        })
        void do_what(String path, int nobody, int reader, int editor, int admin) {
            started();
            assertThat(app.browser().get(path).status()).isEqualTo(nobody);
            assertThat(app.browserOf("rita", Role.READER).get(path).status()).isEqualTo(reader);
            assertThat(app.browserOf("edna", Role.EDITOR).get(path).status()).isEqualTo(editor);
            assertThat(app.browserOf("ada", Role.ADMIN).get(path).status()).isEqualTo(admin);
        }

        @Test
        void a_visitor_is_nobody() {
            app = App.start(s -> s.roles = Role.class, config -> {
                routes(config);
                config.routes.get("/flash", ctx -> session(ctx).flash("hello"));
            });
            Browser visitor = app.browser();
            visitor.get("/flash");
            assertThat(visitor.cookies()).isNotEmpty();
            assertThat(visitor.get("/person").status()).isEqualTo(401);
        }

        @Test
        void static_files_are_guarded_as_routes_are() {
            app = App.start(
                    s -> s.roles = Role.class,
                    config -> config.staticFiles.add(files -> {
                        files.directory = "/public";
                        files.location = Location.CLASSPATH;
                        files.roles = Set.of(Role.ADMIN);
                    }));
            assertThat(app.browser().get("/hello.txt").status()).isEqualTo(401);
            assertThat(app.browserOf("ada", Role.ADMIN).get("/hello.txt").status())
                    .isEqualTo(200);
        }

        @Test
        void handlers_ask_for_themselves_too() {
            app = App.start(
                    s -> s.roles = Role.class,
                    config -> config.routes.get(
                            "/",
                            ctx -> ctx.result(session(ctx)
                                    .current()
                                    .map(s -> s.hasRole(Role.EDITOR))
                                    .toString())));
            assertThat(app.browserOf("edna", Role.EDITOR).get("/").body()).isEqualTo("Optional[true]");
        }
    }

    @Nested
    class A_route_whose_roles_nobody_knows {
        @Test
        void is_refused_at_the_start_with_its_name_and_the_fix() {
            assertThatThrownBy(() -> App.create(
                            s -> s.roles = Role.class, config -> config.routes.get("/boss", ctx -> {}, Other.BOSS)))
                    .isInstanceOf(IllegalStateException.class)
                    .hasMessageContaining("GET /boss")
                    .hasMessageContaining("s.roles = Other.class");
        }

        @Test
        void is_refused_when_it_was_there_before_the_plugin() {
            assertThatThrownBy(() -> Javalin.create(config -> {
                        config.routes.get("/boss", ctx -> {}, Other.BOSS);
                        config.registerPlugin(App.plugin(new MovableClock(), s -> {}));
                    }))
                    .isInstanceOf(IllegalStateException.class)
                    .hasMessageContaining("GET /boss");
        }

        @Test
        void is_refused_among_sockets() {
            assertThatThrownBy(() -> App.create(s -> {}, config -> config.routes.ws("/boss", ws -> {}, Other.BOSS)))
                    .isInstanceOf(IllegalStateException.class)
                    .hasMessageContaining("socket /boss");
        }

        @Test
        void is_not_made_good_by_marks_that_ask_for_nobody() {
            assertThatThrownBy(() -> App.create(
                            s -> {},
                            config -> config.routes.get("/boss", ctx -> {}, Other.BOSS, SessionRoute.NO_RENEWAL)))
                    .isInstanceOf(IllegalStateException.class);
        }

        @Test
        void stays_shut_where_the_start_could_not_see_it() {
            app = App.start(
                    s -> s.roles = Role.class,
                    config -> config.staticFiles.add(files -> {
                        files.directory = "/public";
                        files.location = Location.CLASSPATH;
                        files.roles = Set.of(Other.BOSS);
                    }));
            Answer answer = app.browserOf("ada", Role.ADMIN).get("/hello.txt");
            assertThat(answer.status()).isEqualTo(500);
            assertThat(answer.body()).doesNotContain("hello");
        }

        @Test
        void is_fine_when_it_has_a_role_that_is_known() {
            app = App.create(
                    s -> s.roles = Role.class, config -> config.routes.get("/boss", ctx -> {}, Other.BOSS, Role.ADMIN));
            assertThat(app).isNotNull();
        }
    }

    @Nested
    class Marks {
        @Test
        void NO_RENEWAL_leaves_the_ticket_as_it_is() {
            app = App.start(config -> {
                config.routes.get("/", ctx -> ctx.result(session(ctx).subject()));
                config.routes.get("/poll", ctx -> ctx.result(session(ctx).subject()), SessionRoute.NO_RENEWAL);
            });
            Browser ada = app.browserOf("ada");
            app.clock.advance(Duration.ofMinutes(8));
            assertThat(ada.get("/poll").setCookies()).isEmpty();
            assertThat(ada.get("/").cookieNames()).containsExactly("__Host-session");
        }

        @Test
        void AUTHORITATIVE_asks_the_store_itself() {
            FarLog log = new FarLog();
            app = App.start(
                    s -> s.revocations = Revocations.on(log)
                            .stalenessBound(Duration.ofHours(1))
                            .build(),
                    config -> {
                        config.routes.get("/", ctx -> ctx.result(session(ctx).subject()));
                        config.routes.get(
                                "/sure", ctx -> ctx.result(session(ctx).subject()), SessionRoute.AUTHORITATIVE);
                        config.routes.get("/guarded", ctx -> {}, SessionRoute.AUTHORITATIVE, SessionRoute.SIGNED_IN);
                    });
            Browser ada = app.browserOf("ada");
            long before = log.reads();
            assertThat(ada.get("/sure").body()).isEqualTo("ada");
            assertThat(log.reads()).isGreaterThan(before);
            log.answers(false);
            assertThat(ada.get("/").body()).isEqualTo("ada");
            assertThat(ada.get("/sure").status()).isEqualTo(503);
            assertThat(ada.get("/guarded").status()).isEqualTo(503);
            log.answers(true);
        }
    }

    @Nested
    @Keeps("R2")
    @Tries(51)
    class While_the_store_is_away {
        private Session session;
        private FarLog log;

        private Browser ada() {
            log = new FarLog();
            app = App.start(
                    s -> {
                        s.roles = Role.class;
                        s.revocations = Revocations.on(log)
                                .stalenessBound(Duration.ofHours(1))
                                .build();
                    },
                    config -> {
                        config.routes.get(
                                "/", ctx -> ctx.result(session(ctx).current().isPresent() ? "somebody" : "nobody"));
                        config.routes.get("/me", ctx -> {}, SessionRoute.SIGNED_IN, SessionRoute.AUTHORITATIVE);
                        config.routes.post("/me", ctx -> {}, SessionRoute.SIGNED_IN, SessionRoute.AUTHORITATIVE);
                        config.routes.get(
                                "/token", ctx -> ctx.result(session(ctx).csrfToken()));
                    });
            session = app.session("ada");
            return app.browser().cookie(app.plugin.webSessions().cookieHeader(session));
        }

        @Test
        void a_route_for_signed_in_people_answers_503() {
            Browser ada = ada();
            log.answers(false);
            Answer answer = ada.get("/me");
            assertThat(answer.status()).isEqualTo(503);
            assertThat(answer.header("Retry-After")).isEqualTo("5");
            assertThat(answer.setCookies()).isEmpty();
        }

        @Test
        void another_site_learns_nothing_of_that() {
            Browser ada = ada();
            String token = ada.get("/token").body();
            log.answers(false);
            assertThat(ada.send("POST /me", "_csrf=" + token, "Sec-Fetch-Site: cross-site")
                            .status())
                    .isEqualTo(403);
            assertThat(ada.post("/me", "_csrf=" + token).status()).isEqualTo(503);
        }
    }

    @Nested
    class A_revoked_session {
        @Test
        void is_nobody_at_once() {
            started();
            Browser ada = app.browserOf("ada", Role.ADMIN);
            assertThat(ada.get("/edit").status()).isEqualTo(200);
            app.plugin.sessions().revoke(Revocation.subject("ada"));
            assertThat(ada.get("/edit").status()).isEqualTo(401);
        }
    }
}
