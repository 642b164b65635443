package dev.signet.javalin;

import static dev.signet.javalin.SessionPlugin.bearer;
import static dev.signet.javalin.SessionPlugin.session;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import dev.signet.Keeps;
import dev.signet.Lifetime;
import dev.signet.Session;
import dev.signet.Sessions;
import dev.signet.SessionsBuilder;
import dev.signet.SignIn;
import dev.signet.Slot;
import dev.signet.Tries;
import dev.signet.http.CookieSettings;
import dev.signet.http.SameSite;
import dev.signet.http.SiteData;
import dev.signet.keys.Key;
import dev.signet.keys.KeyRing;
import dev.signet.revocation.Revocation;
import dev.signet.revocation.Revocations;
import io.javalin.config.JavalinConfig;
import io.javalin.http.Context;
import io.javalin.security.RouteRole;
import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Consumer;
import java.util.function.UnaryOperator;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;

/** Tickets of API clients, which come in the {@code Authorization} header, byte by byte over sockets. */
@Keeps("S15")
class BearerTest {
    private static final String CHALLENGE = "WWW-Authenticate";
    private static final String INVALID = "Bearer realm=\"api\", error=\"invalid_token\"";
    private static final Pattern ACCESS_TOKEN = Pattern.compile("\"access_token\":\"([^\"]+)\"");

    enum Scope implements RouteRole {
        READ,
        WRITE
    }

    enum Person implements RouteRole {
        SHOPPER
    }

    private final App app = App.start(
            s -> {
                s.name = "session";
                s.roles = Person.class;
                s.also("api", api -> {
                    api.bearer = true;
                    api.roles = Scope.class;
                });
            },
            BearerTest::routes);

    private final Sessions api = app.plugin.sessions("api");

    private static void routes(JavalinConfig config) {
        config.routes.post("/token", BearerTest::token, SessionRoute.SIGN_IN);
        config.routes.get(
                "/who",
                ctx -> ctx.result(bearer(ctx).current().map(Session::subject).orElse("-")));
        config.routes.post("/who", ctx -> ctx.result("form"), SessionRoute.CSRF_EXEMPT);
        config.routes.get("/me", ctx -> ctx.result(bearer(ctx).subject()));
        config.routes.get("/read", ctx -> ctx.result("read"), Scope.READ);
        config.routes.post("/write", ctx -> ctx.result("written"), Scope.WRITE);
        config.routes.post("/renew", ctx -> ctx.json(bearer(ctx).renew().response()), Scope.READ);
        config.routes.post("/logout", ctx -> ctx.result("" + bearer(ctx).end()), Scope.READ);
        config.routes.get("/careful", ctx -> bearer(ctx).requireFresh(Duration.ofMinutes(5)), Scope.READ);
        config.routes.post("/mixed", ctx -> session(ctx).set("theme", "dark"), Scope.READ);
        config.routes.get("/page", ctx -> ctx.result(session(ctx).subject()));
        config.routes.post("/cart", ctx -> session(ctx).set("theme", "dark"));
        config.routes.get("/public", ctx -> ctx.result("public"));
        config.routes.ws(
                "/socket",
                ws -> {
                    ws.onConnect(ctx -> ctx.send(bearer(ctx).subject()));
                    ws.onMessage(ctx -> ctx.send(bearer(ctx).subject()));
                },
                Scope.READ);
        config.routes.ws(
                "/lobby",
                ws -> ws.onMessage(ctx ->
                        ctx.send(bearer(ctx).current().map(Session::subject).orElse("-"))));
        config.routes.sse(
                "/events",
                client -> {
                    client.keepAlive();
                    client.sendEvent(bearer(client.ctx()).subject());
                },
                Scope.READ);
    }

    private static void token(Context ctx) {
        ctx.json(bearer(ctx).start(SignIn.as("ada").roles(Scope.READ)).response());
    }

    @AfterEach
    void stop() {
        app.close();
    }

    private Session ada() {
        return api.start(SignIn.as("ada").roles(Scope.READ));
    }

    private String ticket() {
        return api.issue(ada());
    }

    private Answer get(String path, String... headers) {
        return send("GET " + path, headers);
    }

    private Answer send(String requestLine, String... headers) {
        return Wire.send(app.port(), requestLine, List.of(headers), "");
    }

    private static String authorization(String ticket) {
        return "Authorization: Bearer " + ticket;
    }

    private static String accessToken(Answer answer) {
        Matcher found = ACCESS_TOKEN.matcher(answer.body());
        assertThat(found.find()).as(answer.body()).isTrue();
        return found.group(1);
    }

    private static Answer withoutDate(Answer answer) {
        Map<String, List<String>> headers = new LinkedHashMap<>(answer.headers());
        headers.remove("date");
        return new Answer(answer.status(), headers, answer.body());
    }

    @Nested
    class A_ticket {
        @Test
        void comes_in_the_body_goes_in_the_header_and_ends() {
            Answer given = send("POST /token");
            String ticket = accessToken(given);

            assertThat(given.body()).contains("\"token_type\":\"Bearer\"", "\"expires_in\":1800");
            assertThat(given.header("Cache-Control")).isEqualTo("no-store");
            assertThat(given.setCookies()).isEmpty();
            assertThat(get("/me", authorization(ticket)).body()).isEqualTo("ada");

            app.clock.advance(Duration.ofMinutes(20));
            Answer used = get("/read", authorization(ticket));
            assertThat(used.body()).isEqualTo("read");
            assertThat(used.setCookies()).isEmpty();
            assertThat(used.header("Cache-Control")).isEqualTo("no-store");

            String renewed = accessToken(send("POST /renew", authorization(ticket)));
            app.clock.advance(Duration.ofMinutes(20));
            assertThat(get("/me", authorization(ticket)).status()).isEqualTo(401);
            assertThat(get("/me", authorization(renewed)).body()).isEqualTo("ada");

            assertThat(send("POST /logout", authorization(renewed)).body()).isEqualTo("true");
            assertThat(get("/me", authorization(renewed)).status()).isEqualTo(401);
        }

        @Test
        void is_needed_by_its_routes_and_by_no_other() {
            assertThat(get("/public").header("Cache-Control")).isEmpty();
            assertThat(get("/public", authorization("x")).status()).isEqualTo(200);
            assertThat(get("/read").status()).isEqualTo(401);
        }

        @Test
        void without_the_role_is_not_allowed() {
            Answer answer = send("POST /write", authorization(ticket()));

            assertThat(answer.status()).isEqualTo(403);
            assertThat(answer.header(CHALLENGE)).isEqualTo("Bearer realm=\"api\", error=\"insufficient_scope\"");
        }

        @Test
        void of_credentials_that_were_checked_long_ago_is_challenged() {
            String ticket = ticket();
            app.clock.advance(Duration.ofMinutes(6));
            Answer answer = get("/careful", authorization(ticket));

            assertThat(answer.status()).isEqualTo(401);
            assertThat(answer.header(CHALLENGE))
                    .isEqualTo("Bearer realm=\"api\", error=\"insufficient_user_authentication\"");
        }

        /** A browser sends such a header for nobody but the page's own script, so there is nothing to prove. */
        @Test
        void needs_no_csrf_token() {
            String ticket = api.issue(api.start(SignIn.as("ada").roles(Scope.WRITE)));

            assertThat(send("POST /write", authorization(ticket)).body()).isEqualTo("written");
            assertThat(send("POST /write", authorization(ticket), "Origin: https://elsewhere.example")
                            .body())
                    .isEqualTo("written");
        }
    }

    @Nested
    @Tries(48)
    class The_header {
        private final String ticket = ticket();

        private void expect(String who, String... headers) {
            assertThat(get("/who", headers).body())
                    .as(String.join(" | ", headers))
                    .isEqualTo(who);
        }

        /** Whitespace around a value is the server's to remove (RFC 9110 §5.5). */
        @Test
        void names_its_scheme_in_any_case() {
            for (String scheme : List.of("Bearer", "bearer", "BEARER", "bEARER")) {
                expect("ada", "Authorization: " + scheme + " " + ticket);
            }
            expect("ada", "authorization:Bearer   " + ticket);
            expect("ada", "AUTHORIZATION: Bearer " + ticket + " \t");
        }

        @Test
        void is_one_line_of_one_ticket() {
            expect("-", authorization(ticket), authorization(ticket));
            expect("-", authorization(ticket), "Authorization: Basic YWRhOmxvdmVsYWNl");
            expect("-", "Authorization: Basic YWRhOmxvdmVsYWNl", authorization(ticket));
            expect("-", authorization(ticket + ", Bearer " + ticket));
            expect("-", authorization(ticket + "," + ticket));
            expect("-", authorization(ticket + " " + ticket));
            expect("-", authorization(""), authorization(ticket));
        }

        @Test
        void is_strict() {
            for (String line : List.of(
                    "Basic " + ticket,
                    "Token " + ticket,
                    "DPoP " + ticket,
                    "Bearer\t" + ticket,
                    "Bearer \t" + ticket,
                    "Bearer" + ticket,
                    "Bearer=" + ticket,
                    "Bearer: " + ticket,
                    "Bearer \"" + ticket + "\"",
                    "Bearer token=" + ticket,
                    "Bearer " + ticket + ";",
                    "Bearer",
                    ticket,
                    "")) {
                expect("-", "Authorization: " + line);
                assertThat(get("/me", "Authorization: " + line).header(CHALLENGE))
                        .isEqualTo("Bearer realm=\"api\"");
            }
        }

        @Test
        void is_no_longer_than_a_cookie_could_be() {
            expect("-", authorization(ticket + "A".repeat(4096 - ticket.length())));
            expect("-", authorization("A".repeat(4097)));
            expect("-", authorization("A".repeat(12_000)));
            assertThat(get("/who", authorization("A".repeat(20_000))).status()).isEqualTo(431);
            expect("ada", authorization(ticket));
        }

        @Test
        void is_the_only_place() {
            for (String address : List.of(
                    "/who?access_token=", "/who?token=", "/who;access_token=", "/who?Authorization=Bearer%20")) {
                assertThat(get(address + ticket).body()).isNotEqualTo("ada");
            }
            expect("-", "Cookie: __Host-api=" + ticket);
            expect("-", "Cookie: access_token=" + ticket);
            expect("-", "Proxy-Authorization: Bearer " + ticket);
            expect("-", "X-Authorization: Bearer " + ticket);
            Answer form = Wire.send(
                    app.port(),
                    "POST /write",
                    List.of("Content-Type: application/x-www-form-urlencoded"),
                    "access_token=" + api.issue(api.start(SignIn.as("ada").roles(Scope.WRITE))));
            assertThat(form.status()).isEqualTo(401);
        }
    }

    @Nested
    @Keeps("K8")
    class Refusals_look_the_same {
        private String of(KeyRing keys, UnaryOperator<SessionsBuilder> settings) {
            try (Sessions sessions = settings.apply(
                            Sessions.with(keys).name("api").clock(app.clock))
                    .build()) {
                return sessions.issue(sessions.start(SignIn.as("ada").roles(Scope.READ)));
            }
        }

        private Map<String, String> refused() {
            Map<String, String> tickets = new LinkedHashMap<>();
            Session idle = api.start(SignIn.as("bob").roles(Scope.READ));
            tickets.put("expired", api.issue(idle));
            app.clock.advance(Duration.ofMinutes(31));
            Session ended = ada();
            tickets.put("revoked", api.issue(ended));
            api.end(ended);
            Session everywhere = api.start(SignIn.as("carol"));
            tickets.put("ended everywhere", api.issue(everywhere));
            api.revoke(Revocation.subject("carol"));
            tickets.put("of another ring", of(KeyRing.generate(), s -> s));
            tickets.put("of another application", of(App.KEYS, s -> s.application("other")));
            tickets.put("of another session", of(App.KEYS, s -> s.name("other")));
            tickets.put(
                    "of the future",
                    of(App.KEYS, s -> s.clock(() -> app.clock.instant().plusSeconds(3600))));
            tickets.put(
                    "of long ago",
                    of(App.KEYS, s -> s.clock(() -> app.clock.instant().minus(Duration.ofDays(500)))));
            tickets.put("out of a cookie", app.plugin.sessions().issue(app.session("ada", Person.SHOPPER)));
            tickets.put("a visitor's", api.issue(api.startVisitor()));
            tickets.put("a slot", api.seal(api.content(Slot.text("theme"), "dark"), ada()));
            String good = ticket();
            tickets.put("changed", good.substring(0, good.length() - 2) + (good.endsWith("AA") ? "BB" : "AA"));
            tickets.put("cut", good.substring(0, good.length() / 2));
            tickets.put("padded", good + "=");
            for (String text :
                    List.of("x", ".", "....", "null", "e30....", "eyJhbGciOiJub25lIn0.e30.", "~~~", "a+b/c==")) {
                tickets.put("the text " + text, text);
            }
            tickets.put("as long as can be", good + "A".repeat(4096 - good.length()));
            assertThat(get("/me", authorization(good)).body()).isEqualTo("ada");
            return tickets;
        }

        @Test
        void whatever_the_cause() {
            Map<String, String> tickets = refused();
            for (String path : List.of("/me", "/read")) {
                List<Answer> answers = new ArrayList<>();
                tickets.values().forEach(ticket -> answers.add(withoutDate(get(path, authorization(ticket)))));

                assertThat(answers.stream().distinct()).singleElement().satisfies(answer -> {
                    assertThat(answer.status()).isEqualTo(401);
                    assertThat(answer.body()).isEqualTo("sign in");
                    assertThat(answer.all(CHALLENGE)).containsExactly(INVALID);
                    assertThat(answer.header("Cache-Control")).isEqualTo("no-store");
                    assertThat(answer.setCookies()).isEmpty();
                });
            }
        }

        /** Also in the answer to a navigation, which deletes a refused cookie. */
        @Test
        void and_never_touch_a_cookie() {
            Answer answer = get(
                    "/read",
                    authorization("x"),
                    "Cookie: __Host-session=x; __Host-api=x",
                    "Sec-Fetch-Mode: navigate",
                    "Sec-Fetch-Dest: document");

            assertThat(answer.status()).isEqualTo(401);
            assertThat(answer.setCookies()).isEmpty();
        }
    }

    /** Side by side in one application, neither is taken for the other: their keys are derived from their names. */
    @Nested
    class Cookies_and_headers {
        private final String cookie = app.plugin.webSessions().cookieHeader(app.session("ada", Person.SHOPPER));
        private final String cookieTicket = cookie.substring(cookie.indexOf('=') + 1);

        @Test
        void do_not_take_the_ticket_of_the_other() {
            String ticket = ticket();

            assertThat(get("/page", "Cookie: " + cookie).body()).isEqualTo("ada");
            assertThat(get("/me", authorization(ticket)).body()).isEqualTo("ada");
            assertThat(get("/me", authorization(cookieTicket)).status()).isEqualTo(401);
            assertThat(get("/page", "Cookie: __Host-session=" + ticket).status())
                    .isEqualTo(401);
            assertThat(get("/page", "Cookie: __Host-api=" + ticket).status()).isEqualTo(401);
        }

        @Test
        void do_not_help_each_other_on_one_request() {
            String ticket = ticket();

            assertThat(get("/page", authorization(ticket)).status()).isEqualTo(401);
            assertThat(get("/me", "Cookie: " + cookie).status()).isEqualTo(401);
            assertThat(get("/read", "Cookie: " + cookie, authorization("x")).status())
                    .isEqualTo(401);
            assertThat(send("POST /mixed", "Cookie: " + cookie, authorization(ticket))
                            .status())
                    .as("a cookie changed where nobody checks for other sites")
                    .isEqualTo(500);
        }

        @Test
        void keep_their_csrf_check_beside_a_header() {
            assertThat(send("POST /cart", "Cookie: " + cookie, authorization(ticket()))
                            .status())
                    .isEqualTo(403);
            assertThat(send("POST /token", "Cookie: " + cookie, "Origin: https://evil.example")
                            .status())
                    .isEqualTo(403);
        }
    }

    @Nested
    class A_connection_that_stays_open {
        private Wire wire() {
            return new Wire(app.port());
        }

        @Test
        void is_guarded_at_the_upgrade() {
            try (Wire wire = wire()) {
                assertThat(wire.upgrade("/socket").status()).isEqualTo(401);
            }
            try (Wire wire = wire()) {
                Answer refused = wire.upgrade("/socket", authorization("x"));
                assertThat(refused.status()).isEqualTo(401);
                assertThat(refused.header(CHALLENGE)).isEqualTo(INVALID);
            }
        }

        @Test
        void knows_who_opened_it_until_the_session_ends() {
            Session ada = ada();
            try (Wire wire = wire()) {
                assertThat(wire.upgrade("/socket", authorization(api.issue(ada)))
                                .status())
                        .isEqualTo(101);
                assertThat(wire.readText()).isEqualTo("ada");
                wire.sendText("who?");
                assertThat(wire.readText()).isEqualTo("ada");
                api.end(ada);
                assertThat(wire.readClose()).isEqualTo(4003);
            }
        }

        @Test
        void may_ask_first_after_the_upgrade() {
            try (Wire wire = wire()) {
                assertThat(wire.upgrade("/lobby", authorization(ticket())).status())
                        .isEqualTo(101);
                wire.sendText("who?");
                assertThat(wire.readText()).isEqualTo("ada");
            }
        }

        @Test
        void closes_at_the_idle_deadline_so_that_a_newer_ticket_can_come() {
            try (Wire wire = wire()) {
                assertThat(wire.upgrade("/socket", authorization(ticket())).status())
                        .isEqualTo(101);
                wire.readText();
                app.clock.advance(Duration.ofMinutes(30));
                app.plugin.sweep();
                assertThat(wire.readClose()).isEqualTo(4001);
            }
        }

        @Test
        void of_events_ends_with_the_session() throws IOException {
            Session ada = ada();
            try (Wire wire = wire()) {
                Answer head = wire.write(
                                "GET /events",
                                List.of(
                                        "Accept: text/event-stream",
                                        authorization(api.issue(ada)),
                                        "Connection: close"),
                                "")
                        .readHead();
                assertThat(head.status()).isEqualTo(200);
                assertThat(head.header("Cache-Control")).isEqualTo("no-store");
                while (!wire.line().equals("data: ada")) {}
                api.end(ada);
                assertThat(wire.rest()).doesNotContain("data:");
            }
        }
    }

    @Nested
    class Alone_in_an_application {
        private App alone(Consumer<SessionPlugin.Config> settings) {
            return App.create(
                    s -> {
                        s.name = "api";
                        s.bearer = true;
                        settings.accept(s);
                    },
                    config -> {
                        config.routes.post("/token", BearerTest::token);
                        config.routes.get("/me", ctx -> ctx.result(bearer(ctx).subject()), SessionRoute.SIGNED_IN);
                        config.routes.get(
                                "/cookie", ctx -> ctx.result(session(ctx).subject()));
                    });
        }

        @Test
        void guards_what_is_for_anybody_signed_in() {
            try (App alone = alone(s -> {})) {
                alone.javalin.start("127.0.0.1", 0);
                String ticket = accessToken(Wire.send(alone.port(), "POST /token", List.of(), ""));

                assertThat(Wire.send(alone.port(), "GET /me", List.of(authorization(ticket)), "")
                                .body())
                        .isEqualTo("ada");
                assertThat(Wire.send(alone.port(), "GET /me", List.of(), "").status())
                        .isEqualTo(401);
                assertThat(Wire.send(alone.port(), "GET /cookie", List.of(), "").status())
                        .as("a cookie where there is none")
                        .isEqualTo(500);
            }
        }

        @Test
        void answers_503_while_it_cannot_be_told_whether_a_ticket_was_revoked() {
            FarLog log = new FarLog();
            try (App alone = alone(
                    s -> s.revocations = Revocations.on(log).clock(s.clock).build())) {
                alone.javalin.start("127.0.0.1", 0);
                String ticket = accessToken(Wire.send(alone.port(), "POST /token", List.of(), ""));
                log.answers(false);
                alone.clock.advance(Duration.ofSeconds(6));
                Answer answer = Wire.send(alone.port(), "GET /me", List.of(authorization(ticket)), "");

                assertThat(answer.status()).isEqualTo(503);
                assertThat(answer.all(CHALLENGE)).isEmpty();
                assertThat(answer.header("Cache-Control")).isEqualTo("no-store");
            }
        }

        @Test
        void needs_a_name_of_its_own() {
            assertThatIllegalArgumentException()
                    .isThrownBy(() -> alone(s -> s.name = "session"))
                    .withMessageContaining("set s.name");
        }

        @Test
        void takes_no_setting_that_is_for_cookies() {
            for (Consumer<SessionPlugin.Config> setting : List.<Consumer<SessionPlugin.Config>>of(
                    s -> s.cookies = CookieSettings.DEFAULT.sameSite(SameSite.STRICT),
                    s -> s.slots = List.of(Slot.text("theme")),
                    s -> s.visitors = Lifetime.DEFAULT,
                    s -> s.clearSiteData = Set.of(SiteData.CACHE))) {
                assertThatIllegalArgumentException()
                        .isThrownBy(() -> alone(setting))
                        .withMessageContaining("leave them out");
            }
        }

        @Test
        void keeps_apart_what_others_can_read_by_its_audience() {
            assertThatIllegalArgumentException()
                    .isThrownBy(() -> alone(s -> {
                        s.keys = KeyRing.of(List.of(Key.pair(Instant.EPOCH, Instant.EPOCH)));
                        s.readableByHolder("https://shop.example", "reports");
                        s.also("other", other -> {
                            other.bearer = true;
                            other.readableByHolder("https://shop.example", "reports");
                        });
                    }))
                    .withMessageContaining("an audience of its own");
        }

        @Test
        void is_what_a_readable_ticket_is_for() {
            assertThatIllegalArgumentException()
                    .isThrownBy(() -> alone(s -> {
                        s.keys = KeyRing.of(List.of(Key.pair(Instant.EPOCH, Instant.EPOCH)));
                        s.bearer = false;
                        s.readableByHolder("https://shop.example", "reports");
                    }))
                    .withMessageContaining("SIGNED in cookies");
        }
    }
}
