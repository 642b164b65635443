package dev.signet.sample;

import static dev.signet.sample.Running.signIn;
import static org.assertj.core.api.Assertions.assertThat;

import dev.signet.Keeps;
import dev.signet.Tries;
import dev.signet.revocation.Revocation;
import dev.signet.revocation.RevocationLog;
import dev.signet.revocation.Revocations;
import dev.signet.revocation.StoreUnavailable;
import dev.signet.testing.Browser;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class RefusalsTest {
    @Nested
    class Of_a_sign_in {
        private final Running sample = Running.sample();
        private final Browser client = sample.browser();

        @AfterEach
        void stop() {
            sample.close();
        }

        @ParameterizedTest
        @CsvSource({"ada, wrong", "ada, ''", "nobody, lovelace", "'', ''", "Ada, lovelace", "root, lovelace"})
        @Tries(39)
        void with_a_wrong_name_or_password_shows_the_form_again_with_the_name(String name, String password) {
            HttpResponse<String> response = signIn(client, name, password);

            assertThat(response.statusCode()).isEqualTo(401);
            assertThat(response.body())
                    .contains("Name and password do not fit together", "name=\"username\" value=\"" + name + "\"")
                    .doesNotContain("value=\"" + password + "x\"");
            assertThat(client.fetch("/me").statusCode()).isEqualTo(401);
        }

        @Test
        void tells_a_script_in_json() {
            HttpResponse<String> response =
                    postJson(client, "/login", "username", "ada", "password", "x", "_csrf", client.csrfToken("/login"));

            assertThat(response.statusCode()).isEqualTo(401);
            assertThat(response.body()).startsWith("{\"status\":401,");
        }

        @Test
        void with_a_stale_form_keeps_the_name_and_the_way_but_not_the_password() {
            HttpResponse<String> response = client.send(client.form(
                    "/login", "username", "ada", "password", "lovelace", "next", "/cart", "_csrf", "from.yesterday"));

            assertThat(response.statusCode()).isEqualTo(403);
            assertThat(response.body())
                    .contains("too old", "name=\"username\" value=\"ada\"", "name=\"next\" value=\"/cart\"")
                    .doesNotContain("value=\"lovelace\"");
            assertThat(signIn(client, "ada", "lovelace").statusCode()).isEqualTo(303);
        }

        @Test
        @Keeps("H4")
        @Tries(46)
        void from_another_site_is_not_even_read() {
            HttpResponse<String> response = client.send(client.request("/login")
                    .header("Content-Type", "application/x-www-form-urlencoded")
                    .header("Sec-Fetch-Site", "cross-site")
                    .POST(HttpRequest.BodyPublishers.ofString("username=ada&password=lovelace")));

            assertThat(response.statusCode()).isEqualTo(403);
            assertThat(client.fetch("/me").statusCode()).isEqualTo(401);
        }

        @ParameterizedTest
        @CsvSource({"/cart, /cart", "/preferences?from=here, /preferences?from=here", "/, /"})
        void never_happens_to_local_ways_on(String next, String path) {
            assertThat(signIn(client, "ada", "lovelace", "next", next).headers().firstValue("Location"))
                    .hasValue(path);
        }

        @ParameterizedTest
        @ValueSource(
                strings = {
                    "//evil.example",
                    "/\\evil.example",
                    "\\\\evil.example",
                    "https:evil.example",
                    "https://evil.example",
                    "javascript:alert(1)",
                    "evil.example",
                    "/\t/evil.example",
                    "/\r\nSet-Cookie: a=b",
                    "/.//evil.example",
                    " //evil.example",
                    "",
                    "/%0d%0a\u0000"
                })
        @Keeps("H6")
        void leads_to_nobody_elses_site(String next) {
            assertThat(signIn(client, "ada", "lovelace", "next", next).headers().firstValue("Location"))
                    .hasValue("/me");
        }

        @Test
        void asked_for_in_the_middle_of_something_leads_back_there() {
            assertThat(client.get("/me").body()).contains("name=\"next\" value=\"/me\"");
            assertThat(client.get("/login?next=/preferences").body()).contains("name=\"next\" value=\"/preferences\"");
            assertThat(client.get("/login?next=//evil.example").body()).contains("name=\"next\" value=\"/me\"");
        }
    }

    @Nested
    @Keeps("H3")
    @Tries(45)
    class Of_what_another_site_may_have_caused {
        private final Running sample = Running.sample();
        private final Browser ada = sample.browser();

        Of_what_another_site_may_have_caused() {
            signIn(ada, "ada", "lovelace");
        }

        @AfterEach
        void stop() {
            sample.close();
        }

        @ParameterizedTest
        @ValueSource(strings = {"/cart", "/cart/empty", "/preferences", "/logout", "/logout-everywhere"})
        void changes_nothing_without_the_token(String path) {
            assertThat(ada.post(path, "item", "x", "theme", "dark", "everyone", "true")
                            .statusCode())
                    .isEqualTo(403);
            assertThat(ada.post(path, "item", "x", "theme", "dark", "_csrf", "").statusCode())
                    .isEqualTo(403);
            assertThat(postJson(ada, path, "item", "x").body()).startsWith("{\"status\":403,");
            assertThat(ada.fetch("/me").statusCode()).isEqualTo(200);
            assertThat(ada.fetch("/cart").body()).isEqualTo("{\"items\":[]}");
        }

        @Test
        void ends_nobodys_session_in_an_administrators_name() {
            Browser root = sample.administrator();

            assertThat(root.post("/admin/revoke", "everyone", "true").statusCode())
                    .isEqualTo(403);

            assertThat(ada.fetch("/me").statusCode()).isEqualTo(200);
        }

        @Test
        void takes_no_token_of_somebody_elses_session() {
            Browser bob = sample.browser();
            signIn(bob, "bob", "builder");

            assertThat(ada.post("/cart", "item", "x", "_csrf", bob.csrfToken("/cart"))
                            .statusCode())
                    .isEqualTo(403);
        }

        @ParameterizedTest
        @ValueSource(strings = {"/logout", "/logout-everywhere", "/admin/revoke", "/cart/empty"})
        @Keeps("S8")
        @Tries(46)
        void is_never_a_link(String path) {
            assertThat(ada.get(path).statusCode()).isIn(404, 405);
            assertThat(ada.fetch("/me").statusCode()).isEqualTo(200);
        }
    }

    @Nested
    class Of_odd_input {
        private final Running sample = Running.sample();
        private final Browser client = sample.browser();

        @AfterEach
        void stop() {
            sample.close();
        }

        @ParameterizedTest
        @ValueSource(strings = {"", "   ", "a\u0000b", "a\nb", "\u001b[31m"})
        void an_item_of_nothing_or_of_control_characters_stays_out_of_the_cart(String item) {
            HttpResponse<String> response = client.submit("/cart", "/cart", "item", item);

            assertThat(response.statusCode()).isEqualTo(400);
            assertThat(response.body())
                    .contains("aria-describedby=\"item-mistake\"", "id=\"item-mistake\">Say what")
                    .contains("1 to 60 characters");
            assertThat(client.fetch("/cart").body()).isEqualTo("{\"items\":[]}");
        }

        @Test
        void an_item_that_is_too_long_stays_out_of_the_cart() {
            assertThat(client.submit("/cart", "/cart", "item", "x".repeat(61)).statusCode())
                    .isEqualTo(400);
            assertThat(client.submit("/cart", "/cart", "item", "x".repeat(60)).statusCode())
                    .isEqualTo(303);
        }

        @Test
        void a_full_cart_stays_as_it_is() {
            String csrf = client.csrfToken("/cart");
            HttpResponse<String> response;
            int items = -1;
            do {
                response = client.post("/cart", "item", "x".repeat(60), "_csrf", csrf);
                items++;
            } while (response.statusCode() == 303 && items < 100);

            assertThat(response.statusCode()).isEqualTo(413);
            assertThat(response.body()).contains("Your cart is full");
            assertThat(postJson(client, "/cart", "item", "x".repeat(60), "_csrf", csrf)
                            .body())
                    .startsWith("{\"status\":413,");
            assertThat(client.fetch("/cart").body().split("\",\"")).hasSize(items);
            assertThat(client.submit("/cart", "/cart/empty").statusCode()).isEqualTo(303);
            assertThat(client.fetch("/cart").body()).isEqualTo("{\"items\":[]}");
        }

        @Test
        void markup_is_shown_and_not_obeyed() {
            String nasty = "<script>alert('\"&')</script>";
            client.submit("/cart", "/cart", "item", nasty);

            assertThat(client.get("/cart").body())
                    .contains("<li>&lt;script&gt;alert(&#39;&quot;&amp;&#39;)&lt;/script&gt;</li>")
                    .doesNotContain("<script");
            assertThat(signIn(client, "\"><script>", "x").body()).doesNotContain("<script");
        }

        @ParameterizedTest
        @ValueSource(strings = {"", "blue", "DARK", "dark\"", "dark,light"})
        void there_is_no_other_theme(String theme) {
            assertThat(client.submit("/preferences", "/preferences", "theme", theme)
                            .statusCode())
                    .isEqualTo(400);
        }

        @ParameterizedTest
        @CsvSource({"/login, x; charset", "/login?next=/cart, x; charset", "/admin/login, x; charset", "/me, x; charset"
        })
        void a_page_that_is_asked_for_with_a_garbled_type_is_never_our_fault(String path, String contentType) {
            for (Browser sender : new Browser[] {client, withTicket()}) {
                assertThat(sender.send(sender.request(path).header("Content-Type", contentType))
                                .statusCode())
                        .as(path)
                        .isLessThan(500);
            }
        }

        @ParameterizedTest
        @CsvSource({
            "/login, application/x-www-form-urlencoded, username=%zz&password=%",
            "/login, application/x-www-form-urlencoded, &&&===&username&=",
            "/login, application/x-www-form-urlencoded; charset=klingon, username=ada",
            "/login, application/x-www-form-urlencoded; charset=, username=ada",
            "/login, application/json, '{\"username\":\"ada\"}'",
            "/login, multipart/form-data, nothing",
            "/login, multipart/form-data; boundary=x, --x--",
            "/login, nonsense, username=ada",
            "/cart, application/x-www-form-urlencoded; charset=klingon, item=wax",
            "/cart, application/x-www-form-urlencoded, item=%zz",
            "/cart, multipart/form-data; boundary=x, --x",
            "/preferences, application/json, '{\"theme\":\"dark\"}'",
            "/logout, text/plain, x"
        })
        void a_garbled_form_is_never_our_fault(String path, String contentType, String body) {
            for (Browser sender : new Browser[] {client, withTicket()}) {
                for (String site : new String[] {"same-origin", "cross-site"}) {
                    HttpResponse<String> response = sender.send(sender.request(path)
                            .header("Sec-Fetch-Site", site)
                            .header("Content-Type", contentType)
                            .POST(HttpRequest.BodyPublishers.ofString(body)));

                    assertThat(response.statusCode())
                            .as("%s %s", path, contentType)
                            .isBetween(300, 499);
                }
            }
        }

        private Browser withTicket() {
            Browser visitor = sample.browser();
            visitor.get("/cart");
            return visitor;
        }

        @Test
        void a_form_as_long_as_a_book_is_refused() {
            client.get("/cart");

            HttpResponse<String> response = client.post("/cart", "item", "x".repeat(100_000));

            assertThat(response.statusCode()).isEqualTo(413);
        }

        @ParameterizedTest
        @ValueSource(strings = {"", "x", "....", "eyJhbGciOiJkaXIifQ..a.b.c", "\"quoted\"", "%00"})
        @Keeps("S16")
        void a_bad_cookie_makes_one_a_stranger(String value) {
            HttpResponse<String> response = client.send(client.request("/me")
                    .header(
                            "Cookie",
                            "__Host-session=" + value + "; __Host-session-visitor=" + value + "; __Host-session.cart="
                                    + value)
                    .GET());

            assertThat(response.statusCode()).isEqualTo(401);
        }
    }

    @Nested
    @Keeps({"R2", "R5"})
    @Tries(51)
    class While_the_store_is_away {
        private final BrokenLog log = new BrokenLog();
        private final Running sample = Running.with(Revocations.on(log).build());
        private final Browser ada = sample.browser();

        @AfterEach
        void stop() {
            sample.close();
        }

        @Test
        void signing_out_says_that_it_did_not_work_and_works_later() {
            signIn(ada, "ada", "lovelace");
            String csrf = ada.csrfToken("/me");
            log.broken = true;

            HttpResponse<String> response = ada.post("/logout", "_csrf", csrf);

            assertThat(response.statusCode()).isEqualTo(503);
            assertThat(response.headers().firstValue("Retry-After")).isPresent();
            assertThat(response.body()).contains("You are not signed out").doesNotContain("You are signed out");
            assertThat(postJson(ada, "/logout", "_csrf", csrf).body()).startsWith("{\"status\":503,");
            log.broken = false;
            assertThat(ada.fetch("/me").statusCode()).isEqualTo(200);
            assertThat(ada.submit("/me", "/logout").statusCode()).isEqualTo(303);
            assertThat(ada.fetch("/me").statusCode()).isEqualTo(401);
        }

        @Test
        void an_administrator_is_told_the_same() {
            Browser root = sample.administrator();
            String csrf = root.csrfToken("/admin");
            log.broken = true;

            assertThat(root.post("/admin/logout", "_csrf", csrf).body()).contains("You are not signed out");
        }

        @Test
        void nobody_is_signed_in() {
            String csrf = ada.csrfToken("/login");
            log.broken = true;

            HttpResponse<String> response =
                    ada.post("/login", "username", "ada", "password", "lovelace", "_csrf", csrf);

            assertThat(response.statusCode()).isEqualTo(503);
            assertThat(ada.cookies()).doesNotContainKey("__Host-session");
        }
    }

    @Nested
    class While_everything_of_theirs_is_ended {
        private final RevocationLog log = Revocations.memoryLog(InstantSource.system());
        private final AtomicReference<Runnable> meanwhile = new AtomicReference<>(() -> {});
        private final Running sample = Running.with(Revocations.on(log).build(), this::interruptedNow);

        private Instant interruptedNow() {
            meanwhile.getAndSet(() -> {}).run();
            return Instant.now();
        }

        @AfterEach
        void stop() {
            sample.close();
        }

        @Test
        void a_sign_in_is_asked_to_check_the_password_once_more() {
            Browser ada = sample.browser();
            String csrf = ada.csrfToken("/login");
            HttpRequest.Builder form = ada.form("/login", "username", "ada", "password", "lovelace", "_csrf", csrf);
            meanwhile.set(() -> Revocations.on(log).build().revoke(Revocation.subject("ada"), Duration.ofDays(1)));

            HttpResponse<String> response = ada.send(form.header("Accept", "application/json"));

            assertThat(response.statusCode()).isEqualTo(409);
            assertThat(response.body()).startsWith("{\"status\":409,");
            assertThat(ada.cookies()).doesNotContainKey("__Host-session");
            assertThat(signIn(ada, "ada", "lovelace").statusCode()).isEqualTo(303);
        }
    }

    /** A script sends a form. */
    private static HttpResponse<String> postJson(Browser browser, String path, String... fields) {
        return browser.send(browser.form(path, fields).header("Accept", "application/json"));
    }

    /** A log in memory that can be made to fail. */
    private static final class BrokenLog implements RevocationLog {
        private final RevocationLog log = Revocations.memoryLog(InstantSource.system());
        private volatile boolean broken;

        private RevocationLog unlessBroken() {
            if (broken) {
                throw new StoreUnavailable("broken for a test");
            }
            return log;
        }

        @Override
        public long append(Entry entry) {
            return unlessBroken().append(entry);
        }

        @Override
        public Page read(long from, int limit) {
            return unlessBroken().read(from, limit);
        }

        @Override
        public void trim() {
            unlessBroken().trim();
        }

        @Override
        public boolean durable() {
            return false;
        }

        @Override
        public void close() {
            log.close();
        }
    }
}
