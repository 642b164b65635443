package dev.signet.http;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.signet.Keeps;
import dev.signet.Session;
import dev.signet.SignIn;
import dev.signet.Threads;
import dev.signet.Tries;
import dev.signet.http.Browser.Visit;
import java.time.Duration;
import java.time.Instant;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Consumer;
import org.assertj.core.api.SoftAssertions;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Named;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

class CsrfTest {
    private final Shop shop = Shop.onStore();
    private final WebSessions app = shop.instance();

    @AfterEach
    void close() {
        shop.close();
    }

    /** A form takes as long as whoever sends it likes, also on a virtual thread, which a lock would tie to its carrier. */
    @Test
    void nobody_waits_for_a_form_that_is_read() {
        Session ada = app.sessions().start("ada");
        List<String> seen = new CopyOnWriteArrayList<>();
        AtomicReference<WebSession> session = new AtomicReference<>();
        Exchange slow = new Exchange() {
            @Override
            public String method() {
                return "POST";
            }

            @Override
            public List<String> headers(String name) {
                return name.equals("Cookie") ? List.of(app.cookieHeader(ada)) : List.of();
            }

            @Override
            public String formField(String name) {
                Threads.elsewhere(() -> seen.add(session.get().subject()));
                return app.sessions().csrfToken(ada);
            }
        };
        session.set(app.open(slow));

        session.get().checkCsrf(true);

        assertThat(seen).containsExactly("ada");
        assertThat(session.get().csrfStale()).isFalse();
    }

    /** What the origin check makes of a request (DESIGN: passes, fails, inconclusive). */
    private enum Origin {
        PASSES,
        FAILS,
        INCONCLUSIVE
    }

    private enum Site {
        ABSENT(Origin.INCONCLUSIVE),
        SAME_ORIGIN(Origin.PASSES, "same-origin"),
        NONE(Origin.PASSES, "none"),
        SAME_SITE(Origin.FAILS, "same-site"),
        CROSS_SITE(Origin.FAILS, "cross-site"),
        GARBAGE(Origin.FAILS, "same-origin, none"),
        OTHER_CASE(Origin.FAILS, "Same-Origin"),
        EMPTY(Origin.FAILS, ""),
        TWICE(Origin.FAILS, "same-origin", "same-origin"),
        CONTRADICTING(Origin.FAILS, "same-origin", "cross-site");

        final Origin verdict;
        final List<String> lines;

        Site(Origin verdict, String... lines) {
            this.verdict = verdict;
            this.lines = List.of(lines);
        }
    }

    private enum Claimed {
        ABSENT(Origin.INCONCLUSIVE),
        OURS(Origin.PASSES, "https://shop.example"),
        OURS_WITHOUT_TLS(Origin.PASSES, "http://shop.example"),
        OURS_WITH_PORT(Origin.PASSES, "https://shop.example:443"),
        OURS_IN_CAPITALS(Origin.PASSES, "HTTPS://SHOP.example"),
        OTHER(Origin.FAILS, "https://evil.example"),
        SUBDOMAIN(Origin.FAILS, "https://cdn.shop.example"),
        SUFFIX(Origin.FAILS, "https://shop.example.evil.example"),
        PREFIX(Origin.FAILS, "https://evilshop.example"),
        OTHER_PORT(Origin.FAILS, "https://shop.example:8443"),
        NULL(Origin.FAILS, "null"),
        EMPTY(Origin.FAILS, ""),
        HOST_ONLY(Origin.FAILS, "shop.example"),
        NO_SCHEME(Origin.FAILS, "://shop.example"),
        WITH_PATH(Origin.FAILS, "https://shop.example/"),
        WITH_USER(Origin.FAILS, "https://shop.example@evil.example"),
        TWICE(Origin.FAILS, "https://shop.example", "https://shop.example");

        final Origin verdict;
        final List<String> lines;

        Claimed(Origin verdict, String... lines) {
            this.verdict = verdict;
            this.lines = List.of(lines);
        }
    }

    private enum Ticket {
        NONE(false),
        GARBAGE(false),
        EXPIRED(false),
        VISITOR(true),
        SESSION(true),
        UNDECIDED(true);

        final boolean counts;

        Ticket(boolean counts) {
            this.counts = counts;
        }
    }

    private enum Token {
        ABSENT(false),
        IN_FORM(true),
        IN_HEADER(true),
        IN_BOTH(true),
        HEADER_WRONG_FORM_RIGHT(false),
        OF_ANOTHER_SESSION(false),
        CHANGED(false),
        EMPTY(false),
        TWO_HEADERS(false);

        final boolean valid;

        Token(boolean valid) {
            this.valid = valid;
        }
    }

    private enum Mode {
        ON,
        ORIGIN_ONLY,
        OFF
    }

    private enum Answer {
        PASSES,
        STALE,
        REFUSED
    }

    private static Origin origin(Site site, Claimed claimed) {
        return site.lines.isEmpty() ? claimed.verdict : site.verdict;
    }

    private static Answer expected(Mode mode, boolean signInRoute, Origin origin, Ticket ticket, Token token) {
        boolean fits = token.valid && ticket.counts;
        if (mode == Mode.OFF) {
            return Answer.PASSES;
        } else if (origin == Origin.FAILS) {
            return Answer.REFUSED;
        } else if (signInRoute) {
            return origin == Origin.PASSES || fits ? Answer.PASSES : Answer.STALE;
        } else if (mode == Mode.ON && ticket.counts) {
            return fits ? Answer.PASSES : Answer.REFUSED;
        }
        return origin == Origin.PASSES ? Answer.PASSES : Answer.REFUSED;
    }

    @ParameterizedTest
    @EnumSource(Mode.class)
    @Keeps({"H3", "H4"})
    @Tries({45, 46})
    void every_combination_is_answered_as_designed(Mode mode) {
        Csrf csrf = switch (mode) {
            case ON -> Csrf.on();
            case ORIGIN_ONLY -> Csrf.originOnly();
            case OFF -> Csrf.off();
        };
        WebSessions guarded = shop.with(b -> b.csrf(csrf));
        SoftAssertions softly = new SoftAssertions();
        for (Ticket ticket : Ticket.values()) {
            Browser browser = present(ticket, guarded);
            for (Token token : Token.values()) {
                String valid = tokenOf(ticket, browser, guarded);
                String others = tokenOf(Ticket.SESSION, foreign, guarded);
                for (Site site : Site.values()) {
                    for (Claimed claimed : Claimed.values()) {
                        for (boolean signInRoute : new boolean[] {false, true}) {
                            Request request = request(site, claimed, token, valid, others);
                            softly.assertThat(answer(browser.open(guarded, request).session, signInRoute))
                                    .as(
                                            "%s %s %s %s %s sign-in route %s",
                                            mode, site, claimed, ticket, token, signInRoute)
                                    .isEqualTo(expected(mode, signInRoute, origin(site, claimed), ticket, token));
                        }
                    }
                }
            }
        }
        softly.assertAll();
    }

    private final Browser foreign = shop.signedIn(app, "eve");

    private Browser present(Ticket ticket, WebSessions at) {
        Browser browser = switch (ticket) {
            case NONE, GARBAGE -> shop.browser();
            case VISITOR -> shop.visiting(at);
            case EXPIRED, SESSION, UNDECIDED -> shop.signedIn(at, "ada");
        };
        if (ticket == Ticket.GARBAGE) {
            browser.plant(Shop.TICKET, "garbage");
        } else if (ticket == Ticket.EXPIRED) {
            browser.plant(Shop.TICKET, expired(at));
        } else if (ticket == Ticket.UNDECIDED) {
            shop.loseStore();
        }
        return browser;
    }

    /** A ticket that ended a moment ago, so that the others need not. */
    private String expired(WebSessions at) {
        Instant now = shop.clock.instant();
        shop.clock.moveTo(now.minus(Duration.ofHours(1)));
        String header = at.cookieHeader(at.sessions().start("ada"));
        shop.clock.moveTo(now);
        return header.substring(Shop.TICKET.length() + 1);
    }

    private static String tokenOf(Ticket ticket, Browser browser, WebSessions at) {
        return ticket.counts ? browser.background(at).session.csrfToken() : "none.none";
    }

    private static Request request(Site site, Claimed claimed, Token token, String valid, String others) {
        Request request = Request.bare("POST");
        for (String line : site.lines) {
            request = request.with("Sec-Fetch-Site", line);
        }
        for (String line : claimed.lines) {
            request = request.with("Origin", line);
        }
        return switch (token) {
            case ABSENT -> request;
            case IN_FORM -> request.withField("_csrf", valid);
            case IN_HEADER -> request.with("X-CSRF-Token", valid);
            case IN_BOTH -> request.with("X-CSRF-Token", valid).withField("_csrf", valid);
            case HEADER_WRONG_FORM_RIGHT ->
                request.with("X-CSRF-Token", "wrong").withField("_csrf", valid);
            case OF_ANOTHER_SESSION -> request.withField("_csrf", others);
            case CHANGED -> request.withField("_csrf", valid + "A");
            case EMPTY -> request.withField("_csrf", "");
            case TWO_HEADERS -> request.with("X-CSRF-Token", valid).with("X-CSRF-Token", valid);
        };
    }

    private static Answer answer(WebSession session, boolean signInRoute) {
        try {
            session.checkCsrf(signInRoute);
            return session.csrfStale() ? Answer.STALE : Answer.PASSES;
        } catch (CsrfRefused refused) {
            return Answer.REFUSED;
        }
    }

    @Nested
    class The_origin {
        private void matches(String host, String origin, boolean passes) {
            Request request =
                    Request.bare("POST").without("Host").with("Host", host).with("Origin", origin);

            assertThat(answer(app.open(request), false)).isEqualTo(passes ? Answer.PASSES : Answer.REFUSED);
        }

        @ParameterizedTest
        @CsvSource({
            "shop.example, https://shop.example, true",
            "SHOP.example, https://shop.EXAMPLE, true",
            "shop.example:443, https://shop.example, true",
            "shop.example, https://shop.example:443, true",
            "shop.example:80, http://shop.example, true",
            "shop.example, http://shop.example:80, true",
            "localhost:7070, http://localhost:7070, true",
            "localhost:7070, http://localhost:7071, false",
            "localhost:7070, http://localhost, false",
            "localhost, http://127.0.0.1, false",
            "[::1]:7070, http://[::1]:7070, true",
            "[::1], https://[::1], true",
            "[::1]:443, https://[::1], true",
            "[::1]:80, http://[::1], true",
            "[::1]:7070, http://[::1]:7071, false",
            "[::80], http://[::80], true",
            "[::80], http://[::], false",
            "[fe80::1], http://[fe80::2], false",
            "shop.example, https://shop.example:8080, false",
            "shop.example:8080, https://shop.example, false",
            "shop.example, https://shop.example., false",
            "shop.example, file://shop.example.evil, false",
            "shop.example, https://, false",
            "'', https://, false",
        })
        void is_compared_by_host_and_port(String host, String origin, boolean passes) {
            matches(host, origin, passes);
        }

        @Test
        void needs_one_host() {
            Request none = Request.bare("POST").without("Host").with("Origin", Request.ORIGIN);
            Request two = Request.bare("POST").with("Host", "shop.example").with("Origin", Request.ORIGIN);

            assertThat(answer(app.open(none), false)).isEqualTo(Answer.REFUSED);
            assertThat(answer(app.open(two), false)).isEqualTo(Answer.REFUSED);
        }

        @Test
        void may_be_one_that_was_configured() {
            WebSessions behindProxy =
                    shop.with(b -> b.csrf(Csrf.on().origins("https://www.shop.example", "http://localhost:7070")));

            for (String origin : List.of(
                    "https://www.shop.example",
                    "https://WWW.shop.example:443",
                    "http://localhost:7070",
                    Request.ORIGIN)) {
                assertThat(answer(behindProxy.open(Request.bare("POST").with("Origin", origin)), false))
                        .as(origin)
                        .isEqualTo(Answer.PASSES);
            }
            assertThat(answer(behindProxy.open(Request.bare("POST").with("Origin", "https://evil.example")), false))
                    .isEqualTo(Answer.REFUSED);
        }

        @Test
        void does_not_help_where_the_browser_says_cross_site() {
            WebSessions behindProxy = shop.with(b -> b.csrf(Csrf.on().origins("https://www.shop.example")));
            Request request = Request.bare("POST")
                    .with("Origin", "https://www.shop.example")
                    .with("Sec-Fetch-Site", "cross-site");

            assertThat(answer(behindProxy.open(request), false)).isEqualTo(Answer.REFUSED);
        }

        @Test
        @Keeps("H3")
        @Tries(50)
        void is_not_believed_of_forwarded_headers() {
            Request request = Request.bare("POST")
                    .with("Origin", "https://evil.example")
                    .with("X-Forwarded-Host", "evil.example")
                    .with("Forwarded", "host=evil.example");

            assertThat(answer(app.open(request), false)).isEqualTo(Answer.REFUSED);
        }
    }

    @Nested
    @Keeps("H3")
    @Tries(45)
    class The_method {
        @ParameterizedTest
        @ValueSource(strings = {"GET", "HEAD", "OPTIONS", "TRACE", "get"})
        void is_safe(String method) {
            Request request = Request.bare(method).with("Sec-Fetch-Site", "cross-site");

            assertThat(answer(app.open(request), false)).isEqualTo(Answer.PASSES);
        }

        @ParameterizedTest
        @ValueSource(strings = {"POST", "PUT", "PATCH", "DELETE", "CONNECT", "PROPFIND", "post", "", "GET "})
        void is_guarded(String method) {
            Request request = Request.bare(method).with("Sec-Fetch-Site", "cross-site");

            assertThat(answer(app.open(request), false)).isEqualTo(Answer.REFUSED);
        }
    }

    @Nested
    @Keeps("H3")
    @Tries(45)
    class A_token {
        @Test
        void is_different_each_time_and_all_work() {
            Browser browser = shop.signedIn(app, "ada");
            Visit page = browser.page(app);
            Set<String> tokens = new HashSet<>();
            for (int i = 0; i < 100; i++) {
                tokens.add(page.session.csrfToken());
            }

            assertThat(tokens).hasSize(100);
            assertThat(tokens)
                    .allSatisfy(token -> assertThatCode(
                                    () -> post(browser, token).session.checkCsrf(false))
                            .doesNotThrowAnyException());
        }

        @Test
        void stands_in_a_form_as_a_hidden_field() {
            String field = shop.signedIn(app, "ada").page(app).session.csrfField();

            assertThat(field)
                    .matches(
                            "<input type=\"hidden\" name=\"_csrf\" value=\"[A-Za-z0-9_-]{1,12}\\.[A-Za-z0-9_-]{43}\">");
        }

        @Test
        void makes_a_stranger_a_visitor_whose_it_is() {
            Browser browser = shop.browser();
            Visit page = browser.page(app);

            String token = page.session.csrfToken();
            page.finish();

            assertThat(page.touched()).containsExactly(Shop.VISITOR);
            assertThatCode(() -> post(browser, token).session.checkCsrf(false)).doesNotThrowAnyException();
        }

        @Test
        void of_the_form_is_dead_after_the_sign_in() {
            Browser browser = shop.browser();
            Visit page = browser.page(app);
            String token = page.session.csrfToken();
            page.finish();

            Visit in = post(browser, token);
            in.session.checkCsrf(true);
            in.session.start("ada");
            in.finish();

            assertThatThrownBy(() -> post(browser, token).session.checkCsrf(false))
                    .isInstanceOf(CsrfRefused.class);
        }

        @Test
        void is_dead_after_a_restart_a_sign_out_and_another_sign_in() {
            Browser browser = shop.signedIn(app, "ada");
            String token = browser.page(app).session.csrfToken();

            Visit restart = browser.form(app);
            restart.session.restart(Set.of());
            restart.finish();
            assertThatThrownBy(() -> post(browser, token).session.checkCsrf(false))
                    .isInstanceOf(CsrfRefused.class);

            String second = browser.page(app).session.csrfToken();
            Visit out = browser.form(app);
            out.session.end(Shop.THEME);
            out.finish();
            assertThatThrownBy(() -> post(browser, second).session.checkCsrf(false))
                    .isInstanceOf(CsrfRefused.class);

            browser.signIn(app, "ada");
            assertThatThrownBy(() -> post(browser, second).session.checkCsrf(false))
                    .isInstanceOf(CsrfRefused.class);
        }

        @Test
        void stays_good_over_renewals_and_ending_the_others() {
            try (Shop near = Shop.inMemory()) {
                WebSessions here = near.instance();
                Browser browser = near.signedIn(here, "ada");
                String token = browser.page(here).session.csrfToken();
                near.clock.advance(Shop.RENEWAL_DUE);
                Visit renewal = browser.page(here);
                renewal.session.endOthers();
                renewal.finish();

                assertThatCode(() -> browser.open(here, Request.form().withField("_csrf", token))
                                .session
                                .checkCsrf(false))
                        .doesNotThrowAnyException();
            }
        }

        @Test
        void that_was_made_after_the_start_is_the_new_sessions() {
            Browser browser = shop.visiting(app);
            Visit in = browser.form(app);

            in.session.start(SignIn.as("ada"));
            String token = in.session.csrfToken();
            in.finish();

            assertThatCode(() -> post(browser, token).session.checkCsrf(false)).doesNotThrowAnyException();
        }

        @Test
        void of_another_application_session_name_or_kind_does_not_count() {
            WebSessions admin = shop.lasting(s -> s.name("admin"));
            Session session = app.sessions().start("ada");
            String foreign = admin.sessions().csrfToken(session);
            Request request = Request.form().with("Cookie", app.cookieHeader(session));

            assertThat(answer(app.open(request.withField("_csrf", foreign)), false))
                    .isEqualTo(Answer.REFUSED);
            assertThat(answer(app.open(request.withField("_csrf", app.sessions().csrfToken(session))), false))
                    .isEqualTo(Answer.PASSES);
        }

        @Test
        void does_not_count_in_any_other_spelling() {
            Browser browser = shop.signedIn(app, "ada");
            String token = browser.page(app).session.csrfToken();

            for (int i = 0; i < token.length(); i++) {
                for (char c : "Aa0-_.= +/\u0000é".toCharArray()) {
                    String inserted = token.substring(0, i) + c + token.substring(i);
                    String changed = token.substring(0, i) + c + token.substring(i + 1);
                    assertThat(answer(post(browser, inserted).session, false))
                            .as(inserted)
                            .isEqualTo(Answer.REFUSED);
                    if (!changed.equals(token)) {
                        assertThat(answer(post(browser, changed).session, false))
                                .as(changed)
                                .isEqualTo(Answer.REFUSED);
                    }
                }
                assertThat(answer(post(browser, token.substring(0, i)).session, false))
                        .isEqualTo(Answer.REFUSED);
                assertThat(answer(post(browser, token.substring(0, i) + token.substring(i + 1)).session, false))
                        .isEqualTo(Answer.REFUSED);
            }
        }

        private Visit post(Browser browser, String token) {
            return browser.open(app, Request.form().withField("_csrf", token));
        }
    }

    @Nested
    class The_form_is_read {
        @Test
        void not_when_a_header_brought_the_token() {
            Browser browser = shop.signedIn(app, "ada");
            String token = browser.page(app).session.csrfToken();
            Visit visit = browser.open(app, Request.form().with("X-CSRF-Token", token));

            visit.session.checkCsrf(false);

            assertThat(visit.request.asked()).doesNotContain("_csrf");
        }

        @Test
        void not_when_the_origin_has_failed_or_no_ticket_came() {
            Visit failed =
                    shop.signedIn(app, "ada").open(app, Request.bare("POST").with("Origin", "null"));
            Visit stranger = shop.browser().form(app);

            assertThat(answer(failed.session, false)).isEqualTo(Answer.REFUSED);
            assertThat(answer(stranger.session, false)).isEqualTo(Answer.PASSES);

            assertThat(failed.request.asked()).doesNotContain("_csrf", "Cookie");
            assertThat(stranger.request.asked()).doesNotContain("_csrf");
        }
    }

    @Nested
    @Keeps("H4")
    @Tries(46)
    class A_stale_sign_in_form {
        @Test
        void reaches_the_handler_which_cannot_start() {
            Browser browser = shop.browser();
            Visit in = browser.open(app, Request.bare("POST").withField("_csrf", "k1.stale"));

            in.session.checkCsrf(true);

            assertThat(in.session.csrfStale()).isTrue();
            assertThatThrownBy(() -> in.session.start("ada")).isInstanceOf(CsrfRefused.class);
            assertThat(in.session.current()).isEmpty();
            assertThat(in.finish().setCookies()).isEmpty();
        }

        @Test
        void does_not_end_the_session_that_is_there() {
            Browser browser = shop.signedIn(app, "ada");
            Visit in = browser.open(app, Request.bare("POST"));
            in.session.checkCsrf(true);

            assertThatThrownBy(() -> in.session.start("eve")).isInstanceOf(CsrfRefused.class);
            in.finish();

            assertThat(browser.who(app)).contains("ada");
        }

        static List<Named<Consumer<WebSession>>> acts() {
            return List.of(
                    Named.of("start", session -> session.start("eve")),
                    Named.of("restart", session -> session.restart(Set.of("ADMIN"))),
                    Named.of("restart with credentials", session -> session.restart(SignIn.as("ada"))),
                    Named.of("end", WebSession::end),
                    Named.of("endEverywhere", WebSession::endEverywhere));
        }

        @ParameterizedTest
        @MethodSource("acts")
        void neither_starts_nor_restarts_nor_ends_anything(Consumer<WebSession> act) {
            Browser browser = shop.signedIn(app, "ada");
            String before = browser.cookieHeader();
            Visit in = browser.open(app, Request.bare("POST").withField("_csrf", "k1.stale"));
            in.session.checkCsrf(true);

            assertThatThrownBy(() -> act.accept(in.session)).isInstanceOf(CsrfRefused.class);
            in.finish();

            assertThat(browser.cookieHeader()).isEqualTo(before);
            assertThat(browser.who(app)).contains("ada");
            assertThat(shop.heard.ended).isEmpty();
        }

        @ParameterizedTest
        @MethodSource("acts")
        void is_still_stale_after_one_of_them_was_refused(Consumer<WebSession> act) {
            Visit in = shop.signedIn(app, "ada").open(app, Request.bare("POST"));
            in.session.checkCsrf(true);
            assertThatThrownBy(() -> act.accept(in.session)).isInstanceOf(CsrfRefused.class);

            assertThat(in.session.csrfStale()).isTrue();
            assertThatThrownBy(() -> in.session.start("eve")).isInstanceOf(CsrfRefused.class);
        }

        @Test
        void shown_again_with_a_new_token_works() {
            Browser browser = shop.browser();
            Visit stale = browser.open(app, Request.bare("POST"));
            stale.session.checkCsrf(true);
            String token = stale.session.csrfToken();
            stale.finish();

            Visit again = browser.open(app, Request.bare("POST").withField("_csrf", token));
            again.session.checkCsrf(true);
            again.session.start("ada");
            again.finish();

            assertThat(browser.who(app)).contains("ada");
        }

        @Test
        void from_another_site_does_not_reach_the_handler() {
            Browser browser = shop.visiting(app);
            String token = browser.page(app).session.csrfToken();
            Request request =
                    Request.bare("POST").with("Sec-Fetch-Site", "cross-site").withField("_csrf", token);

            assertThatThrownBy(() -> browser.open(app, request).session.checkCsrf(true))
                    .isInstanceOf(CsrfRefused.class);
        }
    }

    @Nested
    @Keeps("H3")
    @Tries(45)
    class An_upgrade {
        private boolean passes(WebSessions at, Browser browser, Request request) {
            try {
                browser.open(at, request).session.checkUpgradeOrigin();
                return true;
            } catch (CsrfRefused refused) {
                return false;
            }
        }

        @Test
        void is_checked_by_origin_for_everybody() {
            for (Browser browser : List.of(shop.browser(), shop.visiting(app), shop.signedIn(app, "ada"))) {
                assertThat(passes(app, browser, Request.bare("GET").with("Origin", Request.ORIGIN)))
                        .isTrue();
                assertThat(passes(app, browser, Request.bare("GET").with("Sec-Fetch-Site", "same-origin")))
                        .isTrue();
                assertThat(passes(app, browser, Request.bare("GET").with("Origin", "https://evil.example")))
                        .isFalse();
                assertThat(passes(app, browser, Request.bare("GET").with("Origin", "null")))
                        .isFalse();
                assertThat(passes(app, browser, Request.bare("GET").with("Sec-Fetch-Site", "cross-site")))
                        .isFalse();
                assertThat(passes(app, browser, Request.bare("GET").with("Sec-Fetch-Site", "same-site")))
                        .isFalse();
            }
        }

        @Test
        void without_any_origin_passes_only_without_a_ticket() {
            assertThat(passes(app, shop.browser(), Request.bare("GET"))).isTrue();
            assertThat(passes(app, shop.visiting(app), Request.bare("GET"))).isFalse();
            assertThat(passes(app, shop.signedIn(app, "ada"), Request.bare("GET")))
                    .isFalse();
        }

        @Test
        void without_any_origin_does_not_pass_with_an_undecided_ticket() {
            Browser browser = shop.signedIn(app, "ada");
            shop.loseStore();

            assertThat(passes(app, browser, Request.bare("GET"))).isFalse();
        }

        @Test
        void is_not_checked_where_nothing_is() {
            WebSessions unguarded = shop.with(b -> b.csrf(Csrf.off()));

            assertThat(passes(
                            unguarded,
                            shop.signedIn(unguarded, "ada"),
                            Request.bare("GET").with("Origin", "null")))
                    .isTrue();
        }
    }

    @Test
    void the_tables_of_this_test_have_every_verdict() {
        TreeMap<Answer, Integer> seen = new TreeMap<>();
        for (Ticket ticket : Ticket.values()) {
            for (Token token : Token.values()) {
                for (Origin origin : Origin.values()) {
                    seen.merge(expected(Mode.ON, true, origin, ticket, token), 1, Integer::sum);
                    seen.merge(expected(Mode.ON, false, origin, ticket, token), 1, Integer::sum);
                }
            }
        }

        assertThat(seen).containsOnlyKeys(Answer.values());
    }
}
