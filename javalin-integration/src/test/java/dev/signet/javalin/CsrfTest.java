package dev.signet.javalin;

import static dev.signet.javalin.SessionPlugin.session;
import static org.assertj.core.api.Assertions.assertThat;

import dev.signet.Keeps;
import dev.signet.Tries;
import dev.signet.http.Csrf;
import dev.signet.http.CsrfRefused;
import io.javalin.config.JavalinConfig;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

@Keeps("H3")
class CsrfTest {
    private static final String FOREIGN = "Origin: https://evil.example";

    private final AtomicInteger handled = new AtomicInteger();
    private App app;

    @BeforeEach
    void start() {
        app = App.start(this::routes);
    }

    private void routes(JavalinConfig config) {
        config.routes.get("/token", ctx -> ctx.result(session(ctx).csrfToken()));
        config.routes.post("/act", ctx -> handled.incrementAndGet());
        config.routes.put("/act", ctx -> handled.incrementAndGet());
        config.routes.get("/act", ctx -> ctx.result("harmless"));
        config.routes.post("/hook", ctx -> handled.incrementAndGet(), SessionRoute.CSRF_EXEMPT);
        config.routes.post(
                "/login",
                ctx -> ctx.result(
                        session(ctx).csrfStale()
                                ? "stale"
                                : session(ctx).start("ada").subject()),
                SessionRoute.SIGN_IN);
        config.routes.post("/insist", ctx -> session(ctx).start("ada"), SessionRoute.SIGN_IN);
        config.routes.post("/shut", ctx -> handled.incrementAndGet(), SessionRoute.SIGNED_IN);
    }

    @AfterEach
    void stop() {
        app.close();
    }

    private Answer post(String cookie, String form, String... headers) {
        List<String> all = new ArrayList<>(List.of(headers));
        if (!cookie.isEmpty()) {
            all.add("Cookie: " + cookie);
        }
        if (!form.isEmpty()) {
            all.add("Content-Type: application/x-www-form-urlencoded");
        }
        return Wire.send(app.port(), "POST /act", all, form);
    }

    private String own() {
        return "Origin: http://localhost:" + app.port();
    }

    private void assertRefused(Answer answer) {
        assertThat(answer.status()).isEqualTo(403);
        assertThat(handled).hasValue(0);
    }

    private void assertHandled(Answer answer) {
        assertThat(answer.status()).isEqualTo(200);
        assertThat(handled).hasValue(1);
    }

    @Test
    @Keeps("D1")
    void before_handlers_run_ahead_of_it_and_those_for_matched_routes_behind() {
        AtomicInteger ahead = new AtomicInteger();
        AtomicInteger behind = new AtomicInteger();
        try (App other = App.start(config -> {
            routes(config);
            config.routes.before(ctx -> ahead.incrementAndGet());
            config.routes.beforeMatched(ctx -> behind.incrementAndGet());
        })) {
            Answer answer = Wire.send(other.port(), "POST /act", List.of(FOREIGN), "");

            assertThat(answer.status()).isEqualTo(403);
            assertThat(ahead).hasValue(1);
            assertThat(behind).hasValue(0);
        }
    }

    @Nested
    @Keeps("H3")
    @Tries(45)
    class Without_a_ticket {
        @ParameterizedTest
        @ValueSource(strings = {"same-origin", "none"})
        void a_browser_that_says_it_is_ours_passes(String site) {
            assertHandled(post("", "", "Sec-Fetch-Site: " + site, FOREIGN));
        }

        @ParameterizedTest
        @ValueSource(strings = {"cross-site", "same-site", "anything", ""})
        void a_browser_that_says_anything_else_is_refused(String site) {
            assertRefused(post("", "", "Sec-Fetch-Site: " + site, own()));
        }

        @Test
        void two_answers_are_a_lie() {
            assertRefused(post("", "", "Sec-Fetch-Site: same-origin", "Sec-Fetch-Site: same-origin"));
        }

        @Test
        void our_origin_passes() {
            assertHandled(post("", "", own()));
        }

        @ParameterizedTest
        @ValueSource(
                strings = {
                    "https://evil.example",
                    "null",
                    "http://localhost.evil.example",
                    "http://localhost:1",
                    "localhost",
                    ""
                })
        void another_origin_is_refused(String origin) {
            assertRefused(post("", "", "Origin: " + origin));
        }

        @Test
        void silence_is_refused() {
            assertRefused(post("", ""));
        }
    }

    @Nested
    @Keeps("H3")
    @Tries(45)
    class With_a_ticket {
        private Browser ada;
        private String cookie;
        private String token;

        @BeforeEach
        void signIn() {
            ada = app.browserOf("ada");
            cookie = ada.cookieLine().substring("Cookie: ".length());
            token = ada.get("/token").body();
        }

        @ParameterizedTest
        @ValueSource(strings = {"klingon", "", "\u0024"})
        void a_form_that_cannot_be_read_has_no_token(String charset) {
            String type = "Content-Type: application/x-www-form-urlencoded; charset=" + charset;
            String line = "Cookie: " + cookie;

            assertRefused(Wire.send(app.port(), "POST /act", List.of(line, type), "_csrf=" + token));
        }

        @Test
        void the_token_is_needed_even_from_our_origin() {
            assertRefused(post(cookie, "", "Sec-Fetch-Site: same-origin", own()));
        }

        @Test
        void the_token_in_the_form_passes() {
            assertHandled(post(cookie, "a=b&_csrf=" + token, "Sec-Fetch-Site: same-origin"));
        }

        @Test
        void the_token_in_the_header_passes() {
            assertHandled(post(cookie, "", "X-CSRF-Token: " + token, "Sec-Fetch-Site: same-origin"));
        }

        @Test
        void the_token_passes_when_the_browser_is_silent_about_where_from() {
            assertHandled(post(cookie, "_csrf=" + token));
        }

        @Test
        void the_token_does_not_help_another_site() {
            assertRefused(post(cookie, "_csrf=" + token, "Sec-Fetch-Site: cross-site"));
            assertRefused(post(cookie, "_csrf=" + token, FOREIGN));
        }

        @Test
        void a_header_that_lies_is_not_made_good_by_the_form() {
            assertRefused(post(cookie, "_csrf=" + token, "X-CSRF-Token: nonsense", own()));
        }

        @Test
        void two_headers_are_refused() {
            assertRefused(post(cookie, "", "X-CSRF-Token: " + token, "X-CSRF-Token: " + token, own()));
        }

        @Test
        void the_token_of_somebody_else_is_refused() {
            String others = app.browserOf("bob").get("/token").body();
            assertRefused(post(cookie, "_csrf=" + others, own()));
        }

        @Test
        void a_token_in_a_body_of_another_type_is_left_unread() {
            List<String> headers = List.of("Cookie: " + cookie, own(), "Content-Type: text/plain");
            assertRefused(Wire.send(app.port(), "POST /act", headers, "_csrf=" + token));
        }

        @Test
        void a_visitor_needs_the_token_as_well() {
            Browser visitor = app.browser();
            String fresh = visitor.get("/token").body();
            assertThat(visitor.post("/act", "a=b").status()).isEqualTo(403);
            assertThat(visitor.post("/act", "_csrf=" + fresh).status()).isEqualTo(200);
        }

        @Test
        void a_ticket_that_is_worth_nothing_counts_as_none() {
            assertHandled(post("__Host-session=garbage", "", own()));
        }
    }

    @Nested
    @Keeps("H3")
    @Tries(45)
    class The_method_that_counts {
        @Test
        void is_the_one_that_is_routed_by() {
            Answer overridden =
                    app.browserOf("ada").get("/act", "X-HTTP-Method-Override: POST", "Sec-Fetch-Site: same-origin");
            assertRefused(overridden);
        }

        @Test
        void is_the_one_that_is_routed_by_for_reading_too() {
            Answer overridden = app.browserOf("ada").send("POST /act", "a=b", "X-HTTP-Method-Override: GET", FOREIGN);
            assertThat(overridden.body()).isEqualTo("harmless");
            assertThat(handled).hasValue(0);
        }

        @Test
        void may_be_any_that_changes_something() {
            assertRefused(app.browserOf("ada").send("PUT /act", ""));
        }

        @Test
        void may_not_be_spelt_in_another_way() {
            Answer answer =
                    app.browserOf("ada").get("/act", "X-HTTP-Method-Override: post", "Sec-Fetch-Site: cross-site");
            assertThat(answer.status()).isIn(403, 404, 405);
            assertThat(handled).hasValue(0);
        }
    }

    @Nested
    class A_route_that_is_exempt {
        @Test
        void takes_requests_from_anywhere() {
            assertHandled(app.browserOf("ada").send("POST /hook", "a=b", FOREIGN));
        }
    }

    @Nested
    @Keeps("H4")
    @Tries(46)
    class A_sign_in_route {
        @Test
        void takes_requests_that_come_from_us() {
            assertThat(app.browser().post("/login", "").body()).isEqualTo("ada");
        }

        @Test
        void takes_them_without_a_token_though_there_is_a_ticket() {
            assertThat(app.browserOf("bob").post("/login", "").body()).isEqualTo("ada");
        }

        @Test
        void refuses_another_site() {
            assertThat(app.browser().send("POST /login", "", FOREIGN).status()).isEqualTo(403);
        }

        @Test
        void shows_the_form_again_when_its_token_is_stale() {
            assertThat(app.browser().send("POST /login", "_csrf=old").body()).isEqualTo("stale");
        }

        @Test
        void takes_a_token_where_the_browser_is_silent() {
            Browser visitor = app.browser();
            String token = visitor.get("/token").body();
            assertThat(visitor.send("POST /login", "_csrf=" + token).body()).isEqualTo("ada");
        }

        @Test
        void does_not_start_a_session_from_a_stale_form() {
            Answer answer = app.browser().send("POST /insist", "_csrf=old");
            assertThat(answer.status()).isEqualTo(403);
            assertThat(answer.setCookies()).isEmpty();
        }
    }

    @Nested
    class Where_from_is_asked_before_who {
        @ParameterizedTest
        @CsvSource({"cross-site, 403", "same-origin, 401"})
        void of_a_stranger(String site, int status) {
            assertThat(app.browser()
                            .send("POST /shut", "", "Sec-Fetch-Site: " + site)
                            .status())
                    .isEqualTo(status);
        }
    }

    @Nested
    class Configured_otherwise {
        @Test
        void originOnly_needs_no_token() {
            try (App single = App.start(s -> s.csrf = Csrf.originOnly(), CsrfTest.this::routes)) {
                assertThat(single.browserOf("ada").post("/act", "").status()).isEqualTo(200);
                assertThat(single.browserOf("ada")
                                .send("POST /act", "", FOREIGN)
                                .status())
                        .isEqualTo(403);
            }
        }

        @Test
        void off_checks_nothing() {
            try (App open = App.start(s -> s.csrf = Csrf.off(), CsrfTest.this::routes)) {
                assertThat(open.browserOf("ada").send("POST /act", "", FOREIGN).status())
                        .isEqualTo(200);
            }
        }

        @Test
        void an_application_can_answer_for_itself() {
            try (App polite = App.start(config -> {
                routes(config);
                config.routes.exception(
                        CsrfRefused.class, (e, ctx) -> ctx.status(400).result("try again"));
            })) {
                assertThat(polite.browser().post("/act", "").status()).isEqualTo(200);
                assertThat(polite.browser().send("POST /act", "", FOREIGN).body())
                        .isEqualTo("try again");
            }
        }
    }
}
