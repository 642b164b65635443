package dev.signet.javalin;

import static dev.signet.javalin.SessionPlugin.session;
import static org.assertj.core.api.Assertions.assertThat;

import dev.signet.Keeps;
import dev.signet.Session;
import dev.signet.Tries;
import io.javalin.config.JavalinConfig;
import io.javalin.http.Context;
import io.javalin.http.HandlerType;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Attacks out of the catalogue that no test of a single rule tries, byte by byte over sockets. */
class WireAttacksTest {
    private static final String NAME = "__Host-session";

    private static final AtomicInteger ACTED = new AtomicInteger();
    private static final App APP = App.start(WireAttacksTest::routes);

    private final String ada = APP.plugin.webSessions().cookieHeader(APP.session("ada"));
    private final String ticket = ada.substring(ada.indexOf('=') + 1);

    private static void routes(JavalinConfig config) {
        config.staticFiles.add("/public");
        config.routes.get("/who", WireAttacksTest::who);
        config.routes.post("/who", WireAttacksTest::who, SessionRoute.CSRF_EXEMPT);
        config.routes.get("/token", ctx -> ctx.result(session(ctx).csrfToken()));
        for (HandlerType method : List.of(HandlerType.POST, HandlerType.PUT, HandlerType.PATCH, HandlerType.DELETE)) {
            config.routes.addHttpHandler(method, "/act", ctx -> ACTED.incrementAndGet());
        }
        config.routes.get("/act", ctx -> ctx.result("harmless"));
        config.routes.post("/login", ctx -> session(ctx).start("eve"), SessionRoute.SIGN_IN);
        config.routes.post("/logout", ctx -> session(ctx).end());
    }

    private static void who(Context ctx) {
        ctx.result(session(ctx).current().map(Session::subject).orElse("-"));
    }

    @BeforeEach
    void nothingHappenedYet() {
        ACTED.set(0);
    }

    @AfterAll
    static void stop() {
        APP.close();
    }

    private Answer send(String requestLine, String... headers) {
        return Wire.send(APP.port(), requestLine, List.of(headers), "");
    }

    private String own() {
        return "Origin: http://localhost:" + APP.port();
    }

    @Nested
    @Keeps("S15")
    @Tries(48)
    class A_ticket_in_an_address {
        @ParameterizedTest
        @ValueSource(
                strings = {
                    "/who?__Host-session=%s",
                    "/who?session=%s&s=%s&token=%s&access_token=%s",
                    "/who;__Host-session=%s",
                    "/who;jsessionid=%s",
                    "/;__Host-session=%s/who",
                    "/who#%s",
                    "/who?Cookie:%%20__Host-session=%s"
                })
        void signs_nobody_in(String address) {
            Answer answer = send("GET " + address.replace("%s", ticket).replace("%%", "%"));

            assertThat(answer.status()).isIn(200, 400, 404);
            // The random characters of a ticket that the answer repeats may spell the name.
            assertThat(answer.body().replace(ticket, "")).doesNotContain("ada");
            assertThat(answer.setCookies()).isEmpty();
            assertThat(answer.header("Location")).doesNotContain("jsessionid", ticket);
        }

        @ParameterizedTest
        @ValueSource(
                strings = {
                    "Authorization: Bearer %s",
                    "Authorization: __Host-session=%s",
                    "X-Session: %s",
                    "X-Auth-Token: %s",
                    "Cookie2: __Host-session=%s",
                    "Set-Cookie: __Host-session=%s",
                    "__Host-session: %s",
                    "Referer: http://localhost/?__Host-session=%s",
                    "X-Cookie: __Host-session=%s"
                })
        void or_another_header_signs_nobody_in(String header) {
            assertThat(send("GET /who", header.formatted(ticket)).body()).isEqualTo("-");
        }

        @ParameterizedTest
        @ValueSource(strings = {"application/x-www-form-urlencoded", "application/json", "text/plain"})
        void or_a_body_signs_nobody_in(String type) {
            String body = "__Host-session=" + ticket + "&session=" + ticket;

            assertThat(Wire.send(APP.port(), "POST /who", List.of("Content-Type: " + type), body)
                            .body())
                    .isEqualTo("-");
        }
    }

    @Nested
    @Keeps("C12")
    @Tries({40, 49})
    class A_cookie_line {
        static Stream<String> odd() {
            return Stream.of(
                    "Cookie: __Host-session=%1$s; __Host-session=%1$s",
                    "Cookie: __Host-session=x; __Host-session=%1$s",
                    "Cookie: __HOST-session=%1$s",
                    "Cookie: __Host-session =%1$s",
                    "Cookie: =__Host-session=%1$s",
                    "Cookie: \u2000__Host-session=%1$s",
                    "Cookie: \u00a0__Host-session=%1$s",
                    "Cookie: __%%48ost-session=%1$s",
                    "Cookie: $Version=1,__Host-session=%1$s",
                    "Cookie: $Version=1; $Path=/; __Host-session=\"%1$s\"",
                    "Cookie: a=\"; b=c\"; __Host-session=\"%1$s\"",
                    "Cookie: __Host-session=%1$s\u00e9",
                    "Cookie: __Host-session=\u00ff%1$s",
                    "Cookie: a=b, __Host-session=%1$s",
                    "Cookie: a=b\r\n __Host-session=%1$s",
                    "Cookie: a=b;\r\n\t__Host-session=%1$s",
                    "Cookie : __Host-session=%1$s",
                    "Cookie:\r\n __Host-session=%1$s",
                    "X: y\rCookie: __Host-session=%1$s",
                    "X: y\u0000Cookie: __Host-session=%1$s",
                    "Cookie: __Host-session.0=%1$s",
                    "Cookie: __Host-session-visitor=%1$s");
        }

        @ParameterizedTest
        @MethodSource("odd")
        void that_is_odd_is_refused_or_nobodys(String line) {
            Answer answer = send("GET /who", line.formatted(ticket));

            assertThat(answer.status()).isIn(200, 400);
            assertThat(answer.body()).doesNotContain("ada");
        }

        @Test
        @Keeps("C11")
        void may_come_in_crumbs() {
            assertThat(send("GET /who", "Cookie: a=b", "Cookie: " + ada, "Cookie: c=d")
                            .body())
                    .isEqualTo("ada");
        }

        @Test
        @Tries(43)
        void with_hundreds_of_others_is_read() {
            String many =
                    IntStream.range(0, 700).mapToObj(i -> "c" + i + "=" + i).collect(Collectors.joining("; "));

            assertThat(send("GET /who", "Cookie: " + many + "; " + ada).body()).isEqualTo("ada");
            assertThat(send("GET /who", "Cookie: " + ada + "; x=" + "y".repeat(17_000))
                            .status())
                    .isEqualTo(431);
        }
    }

    @Nested
    @Tries(43)
    class A_flood_of_header_lines {
        private Answer flooded(String line, int times, String... more) {
            List<String> headers = new ArrayList<>(List.of(more));
            IntStream.range(0, times).mapToObj(i -> line.replace("#", "" + i)).forEach(headers::add);
            return Wire.send(APP.port(), "POST /act", headers, "a=b");
        }

        @Test
        void of_cookies_that_fit_is_read() {
            List<String> headers = new ArrayList<>(List.of("Cookie: " + ada));
            IntStream.range(0, 500).mapToObj(i -> "Cookie: c" + i + "=" + i).forEach(headers::add);

            assertThat(send("GET /who", headers.toArray(String[]::new)).body()).isEqualTo("ada");
        }

        @Test
        void of_our_own_cookies_gives_nobody_and_a_bounded_answer() {
            List<String> headers = new ArrayList<>(List.of("Sec-Fetch-Mode: navigate", "Sec-Fetch-Dest: document"));
            IntStream.range(0, 300)
                    .mapToObj(i -> "Cookie: " + NAME + ".s" + i + "=x")
                    .forEach(headers::add);
            headers.add("Cookie: " + NAME + "=x");
            Answer answer = send("GET /who", headers.toArray(String[]::new));

            assertThat(answer.body()).isEqualTo("-");
            assertThat(answer.setCookies()).hasSizeLessThan(40);
        }

        @Test
        void of_what_the_guard_reads_is_refused() {
            String cookie = "Cookie: " + ada;
            assertThat(flooded("Sec-Fetch-Site: same-origin", 200, cookie).status())
                    .isEqualTo(403);
            assertThat(flooded(own(), 200, cookie).status()).isEqualTo(403);
            assertThat(flooded("X-CSRF-Token: #", 200, cookie, own()).status()).isEqualTo(403);
            assertThat(flooded("X-H-#: y", 5000, cookie, own()).status()).isIn(400, 431);
            assertThat(ACTED).hasValue(0);
        }
    }

    @Nested
    @Tries(49)
    class Smuggling {
        static Stream<String> heads() {
            return Stream.of(
                    "Content-Length: 5\r\nTransfer-Encoding: chunked",
                    "Transfer-Encoding: chunked\r\nContent-Length: 5",
                    "Content-Length: 5\r\nContent-Length: 6",
                    "Content-Length: +5",
                    "Content-Length: 0x5",
                    "Content-Length: 5, 6",
                    "Transfer-Encoding: xchunked",
                    "Transfer-Encoding: chunked, identity",
                    "Transfer-Encoding : chunked",
                    "Content-Length: -1",
                    "Host: a\r\nHost: b");
        }

        /** Behind the body stands another request, which nobody may ever answer. */
        @ParameterizedTest
        @MethodSource("heads")
        void is_refused_and_the_rest_is_not_read(String head) {
            String body = "0\r\n\r\nGET /who HTTP/1.1\r\nHost: localhost\r\nCookie: " + ada + "\r\n\r\n";
            try (Wire wire = new Wire(APP.port())) {
                wire.write("POST /act", List.of(own(), head, "Content-Type: text/plain"), body);
                assertThat(wire.readHead().status()).isIn(400, 501);
                assertThat(wire.rest()).doesNotContain("HTTP/1.1 200", "ada");
            }
            assertThat(ACTED).hasValue(0);
        }
    }

    @Nested
    @Keeps("H3")
    @Tries(45)
    class A_request_that_another_site_causes {
        private static final List<List<String>> SITES = List.of(
                List.of(),
                List.of("Sec-Fetch-Site: same-origin"),
                List.of("Sec-Fetch-Site: none"),
                List.of("Sec-Fetch-Site: same-site"),
                List.of("Sec-Fetch-Site: cross-site"),
                List.of("Sec-Fetch-Site: Same-Origin"),
                List.of("Sec-Fetch-Site:"),
                List.of("Sec-Fetch-Site: same-origin", "Sec-Fetch-Site: cross-site"));
        private static final List<String> ORIGINS =
                List.of("", "Origin: https://evil.example", "Origin: null", "Origin: http://sub.localhost", "Origin:");
        private static final List<String> TYPES = List.of(
                "application/x-www-form-urlencoded",
                "text/plain",
                "multipart/form-data; boundary=b",
                "application/json");

        private Answer act(String method, List<String> site, String origin, String type, String body) {
            List<String> headers = new ArrayList<>(site);
            headers.add("Cookie: " + ada);
            Stream.of(origin, type.isEmpty() ? "" : "Content-Type: " + type)
                    .filter(header -> !header.isEmpty())
                    .forEach(headers::add);
            return Wire.send(APP.port(), method + " /act", headers, body);
        }

        /** Also where {@code Sec-Fetch-Site} lies, which no browser lets a page do: the token is missing then. */
        @Test
        void is_refused_whatever_its_headers_and_body_say() {
            String others = APP.browserOf("bob").get("/token").body();
            for (List<String> site : SITES) {
                for (String origin : ORIGINS) {
                    for (String type : TYPES) {
                        for (String body : List.of("a=b", "_csrf=" + others)) {
                            assertThat(act("POST", site, origin, type, body).status())
                                    .as("%s %s %s %s", site, origin, type, body)
                                    .isEqualTo(403);
                        }
                    }
                }
            }
            assertThat(ACTED).hasValue(0);
        }

        @ParameterizedTest
        @ValueSource(strings = {"same-site", "cross-site", "Same-Origin", ""})
        void is_refused_with_a_stolen_token_too(String site) {
            String token = APP.browser().cookie(ada).get("/token").body();

            assertThat(act("POST", List.of("Sec-Fetch-Site: " + site), "", TYPES.get(0), "_csrf=" + token)
                            .status())
                    .isEqualTo(403);
            assertThat(act("POST", List.of("Sec-Fetch-Site: same-origin"), "", TYPES.get(0), "_csrf=" + token)
                            .status())
                    .isEqualTo(200);
        }

        @ParameterizedTest
        @ValueSource(strings = {"PUT", "PATCH", "DELETE"})
        void is_refused_by_every_method_that_changes_something(String method) {
            for (List<String> site : SITES) {
                assertThat(act(method, site, "Origin: https://evil.example", "text/plain", "a=b")
                                .status())
                        .isEqualTo(403);
            }
            assertThat(ACTED).hasValue(0);
        }

        @ParameterizedTest
        @ValueSource(
                strings = {
                    "GET /act?_method=POST",
                    "GET /act?_method=DELETE",
                    "HEAD /act",
                    "OPTIONS /act",
                    "GET /act?X-HTTP-Method-Override=POST"
                })
        void does_nothing_by_a_method_that_reads(String line) {
            assertThat(send(line, "Cookie: " + ada, "X-HTTP-Method: POST", "X-Method-Override: POST")
                            .status())
                    .isIn(200, 404, 405);
            assertThat(ACTED).hasValue(0);
        }

        static Stream<Arguments> overrides() {
            return Stream.of("POST", "PUT", "DELETE", "post")
                    .flatMap(method -> Stream.of("GET", "HEAD").map(by -> Arguments.of(method, by)));
        }

        @ParameterizedTest
        @MethodSource("overrides")
        void does_nothing_by_an_override(String method, String by) {
            Answer answer = send(
                    by + " /act", "Cookie: " + ada, "X-HTTP-Method-Override: " + method, "Sec-Fetch-Site: cross-site");

            assertThat(answer.status()).isNotEqualTo(500);
            assertThat(ACTED).hasValue(0);
        }

        @Test
        @Keeps("H4")
        @Tries(46)
        void neither_signs_in_nor_out() {
            for (List<String> site : SITES.subList(3, 8)) {
                List<String> headers = new ArrayList<>(site);
                headers.add("Content-Type: application/x-www-form-urlencoded");
                Answer in = Wire.send(APP.port(), "POST /login", headers, "user=eve");
                assertThat(in.status()).isEqualTo(403);
                assertThat(in.setCookies()).isEmpty();
                headers.add("Cookie: " + ada);
                assertThat(Wire.send(APP.port(), "POST /login", headers, "user=eve")
                                .status())
                        .isEqualTo(403);
                assertThat(Wire.send(APP.port(), "POST /logout", headers, "a=b").status())
                        .isEqualTo(403);
            }
            assertThat(send("GET /logout", "Cookie: " + ada).status()).isIn(404, 405);
            assertThat(send("GET /who", "Cookie: " + ada).body()).isEqualTo("ada");
        }
    }

    @Nested
    @Keeps("H3")
    @Tries(50)
    class A_forwarded_header {
        private static final List<String> FORWARDED = List.of(
                "X-Forwarded-Proto: https",
                "X-Forwarded-Proto: http",
                "X-Forwarded-Host: evil.example",
                "X-Forwarded-For: 127.0.0.1",
                "X-Forwarded-Uri: /login",
                "X-Forwarded-Port: 443",
                "X-Forwarded-Prefix: /evil",
                "X-Original-URL: /login",
                "X-Rewrite-URL: /login",
                "X-Real-IP: 127.0.0.1",
                "Forwarded: for=127.0.0.1;host=evil.example;proto=https",
                "Front-End-Https: on");

        @Test
        void changes_nothing() {
            String plain = shape(send("POST /login", "Sec-Fetch-Site: same-origin", "Content-Length: 0"));
            for (String header : FORWARDED) {
                assertThat(shape(send("POST /login", "Sec-Fetch-Site: same-origin", "Content-Length: 0", header)))
                        .as(header)
                        .isEqualTo(plain);
                assertThat(send("GET /who", "Cookie: " + ada, header).body()).isEqualTo("ada");
                assertThat(send("GET /who", header).body()).isEqualTo("-");
            }
        }

        private String shape(Answer answer) {
            return answer.status() + " "
                    + answer.setCookies().stream()
                            .map(line -> line.replaceAll("=[^;]+", ""))
                            .toList();
        }

        @Test
        void makes_no_origin_ours() {
            for (String header : FORWARDED) {
                assertThat(send("POST /act", "Origin: https://evil.example", "Content-Length: 0", header)
                                .status())
                        .as(header)
                        .isEqualTo(403);
            }
        }
    }

    /** The client stops in the middle: whatever had come is not acted upon. */
    @Nested
    @Tries(49)
    class A_body_that_is_cut_short {
        @ParameterizedTest
        @ValueSource(strings = {"Content-Length: 100", "Transfer-Encoding: chunked"})
        void is_refused(String length) {
            String token = APP.browser().cookie(ada).get("/token").body();
            for (String site : List.of("Sec-Fetch-Site: same-origin", "X: y")) {
                try (Wire wire = new Wire(APP.port())) {
                    wire.write(
                            "POST /act",
                            List.of(site, "Cookie: " + ada, length, "Content-Type: application/x-www-form-urlencoded"),
                            length.startsWith("T") ? "64\r\n_csrf=" + token : "_csrf=" + token);
                    wire.endOfRequest();
                    assertThat(wire.readHead().status()).isIn(400, 403);
                }
            }
            assertThat(ACTED).hasValue(0);
        }
    }

    @Nested
    class What_shows {
        @Test
        @Keeps("C14")
        void is_no_product_and_no_version() {
            for (Answer answer : List.of(
                    send("GET /who", "Cookie: " + ada),
                    send("GET /nowhere"),
                    send("POST /act"),
                    send("GET /token"),
                    send("GET /\u0000"))) {
                String all = answer.headers() + answer.body();
                assertThat(all)
                        .doesNotContainIgnoringCase("signet")
                        .doesNotContainPattern("(?i)jetty|\\d+\\.\\d+\\.\\d+");
            }
        }

        @Test
        @Keeps("H7")
        void of_static_files_and_public_pages_sets_no_cookie() {
            Answer file = send("GET /hello.txt", "Cookie: " + ada + "; __Host-session.theme=x");

            assertThat(file.status()).isEqualTo(200);
            assertThat(file.setCookies()).isEmpty();
            assertThat(send("GET /act", "Cookie: " + NAME + "=garbage").setCookies())
                    .isEmpty();
        }
    }
}
