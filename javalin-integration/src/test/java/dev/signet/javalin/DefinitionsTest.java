package dev.signet.javalin;

import static dev.signet.javalin.SessionPlugin.session;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.signet.Keeps;
import dev.signet.Session;
import dev.signet.SignIn;
import dev.signet.Tries;
import dev.signet.http.CookieSettings;
import dev.signet.http.Csrf;
import dev.signet.keys.KeyRing;
import dev.signet.revocation.Revocation;
import dev.signet.testing.TestSession;
import io.javalin.config.JavalinConfig;
import io.javalin.http.Context;
import io.javalin.security.RouteRole;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** A shop with sessions of its customers and, beside them, of its staff. */
class DefinitionsTest {
    enum Customer implements RouteRole {
        REGULAR
    }

    enum Staff implements RouteRole {
        CLERK
    }

    private App app;

    @BeforeEach
    void start() {
        app = App.start(
                s -> {
                    s.roles = Customer.class;
                    s.also("staff", a -> a.roles = Staff.class);
                },
                DefinitionsTest::routes);
    }

    @AfterEach
    void stop() {
        app.close();
    }

    private static void routes(JavalinConfig config) {
        config.routes.get("/who", ctx -> ctx.result(who(session(ctx)) + "/" + who(session(ctx, "staff"))));
        config.routes.get("/shop", ctx -> {}, Customer.REGULAR);
        config.routes.get("/desk", ctx -> {}, Staff.CLERK);
        config.routes.post("/desk", DefinitionsTest::done, Staff.CLERK);
        config.routes.post("/shop", DefinitionsTest::done, Customer.REGULAR);
        config.routes.post("/any", DefinitionsTest::done);
        config.routes.get("/shop/token", ctx -> ctx.result(session(ctx).csrfToken()));
        config.routes.get("/desk/token", ctx -> ctx.result(session(ctx, "staff").csrfToken()));
        config.routes.post("/desk/login", ctx -> session(ctx, "staff").start("carl"), SessionRoute.SIGN_IN);
        config.routes.get("/both", ctx -> {
            session(ctx).set("theme", "dark");
            session(ctx, "staff").set("theme", "light");
        });
        config.routes.ws(
                "/both", ws -> ws.onConnect(ctx -> ctx.send(who(session(ctx)) + "/" + who(session(ctx, "staff")))));
        config.routes.get("/unknown", ctx -> session(ctx, "nobody"));
    }

    private static void done(Context ctx) {
        ctx.result("done");
    }

    private static String who(dev.signet.http.WebSession session) {
        return session.current().map(Session::subject).orElse("-");
    }

    private String customer() {
        return app.plugin.webSessions().cookieHeader(app.session("ada", Customer.REGULAR));
    }

    private String clerk() {
        return TestSession.signedIn(
                        app.plugin.webSessions("staff"), SignIn.as("carl").roles(Staff.CLERK))
                .cookieHeader();
    }

    @Test
    void each_has_its_own_cookies() {
        assertThat(customer()).startsWith("__Host-session=");
        assertThat(clerk()).startsWith("__Host-staff=");
        Browser both = app.browser().cookie(customer()).cookie(clerk());
        assertThat(both.get("/who").body()).isEqualTo("ada/carl");
    }

    @Test
    @Keeps("T6")
    @Tries(28)
    void one_is_nobody_to_the_other() {
        String ticket = clerk().substring("__Host-staff=".length());
        assertThat(app.browser().cookie("__Host-session=" + ticket).get("/who").body())
                .isEqualTo("-/-");
    }

    @Test
    void both_are_written_in_one_response() {
        assertThat(app.browser().get("/both").cookieNames())
                .containsExactlyInAnyOrder(
                        "__Host-session-visitor", "__Host-session.theme", "__Host-staff-visitor", "__Host-staff.theme");
    }

    @Test
    void a_route_asks_for_the_ticket_of_which_its_roles_are() {
        assertThat(app.browser().cookie(customer()).get("/shop").status()).isEqualTo(200);
        assertThat(app.browser().cookie(customer()).get("/desk").status()).isEqualTo(401);
        assertThat(app.browser().cookie(clerk()).get("/desk").status()).isEqualTo(200);
        assertThat(app.browser().cookie(clerk()).get("/shop").status()).isEqualTo(401);
    }

    @Test
    void a_name_that_is_not_there_is_said_to_be_so() {
        assertThat(app.browser().get("/unknown").status()).isEqualTo(500);
        assertThatThrownBy(() -> app.plugin.sessions("nobody"))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("nobody")
                .hasMessageContaining("staff");
    }

    @Test
    void a_sign_out_is_known_to_both_as_they_share_one_record() {
        assertThat(app.plugin.sessions("staff").revocations())
                .isSameAs(app.plugin.sessions().revocations());
    }

    @ParameterizedTest
    @ValueSource(strings = {"ada", "carl"})
    void a_socket_that_asked_both_closes_when_either_ends(String leaving) {
        try (Wire wire = new Wire(app.port())) {
            String cookies = "Cookie: " + customer() + "; " + clerk();
            assertThat(wire.upgrade("/both", cookies, "Origin: http://localhost:" + app.port())
                            .status())
                    .isEqualTo(101);
            assertThat(wire.readText()).isEqualTo("ada/carl");
            app.plugin.sessions().revoke(Revocation.subject(leaving));
            assertThat(wire.readClose()).isEqualTo(4003);
        }
    }

    @Nested
    class The_token_that_a_form_needs {
        private Browser both;
        private String shop;
        private String desk;

        @BeforeEach
        void signIn() {
            both = app.browser().cookie(customer()).cookie(clerk());
            shop = both.get("/shop/token").body();
            desk = both.get("/desk/token").body();
        }

        @Test
        void is_that_of_the_routes_roles() {
            assertThat(both.post("/desk", "_csrf=" + desk).status()).isEqualTo(200);
            assertThat(both.post("/desk", "_csrf=" + shop).status()).isEqualTo(403);
            assertThat(both.post("/shop", "_csrf=" + shop).status()).isEqualTo(200);
            assertThat(both.post("/shop", "_csrf=" + desk).status()).isEqualTo(403);
        }

        @Test
        void may_be_of_any_ticket_that_came_along_where_the_roles_do_not_say() {
            assertThat(both.post("/any", "_csrf=" + desk).status()).isEqualTo(200);
            assertThat(both.post("/any", "_csrf=" + shop).status()).isEqualTo(200);
            assertThat(both.post("/any", "_csrf=none").status()).isEqualTo(403);
            assertThat(both.post("/any", "").status()).isEqualTo(403);
        }

        @Test
        void is_needed_if_only_the_other_ticket_came_along() {
            Browser clerk = app.browser().cookie(clerk());
            assertThat(clerk.post("/any", "").status()).isEqualTo(403);
            assertThat(clerk.post("/any", "_csrf=" + clerk.get("/desk/token").body())
                            .status())
                    .isEqualTo(200);
        }

        @Test
        void may_be_a_visitors_where_no_other_host_can_have_planted_it() {
            Browser clerk = app.browser().cookie(clerk());
            String visitors = clerk.get("/shop/token").body();

            assertThat(clerk.post("/any", "_csrf=" + visitors).status()).isEqualTo(200);
            assertThat(clerk.post("/any", "").status()).isEqualTo(403);
            assertThat(clerk.post("/desk", "_csrf=" + visitors).status()).isEqualTo(403);
        }

        @Test
        void may_not_be_a_visitors_where_a_sub_domain_can_have_planted_it() {
            try (App wide = App.start(
                    s -> {
                        s.roles = Customer.class;
                        s.cookies = CookieSettings.DEFAULT.domain("shop.example");
                        s.also("staff", a -> a.roles = Staff.class);
                    },
                    DefinitionsTest::routes)) {
                Browser clerk = wide.browser()
                        .cookie(TestSession.signedIn(
                                        wide.plugin.webSessions("staff"),
                                        SignIn.as("carl").roles(Staff.CLERK))
                                .cookieHeader());
                String visitors = clerk.get("/shop/token").body();

                assertThat(clerk.post("/any", "_csrf=" + visitors).status()).isEqualTo(403);
            }
        }

        @Test
        void is_needed_although_another_session_is_not_guarded() {
            try (App mixed = App.start(
                    s -> {
                        s.roles = Customer.class;
                        s.also("staff", a -> {
                            a.roles = Staff.class;
                            a.csrf = Csrf.off();
                        });
                    },
                    DefinitionsTest::routes)) {
                Browser two = mixed.browser()
                        .cookie(mixed.plugin.webSessions().cookieHeader(mixed.session("ada", Customer.REGULAR)))
                        .cookie(TestSession.signedIn(
                                        mixed.plugin.webSessions("staff"),
                                        SignIn.as("carl").roles(Staff.CLERK))
                                .cookieHeader());

                assertThat(two.post("/any", "").status()).isEqualTo(403);
                assertThat(two.post("/desk", "").status()).isEqualTo(200);
                assertThat(two.post("/any", "_csrf=" + two.get("/shop/token").body())
                                .status())
                        .isEqualTo(200);
            }
        }

        @Test
        void is_asked_of_each_where_somebody_signs_in() {
            Browser silent = app.browser().cookie(customer());
            String token = silent.get("/shop/token").body();
            Answer answer = silent.send("POST /desk/login", "_csrf=" + token);
            assertThat(answer.status()).isEqualTo(403);
            assertThat(silent.post("/desk/login", "").status()).isEqualTo(200);
            assertThat(silent.get("/who").body()).isEqualTo("ada/carl");
        }
    }

    /** What only looks like a ticket decides nothing: neither whose token counts, nor that none is needed. */
    @Nested
    @Keeps("H3")
    @Tries({40, 45})
    class A_garbage_cookie {
        private Browser browser;

        @BeforeEach
        void open() {
            browser = app.browser();
        }

        private Browser with(String name) {
            return browser.cookie("__Host-" + name + "=garbage").cookie("__Host-" + name + "-visitor=garbage");
        }

        @ParameterizedTest
        @ValueSource(strings = {"session", "staff"})
        void alone_is_none(String name) {
            assertThat(with(name).get("/who").body()).isEqualTo("-/-");
            assertThat(with(name).post("/any", "").status()).isEqualTo(200);
            assertThat(with(name)
                            .send("POST /any", "", "Sec-Fetch-Site: cross-site")
                            .status())
                    .isEqualTo(403);
            assertThat(with(name).send("POST /any", "").status()).isEqualTo(403);
        }

        @Test
        void of_one_leaves_the_guard_to_the_ticket_of_the_other() {
            with("session").cookie(clerk());
            assertThat(browser.get("/who").body()).isEqualTo("-/carl");
            assertThat(browser.post("/any", "").status()).isEqualTo(403);
            assertThat(browser.post(
                                    "/any",
                                    "_csrf=" + browser.get("/desk/token").body())
                            .status())
                    .isEqualTo(200);
        }

        @Test
        void of_the_other_does_too() {
            with("staff").cookie(customer());
            assertThat(browser.get("/who").body()).isEqualTo("ada/-");
            assertThat(browser.post("/any", "").status()).isEqualTo(403);
            assertThat(browser.post(
                                    "/any",
                                    "_csrf=" + browser.get("/shop/token").body())
                            .status())
                    .isEqualTo(200);
            assertThat(browser.get("/desk").status()).isEqualTo(401);
        }

        @Test
        void of_both_is_nobody_and_deleted_by_navigations_only() {
            with("session");
            with("staff");
            assertThat(browser.get("/who").setCookies()).isEmpty();
            assertThat(browser.get("/who", "Sec-Fetch-Mode: navigate", "Sec-Fetch-Dest: document")
                            .cookieNames())
                    .containsExactlyInAnyOrder(
                            "__Host-session", "__Host-session-visitor", "__Host-staff", "__Host-staff-visitor");
            assertThat(browser.cookies()).isEmpty();
        }
    }

    @Nested
    class A_configuration_is_refused {
        private void refused(java.util.function.Consumer<SessionPlugin.Config> settings, String... words) {
            assertThatThrownBy(() -> new SessionPlugin(settings))
                    .isInstanceOf(IllegalArgumentException.class)
                    .hasMessageContainingAll(words);
        }

        @Test
        @Keeps("K2")
        void without_keys() {
            refused(s -> {}, "keys", "KeyRing.load");
        }

        @Test
        void with_one_name_for_two() {
            refused(
                    s -> {
                        s.keys = App.KEYS;
                        s.also("session", a -> {});
                    },
                    "'session'");
        }

        @Test
        void with_one_role_class_for_two() {
            refused(
                    s -> {
                        s.keys = App.KEYS;
                        s.roles = Staff.class;
                        s.also("staff", a -> a.roles = Staff.class);
                    },
                    "Staff");
        }

        @Test
        void with_roles_that_are_no_enum() {
            refused(
                    s -> {
                        s.keys = App.KEYS;
                        s.roles = RouteRole.class;
                    },
                    "roles",
                    "enum");
        }

        @Test
        void with_a_third_inside_the_second() {
            refused(
                    s -> {
                        s.keys = App.KEYS;
                        s.also("staff", a -> a.also("more", b -> {}));
                    },
                    "staff");
        }

        @Test
        void with_a_route_that_asks_for_two_tickets() {
            assertThatThrownBy(() -> App.create(
                            s -> {
                                s.roles = Customer.class;
                                s.also("staff", a -> a.roles = Staff.class);
                            },
                            config -> config.routes.get("/x", ctx -> {}, Customer.REGULAR, Staff.CLERK)))
                    .isInstanceOf(IllegalStateException.class)
                    .hasMessageContaining("GET /x");
        }
    }

    @Nested
    class Another_session {
        @Test
        void may_have_keys_of_its_own() {
            try (App apart = App.start(s -> s.also("staff", a -> a.keys = KeyRing.generate()), config -> {})) {
                assertThat(apart.plugin.sessions("staff").name()).isEqualTo("staff");
                assertThat(apart.plugin.sessions("staff").clock()).isSameAs(apart.clock);
            }
        }
    }

    @Nested
    class A_definition_of_another_plugin {
        @Test
        void has_no_session_in_a_request_of_this_one() {
            Definitions ours = Definitions.of(settings());
            Definitions theirs = Definitions.of(settings());
            assertThat(ours.placeOf(ours.first())).isZero();
            assertThatThrownBy(() -> ours.placeOf(theirs.first()))
                    .isInstanceOf(IllegalStateException.class)
                    .hasMessageContaining("another plugin");
            ours.close();
            theirs.close();
        }

        private static SessionPlugin.Config settings() {
            SessionPlugin.Config settings = new SessionPlugin.Config();
            settings.keys = App.KEYS;
            return settings;
        }
    }
}
