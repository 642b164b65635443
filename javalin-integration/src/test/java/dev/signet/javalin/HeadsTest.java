package dev.signet.javalin;

import static dev.signet.javalin.SessionPlugin.session;
import static org.assertj.core.api.Assertions.assertThat;

import dev.signet.Keeps;
import dev.signet.Slot;
import dev.signet.Tries;
import io.javalin.config.JavalinConfig;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.function.Consumer;
import java.util.stream.Stream;
import org.eclipse.jetty.server.HttpConnectionFactory;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;

/** The heads of requests and responses: how large, and how odd, they may be. */
class HeadsTest {
    private App app;

    @AfterEach
    void stop() {
        app.close();
    }

    @Nested
    @Tries(43)
    class Sizes {
        private int statusOf(int bytes) {
            return app.browser().get("/", "Cookie: other=" + "x".repeat(bytes)).status();
        }

        @Test
        void a_request_may_have_16_KiB() {
            app = App.start(config -> config.routes.get("/", ctx -> ctx.result("fine")));
            assertThat(statusOf(15 * 1024)).isEqualTo(200);
            assertThat(statusOf(17 * 1024)).isEqualTo(431);
        }

        @Test
        void more_than_that_stays_allowed_where_the_application_allowed_it() {
            app = App.start(config -> {
                config.jetty.modifyHttpConfiguration(http -> http.setRequestHeaderSize(64 * 1024));
                config.routes.get("/", ctx -> ctx.result("fine"));
            });
            assertThat(statusOf(50 * 1024)).isEqualTo(200);
        }

        @Test
        void a_response_may_set_all_that_the_budget_allows_beside_what_the_application_sets() {
            Slot<String> one = Slot.text("one").atMost(2500);
            Slot<String> two = Slot.text("two").atMost(2500);
            app = App.start(
                    s -> s.slots = List.of(one, two),
                    config -> config.routes.get("/", ctx -> {
                        session(ctx).set(one, "x".repeat(1600));
                        session(ctx).set(two, "x".repeat(1600));
                        ctx.header("X-Large", "y".repeat(6000));
                    }));
            Browser browser = app.browser();
            assertThat(browser.get("/").cookieNames()).hasSize(3);
            assertThat(browser.get("/").status()).isEqualTo(200);
        }
    }

    @Nested
    class Cache_of_header_fields {
        private int sizeWhere(Consumer<JavalinConfig> config) {
            app = App.start(config);
            return app.javalin
                    .jettyServer()
                    .server()
                    .getConnectors()[0]
                    .getConnectionFactory(HttpConnectionFactory.class)
                    .getHttpConfiguration()
                    .getHeaderCacheSize();
        }

        @Test
        void is_off_since_long_cookies_would_empty_it_with_every_request() {
            assertThat(sizeWhere(config -> {})).isZero();
        }

        @Test
        void has_the_size_that_the_application_chose() {
            assertThat(sizeWhere(config -> config.jetty.modifyHttpConfiguration(http -> http.setHeaderCacheSize(512))))
                    .isEqualTo(512);
        }
    }

    @Nested
    class Odd_cookies {
        private List<String> forty(String good) {
            String ticket = good.substring(good.indexOf('=') + 1);
            String[] parts = ticket.split("\\.", -1);
            String name = "__Host-session";
            List<String> odd = new ArrayList<>();
            Stream.of(
                            "",
                            "x",
                            ".",
                            "....",
                            "a.b.c.d.e",
                            "null",
                            "\"\"",
                            "\"" + ticket + "\"",
                            ticket + "=",
                            ticket + "!",
                            ticket + " x",
                            "!" + ticket,
                            ticket + ".",
                            "." + ticket,
                            ticket.substring(1),
                            ticket.substring(0, ticket.length() - 1),
                            ticket.toUpperCase(java.util.Locale.ROOT),
                            ticket + ticket,
                            ticket.replace('.', ','),
                            "%41" + ticket,
                            "{}",
                            "[1,2]",
                            "eyJhbGciOiJub25lIn0..",
                            "eyJhbGciOiJub25lIn0.e30.",
                            "eyJhbGciOiJIUzI1NiJ9.e30.AAAA",
                            parts[0] + "....",
                            parts[0] + "..AAAAAAAAAAAAAAAA..AAAAAAAAAAAAAAAAAAAAAA",
                            "\u00e9\u00fc",
                            "\ud83c\udf6a",
                            "x".repeat(4000),
                            "A".repeat(9000),
                            ".".repeat(3000),
                            "e30.".repeat(1000),
                            "-".repeat(345),
                            "0",
                            "true",
                            "../../etc/passwd",
                            "<script>")
                    .map(value -> name + "=" + value)
                    .forEach(odd::add);
            odd.add(good + "; " + good);
            odd.add(name + "=x; " + good);
            odd.add(name);
            odd.add(name + "-visitor=" + ticket);
            return odd;
        }

        @Test
        @Keeps({"K8", "S16"})
        @Tries(36)
        void are_never_a_500_and_all_look_the_same() {
            app = App.start(config ->
                    config.routes.get("/me", ctx -> ctx.result(session(ctx).subject())));
            String good = app.plugin.webSessions().cookieHeader(app.session("ada"));
            List<String> odd = forty(good);
            assertThat(odd).hasSizeGreaterThanOrEqualTo(40);

            Set<Answer> answers = new LinkedHashSet<>();
            for (String cookie : odd) {
                Answer answer = app.browser().get("/me", "Cookie: " + cookie);
                assertThat(answer.status()).as(cookie).isEqualTo(401);
                answers.add(withoutDate(answer));
            }
            assertThat(answers).hasSize(1);
            assertThat(app.browser().get("/me", "Cookie: " + good).body()).isEqualTo("ada");
        }

        @Test
        @Keeps("T8")
        void are_not_taken_for_an_earlier_one_of_their_connection_in_other_case() {
            app = App.start(config -> {
                config.jetty.modifyHttpConfiguration(http -> http.setHeaderCacheSize(2048));
                config.routes.get(
                        "/me",
                        ctx -> ctx.status(204).header("X-Who", session(ctx).subject()));
            });
            String good = "Cookie: " + app.plugin.webSessions().cookieHeader(app.session("ada"));
            int at = good.length() - 2;
            while (!Character.isLetter(good.charAt(at))) {
                at--;
            }
            char flipped = (char) (good.charAt(at) ^ 'a' ^ 'A');
            String other = good.substring(0, at) + flipped + good.substring(at + 1);
            try (Wire wire = new Wire(app.port())) {
                for (int i = 0; i < 3; i++) {
                    assertThat(wire.write("GET /me", List.of(good), "")
                                    .readHead()
                                    .status())
                            .isEqualTo(204);
                }
                assertThat(wire.write("GET /me", List.of(other), "").readHead().status())
                        .isEqualTo(401);
            }
        }

        private Answer withoutDate(Answer answer) {
            java.util.Map<String, List<String>> headers = new java.util.LinkedHashMap<>(answer.headers());
            headers.remove("date");
            return new Answer(answer.status(), headers, answer.body());
        }

        @Test
        @Keeps("S16")
        void are_deleted_only_by_the_answer_to_a_navigation() {
            app = App.start(config ->
                    config.routes.get("/me", ctx -> ctx.result(session(ctx).subject())));
            String bad = "Cookie: __Host-session=garbage";
            assertThat(app.browser().get("/me", bad).setCookies()).isEmpty();
            assertThat(app.browser()
                            .get("/me", bad, "Sec-Fetch-Mode: cors", "Sec-Fetch-Dest: empty")
                            .setCookies())
                    .isEmpty();
            Answer navigation = app.browser().get("/me", bad, "Sec-Fetch-Mode: navigate", "Sec-Fetch-Dest: document");
            assertThat(navigation.status()).isEqualTo(401);
            assertThat(navigation.setCookies())
                    .singleElement()
                    .asString()
                    .startsWith("__Host-session=; Path=/; Max-Age=0");
        }
    }
}
