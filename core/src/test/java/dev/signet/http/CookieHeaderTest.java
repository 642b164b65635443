package dev.signet.http;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;

import dev.signet.Keeps;
import dev.signet.Session;
import dev.signet.Sessions;
import dev.signet.Tries;
import dev.signet.Verification;
import dev.signet.Verification.Cause;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What is made of Cookie headers, however they come: the good ticket or nobody, never the other one, never an exception. */
class CookieHeaderTest {
    private final Shop shop = Shop.inMemory();
    private final WebSessions app = shop.instance();
    private final String good = app.cookieHeader(app.sessions().start("ada"));
    private final String evil = app.cookieHeader(app.sessions().start("eve")).substring(Shop.TICKET.length() + 1);

    @AfterEach
    void close() {
        shop.close();
    }

    private static WebSession open(WebSessions at, String... lines) {
        Request request = Request.background();
        for (String line : lines) {
            request = request.with("Cookie", line);
        }
        return at.open(request);
    }

    private Optional<String> who(String... lines) {
        return open(app, lines).current().map(Session::subject);
    }

    @Nested
    @Keeps("C12")
    @Tries(40)
    class The_ticket_is_found {
        @ParameterizedTest
        @ValueSource(
                strings = {
                    "%s",
                    "a=b; %s",
                    "%s; a=b",
                    "a=b;%s;c=d",
                    "a=b;   %s",
                    "a=b;\t%s",
                    ";;; %s;;;",
                    "a; =; b=; %s",
                    "a=\"b\"; %s",
                    "__Host-sessio=x; __Host-sessions=x; %s",
                    "__HOST-session=x; %s",
                    "__Host-session.Cart=x; %s",
                    "__Host-session.a.b=x; %s",
                    "__Host-session-visitors=x; %s",
                    "__Host-session-visitor=x; %s",
                    "__Host-session.cart=x; %s",
                    "__Host-session.cart=x; __Host-session.cart=x; %s",
                    "session=x; %s",
                    "__Secure-session=x; %s",
                    "__Host-session; %s"
                })
        void among_others(String header) {
            assertThat(who(header.formatted(good))).contains("ada");
        }

        @Test
        @Keeps("C11")
        void in_another_line() {
            assertThat(who("a=b", good, "c=d")).contains("ada");
        }

        @Test
        @Keeps("C11")
        @Tries(49)
        void with_its_slot_in_another_line_as_http_2_sends_crumbs() {
            Browser browser = shop.signedIn(app, "ada");
            String[] crumbs = browser.cookieHeader().split("; ");

            WebSession session = open(app, crumbs);

            assertThat(session.subject()).isEqualTo("ada");
            assertThat(session.get(Shop.THEME)).isEqualTo("dark");
        }

        @Test
        @Tries(43)
        void among_700_cookies() {
            String many =
                    IntStream.range(0, 700).mapToObj(i -> "c" + i + "=" + i).collect(Collectors.joining("; "));

            assertThat(who(many + "; " + good)).contains("ada");
            assertThat(who(good + "; " + many)).contains("ada");
        }
    }

    @Nested
    @Keeps("S15")
    @Tries(40)
    class Nobody_is_there {
        @ParameterizedTest
        @ValueSource(
                strings = {
                    "__Host-session =%s",
                    "=__Host-session=%s",
                    "\u2000__Host-session=%s",
                    "\u00a0__Host-session=%s",
                    "__%%48ost-session=%s",
                    "__Host%%2dsession=%s",
                    "__HOST-session=%s",
                    "__host-session=%s",
                    "$Version=1,__Host-session=%s",
                    "$Version=1, __Host-session=%s",
                    "a=b, __Host-session=%s",
                    "a=__Host-session=%s",
                    "__Host-session=\"%s\"",
                    "__Host-session= %s",
                    "__Host-session=%s ",
                    "__Host-session=%s,",
                    "__Host-session==%s",
                    "__Host-session=%%20%s",
                    "__Host-session-visitor=%s",
                    "__Host-session.session=%s",
                    "__Host-session[]=%s",
                    "session=%s",
                    "__Secure-session=%s",
                    "%s",
                    "__Host-session\u0000=%s",
                    "\r\n__Host-session=%s"
                })
        void for_a_ticket_that_comes_otherwise(String header) {
            assertThat(who(header.formatted(evil))).isEmpty();
        }

        @Test
        @Keeps("S15")
        void for_a_ticket_in_another_header() {
            Request request = Request.background()
                    .with("Authorization", "Bearer " + evil)
                    .with("X-Session", evil)
                    .with("Cookie2", Shop.TICKET + "=" + evil)
                    .withField("session", evil)
                    .withField(Shop.TICKET, evil);

            assertThat(app.open(request).current()).isEmpty();
        }
    }

    /** There are no cookies in pieces: what looks like one is another slot, or nothing. */
    @Nested
    @Tries(42)
    class In_pieces {
        private final String ticket = good.substring(good.indexOf('=') + 1);

        @ParameterizedTest
        @ValueSource(
                strings = {
                    "__Host-session.0=%1$s; __Host-session.1=%2$s",
                    "__Host-session.1=%2$s; __Host-session.0=%1$s",
                    "__Host-session=%1$s; __Host-session.1=%2$s",
                    "__Host-session-0=%1$s; __Host-session-1=%2$s",
                    "__Host-session.0=2; __Host-session.1=%1$s; __Host-session.2=%2$s",
                    "__Host-session.01=%1$s; __Host-session.-1=%2$s",
                    "__Host-session.1e1=%1$s; __Host-session.2147483648=%2$s",
                    "__Host-session=1000000; __Host-session.0=%1$s%2$s"
                })
        void a_ticket_is_nobodys(String header) {
            String first = ticket.substring(0, ticket.length() / 2);
            String second = ticket.substring(ticket.length() / 2);

            assertThat(who(header.formatted(first, second))).isEmpty();
        }

        @Test
        void four_hundred_are_ignored_beside_a_good_one() {
            String pieces = IntStream.range(0, 400)
                    .mapToObj(i -> Shop.TICKET + "." + i + "=" + ticket)
                    .collect(Collectors.joining("; "));

            assertThat(who(pieces + "; " + good)).contains("ada");
        }
    }

    private static List<List<String>> orders(List<String> cookies) {
        if (cookies.isEmpty()) {
            return List.of(List.of());
        }
        return cookies.stream()
                .flatMap(first -> {
                    List<String> others = new ArrayList<>(cookies);
                    others.remove(first);
                    return orders(others).stream().map(rest -> {
                        List<String> order = new ArrayList<>(List.of(first));
                        order.addAll(rest);
                        return order;
                    });
                })
                .toList();
    }

    /** Between two cookies either begins a new line or stands a semicolon. */
    private static Stream<String[]> inLines(List<String> cookies) {
        return IntStream.range(0, 1 << cookies.size() - 1).mapToObj(breaks -> {
            StringBuilder text = new StringBuilder(cookies.get(0));
            for (int i = 1; i < cookies.size(); i++) {
                text.append((breaks >> i - 1 & 1) == 1 ? "\n" : "; ").append(cookies.get(i));
            }
            return text.toString().split("\n");
        });
    }

    @Nested
    @Keeps("C12")
    @Tries(40)
    class Of_two {
        @Test
        void neither_is_accepted_over_any_lines_with_slots_and_visitors_between() {
            String other = Shop.TICKET + "=" + evil;
            for (List<String> order : orders(List.of(good, other, Shop.VISITOR + "=x", Shop.THEME_COOKIE + "=y"))) {
                inLines(order).forEach(lines -> assertThat(who(lines)).isEmpty());
            }
        }

        @Test
        void neither_is_accepted_in_whatever_order() {
            String other = Shop.TICKET + "=" + evil;

            for (List<String> lines : List.of(
                    List.of(good + "; " + other),
                    List.of(other + "; " + good),
                    List.of(good, other),
                    List.of(other, good),
                    List.of(good + "; " + good),
                    List.of(good + "; " + Shop.TICKET + "="),
                    List.of(Shop.TICKET + "=garbage; " + good),
                    List.of(good + ("; " + other).repeat(100)))) {
                WebSession session = open(app, lines.toArray(String[]::new));
                assertThat(session.verification()).isEqualTo(new Verification.Invalid(Cause.DUPLICATE));
                assertThat(session.current()).isEmpty();
            }
        }

        @Test
        void the_listener_hears_of_once() {
            WebSession session = open(app, good, Shop.TICKET + "=" + evil);

            session.current();
            session.current();

            assertThat(shop.heard.refused).containsExactly(new Verification.Invalid(Cause.DUPLICATE));
        }

        @Test
        void one_within_quotes_of_another_cookie_costs_the_session_and_gives_none() {
            assertThat(who("a=\"x; " + Shop.TICKET + "=" + evil + "; y\"; " + good))
                    .isEmpty();
            assertThat(who("a=\"x; " + good + "; y\"")).contains("ada");
        }

        @Test
        void slots_neither_is_read() {
            Browser browser = shop.signedIn(app, "ada");
            String theme =
                    Shop.THEME_COOKIE + "=" + browser.value(Shop.THEME_COOKIE).orElseThrow();

            WebSession session = open(app, browser.cookieHeader(), theme);

            assertThat(session.subject()).isEqualTo("ada");
            assertThat(session.get(Shop.THEME)).isEqualTo("light");
        }
    }

    /** Sub-domains can set cookies of this name too. */
    @Nested
    @Keeps("C12")
    @Tries(41)
    class With_a_domain {
        private final WebSessions shared = shop.with(b -> b.cookies(CookieSettings.DEFAULT.domain("shop.example")));
        private final Session ada = shared.sessions().start("ada");
        private final String mine = shared.cookieHeader(ada);
        private final String another = shared.cookieHeader(shared.sessions().start("eve"));

        private Optional<String> who(String... lines) {
            return open(shared, lines).current().map(Session::subject);
        }

        private static String tossed(int count) {
            return IntStream.range(0, count)
                    .mapToObj(i -> "__Secure-session=tossed" + i)
                    .collect(Collectors.joining("; "));
        }

        @ParameterizedTest
        @ValueSource(ints = {1, 2, 3})
        void the_one_that_opens_is_accepted_among_four(int others) {
            assertThat(who(mine + "; " + tossed(others))).contains("ada");
            assertThat(who(tossed(others) + "; " + mine)).contains("ada");
            assertThat(who(tossed(others), mine)).contains("ada");
        }

        @Test
        void in_every_order_and_over_any_lines_the_outcome_is_the_same() {
            for (List<String> order : orders(List.of(mine, "__Secure-session=tossed", "__Secure-session=", "a=b"))) {
                inLines(order).forEach(lines -> assertThat(who(lines)).contains("ada"));
            }
            for (List<String> order : orders(List.of(mine, another, "__Secure-session=tossed", "a=b"))) {
                inLines(order).forEach(lines -> assertThat(who(lines)).isEmpty());
            }
        }

        @Test
        void an_empty_one_does_not_open() {
            assertThat(who("__Secure-session=; " + mine)).contains("ada");
        }

        @Test
        void five_are_too_many() {
            assertThat(who(mine + "; " + tossed(4))).isEmpty();
            assertThat(who(tossed(100) + "; " + mine)).isEmpty();
        }

        @Test
        void two_that_open_are_one_too_many() {
            assertThat(who(mine + "; " + another)).isEmpty();
            assertThat(who(another + "; " + mine)).isEmpty();
        }

        @Test
        void of_slots_the_one_that_can_be_read_counts() {
            String theme = shared.cookieHeader(ada, Shop.THEME, "dark");
            Session eve = shared.sessions().start("eve");
            String evils = shared.cookieHeader(eve, Shop.THEME, "evil");

            assertThat(open(shared, mine, theme, evils).get(Shop.THEME)).isEqualTo("dark");
            assertThat(open(shared, mine, evils, theme).get(Shop.THEME)).isEqualTo("dark");
            assertThat(open(shared, mine, theme, theme).get(Shop.THEME)).isEqualTo("light");
        }

        @Test
        void without_one_tossed_cookies_are_refused() {
            assertThat(open(app, tossed(1), good).subject()).isEqualTo("ada");
            assertThat(open(app, good, Shop.TICKET + "=tossed").current()).isEmpty();
        }
    }

    @Nested
    @Keeps("S16")
    @Tries({40, 43})
    class Nothing_throws {
        private void everythingIsAsked(String... lines) {
            assertThatCode(() -> {
                        WebSession session = open(app, lines);
                        session.current();
                        session.get(Shop.CART);
                        session.takeFlash();
                        session.csrfToken();
                        session.commit(new Head());
                    })
                    .doesNotThrowAnyException();
        }

        @Test
        void for_headers_of_a_megabyte() {
            everythingIsAsked("a".repeat(1 << 20));
            everythingIsAsked(";".repeat(1 << 20));
            everythingIsAsked("=".repeat(1 << 20));
            everythingIsAsked(Shop.TICKET + "=" + "a".repeat(1 << 20));
            everythingIsAsked(Shop.TICKET + "=" + ".".repeat(1 << 20));
            everythingIsAsked(Shop.CART_COOKIE + "=" + "a".repeat(1 << 20));
            everythingIsAsked((Shop.TICKET + "=a;").repeat(1 << 12));
        }

        @Test
        void for_empty_and_odd_headers() {
            for (String header : List.of(
                    "",
                    " ",
                    ";",
                    "=",
                    "\u0000",
                    "\uD800",
                    Shop.TICKET,
                    Shop.TICKET + "=",
                    Shop.TICKET + ".=",
                    Shop.TICKET + ".",
                    "; ;=;")) {
                everythingIsAsked(header);
            }
        }

        @Test
        void for_random_changes_of_a_good_header_and_nobody_else_is_recognised() {
            long seed = new Random().nextLong();
            Random random = new Random(seed);
            String alphabet = "=;, \t\"\\%$._-aZ9\u0000\u2000\r\nê";
            String header = shop.signedIn(app, "ada").cookieHeader();
            for (int i = 0; i < 2000; i++) {
                StringBuilder changed = new StringBuilder(header);
                for (int edit = random.nextInt(3); edit >= 0; edit--) {
                    int at = random.nextInt(changed.length());
                    char c = alphabet.charAt(random.nextInt(alphabet.length()));
                    if (random.nextBoolean()) {
                        changed.insert(at, c);
                    } else {
                        changed.setCharAt(at, c);
                    }
                }
                String line = changed.toString();
                everythingIsAsked(line);
                assertThat(who(line).orElse("ada")).as("seed %d", seed).isEqualTo("ada");
            }
        }

        @Test
        void for_all_sizes_of_cookies() {
            List<String> lines = new ArrayList<>();
            for (int size = 0; size < 9000; size += 97) {
                lines.add(Shop.THEME_COOKIE + "=" + "a".repeat(size));
            }

            everythingIsAsked(lines.toArray(String[]::new));
        }
    }

    /** What a sign-out deletes shows which names are taken for a slot's. */
    @Nested
    class A_name_is_a_slots {
        private List<String> deletedOf(String header) {
            WebSession session = open(app, header);
            session.end();
            Head head = new Head();
            session.commit(head);
            return head.headers("Set-Cookie").stream()
                    .map(line -> line.substring(0, line.indexOf('=')))
                    .toList();
        }

        @ParameterizedTest
        @ValueSource(strings = {"a", "z", "0", "9", "az09", "abcdefghijklmno9"})
        void of_one_to_sixteen_small_letters_and_digits(String slot) {
            assertThat(deletedOf(Shop.TICKET + "." + slot + "=x")).containsExactly(Shop.TICKET + "." + slot);
        }

        @ParameterizedTest
        @ValueSource(
                strings = {".", ".abcdefghijklmno90", ".`", ".{", ".a/", ".a:", ".A", ".a-b", "a", "+ab", "-visitors"})
        void or_is_left_alone(String rest) {
            assertThat(deletedOf(Shop.TICKET + rest + "=x")).isEmpty();
        }

        @Test
        void or_is_left_alone_beyond_thirty_four_names() {
            String many = IntStream.range(0, 40)
                    .mapToObj(i -> Shop.TICKET + ".s" + i + "=x")
                    .collect(Collectors.joining("; "));

            assertThat(deletedOf(many))
                    .containsExactlyInAnyOrderElementsOf(IntStream.range(0, 34)
                            .mapToObj(i -> Shop.TICKET + ".s" + i)
                            .toList());
        }

        @Test
        void and_one_more_of_a_name_that_was_seen_still_makes_two() {
            Browser ada = shop.signedIn(app, "ada");
            String many = IntStream.range(0, 40)
                    .mapToObj(i -> Shop.TICKET + ".s" + i + "=x")
                    .collect(Collectors.joining("; "));
            String line = ada.cookieHeader() + "; " + many + "; " + Shop.THEME_COOKIE + "=x";

            assertThat(open(app, ada.cookieHeader() + "; " + many).get(Shop.THEME))
                    .isEqualTo("dark");
            assertThat(open(app, line).get(Shop.THEME)).isEqualTo("light");
        }
    }

    @Test
    void a_ticket_for_tests_is_presented_as_browsers_do() {
        Sessions sessions = app.sessions();
        Session visitor = sessions.startVisitor();

        assertThat(app.cookieHeader(sessions.start("ada"))).startsWith(Shop.TICKET + "=");
        assertThat(app.cookieHeader(visitor)).startsWith(Shop.VISITOR + "=");
        assertThat(open(app, app.cookieHeader(visitor) + "; " + app.cookieHeader(visitor, Shop.THEME, "dark"))
                        .get(Shop.THEME))
                .isEqualTo("dark");
    }
}
