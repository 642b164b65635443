package dev.signet.testing;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.net.URI;
import java.time.Duration;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** The rules of RFC 6265bis, one by one. */
class CookieJarTest {
    private static final URI SHOP = URI.create("https://shop.example/cart/items");

    private final MovableClock clock = new MovableClock();
    private final CookieJar jar = new CookieJar(clock);

    private String after(String setCookie) {
        jar.take(SHOP, setCookie);
        return jar.header(SHOP);
    }

    private String sentTo(String uri) {
        return jar.header(URI.create(uri));
    }

    /** §5.6. */
    @Nested
    class A_line {
        @ParameterizedTest
        @CsvSource(
                delimiter = '|',
                value = {
                    "a=b | a=b",
                    "'  a \t=  b \t; Secure' | a=b",
                    "a=b=c | a=b=c",
                    "a= | a=",
                    "=b | b",
                    "b | b",
                    "a=\"b\" | a=\"b\"",
                    "a=b; nonsense; ; =x | a=b"
                })
        void is_read_as_name_and_value(String line, String sent) {
            assertThat(after(line)).isEqualTo(sent);
        }

        @ParameterizedTest
        @ValueSource(strings = {"", "=", ";a=b", "a=\u0000b", "a=b\u007f", "a=b; Path=/\r", "a\u0001=b"})
        void of_nothing_or_with_control_characters_is_ignored(String line) {
            assertThat(after(line)).isEmpty();
        }

        @Test
        void of_4096_bytes_of_name_and_value_is_kept_and_of_one_more_is_dropped() {
            assertThat(after("a=" + "x".repeat(4095))).hasSize(4097);
            assertThat(after("b=" + "x".repeat(4096))).doesNotContain("b=");
            assertThat(after("c=" + "\u00e4".repeat(2048))).doesNotContain("c=");
        }

        @Test
        void that_is_dropped_leaves_the_cookie_before_it() {
            after("a=b");

            assertThat(after("a=" + "x".repeat(4096))).isEqualTo("a=b");
        }

        @Test
        void has_attributes_of_which_the_last_of_a_name_counts() {
            assertThat(after("a=b; Path=/elsewhere; PATH=/; Max-Age=0; max-age=9"))
                    .isEqualTo("a=b");
        }

        @Test
        void has_attributes_that_are_ignored_past_1024_bytes() {
            assertThat(after("a=b; Path=/" + "x".repeat(1024))).isEqualTo("a=b");
        }
    }

    /** §5.4 and §5.7. */
    @Nested
    class A_prefix {
        @ParameterizedTest
        @ValueSource(
                strings = {
                    "__Secure-a=b; Secure",
                    "__Secure-a=b; Secure; Domain=shop.example; Path=/cart",
                    "__Host-a=b; Secure; Path=/",
                    "__Host-a=b; Secure; Path=/; HttpOnly; SameSite=Lax",
                    "__Http-a=b; Secure; HttpOnly; Domain=shop.example",
                    "__Host-Http-a=b; Secure; HttpOnly; Path=/",
                    "__a=b"
                })
        void is_kept_as_it_demands(String line) {
            assertThat(after(line)).isEqualTo(line.split(";")[0]);
        }

        @ParameterizedTest
        @ValueSource(
                strings = {
                    "__Secure-a=b",
                    "__secure-a=b",
                    "__Host-a=b; Path=/",
                    "__Host-a=b; Secure",
                    "__Host-a=b; Secure; Path=/cart",
                    "__Host-a=b; Secure; Path=/; Domain=shop.example",
                    "__HOST-a=b; Secure",
                    "__Http-a=b; Secure",
                    "__Http-a=b; HttpOnly",
                    "__Host-Http-a=b; Secure; Path=/",
                    "__Host-Http-a=b; Secure; HttpOnly",
                    "__Host-Http-a=b; Secure; HttpOnly; Path=/; Domain=shop.example",
                    "=__Host-a=b",
                    "__Secure-a",
                    "=__http-a=b"
                })
        void is_refused_otherwise(String line) {
            assertThat(after(line)).isEmpty();
        }
    }

    /** §5.7 and §5.8. */
    @Nested
    class A_secure_cookie {
        @ParameterizedTest
        @ValueSource(
                strings = {
                    "https://shop.example/",
                    "http://localhost:7070/",
                    "http://shop.localhost/",
                    "http://127.0.0.1/",
                    "http://127.1.2.3/",
                    "http://[::1]:7070/"
                })
        void is_kept_and_sent_with_tls_and_on_this_machine(String uri) {
            jar.take(URI.create(uri), "__Host-a=b; Secure; Path=/");

            assertThat(sentTo(uri)).isEqualTo("__Host-a=b");
        }

        @ParameterizedTest
        @ValueSource(strings = {"http://shop.example/", "http://localhost.example/", "http://128.0.0.1/"})
        void is_refused_elsewhere(String uri) {
            jar.take(URI.create(uri), "a=b; Secure; Path=/");

            assertThat(sentTo(uri)).isEmpty();
        }

        @Test
        void is_not_sent_without_tls() {
            after("a=b; Secure; Path=/");

            assertThat(sentTo("http://shop.example/")).isEmpty();
        }

        @ParameterizedTest
        @CsvSource({
            "a=c; Path=/cart",
            "a=c; Path=/cart/items",
            "a=c; Path=/cart; Domain=shop.example",
            "a=; Path=/cart; Max-Age=0"
        })
        void is_left_alone_by_one_that_came_without_tls(String line) {
            after("a=b; Secure; Path=/cart");
            jar.take(URI.create("http://shop.example/"), line);

            assertThat(jar.header(SHOP)).isEqualTo("a=b");
        }

        @Test
        void allows_one_of_another_name_or_of_a_shorter_path_without_tls() {
            after("a=b; Secure; Path=/cart");
            jar.take(URI.create("http://shop.example/"), "a=c; Path=/");
            jar.take(URI.create("http://shop.example/"), "d=e; Path=/");

            assertThat(jar.header(SHOP)).isEqualTo("a=b; a=c; d=e");
        }

        @Test
        void is_what_SameSite_None_needs() {
            assertThat(after("a=b; SameSite=None")).isEmpty();
            assertThat(after("a=b; SameSite=None; Secure")).isEqualTo("a=b");
        }
    }

    /** §5.1.3 and §5.7. */
    @Nested
    class A_host {
        @Test
        void gets_back_what_it_set_and_its_subdomains_do_not() {
            after("a=b; Path=/");

            assertThat(sentTo("https://shop.example:8443/")).isEqualTo("a=b");
            assertThat(sentTo("https://SHOP.example/")).isEqualTo("a=b");
            assertThat(sentTo("https://www.shop.example/")).isEmpty();
            assertThat(sentTo("https://example/")).isEmpty();
        }

        @ParameterizedTest
        @ValueSource(strings = {"shop.example", ".shop.example", "SHOP.example"})
        void shares_a_cookie_with_its_subdomains_by_a_domain(String domain) {
            after("a=b; Path=/; Domain=" + domain);

            assertThat(sentTo("https://shop.example/")).isEqualTo("a=b");
            assertThat(sentTo("https://www.shop.example/")).isEqualTo("a=b");
            assertThat(sentTo("https://myshop.example/")).isEmpty();
        }

        @ParameterizedTest
        @ValueSource(strings = {"www.shop.example", "other.example", "example", "op.example"})
        void sets_none_for_another_domain(String domain) {
            assertThat(after("a=b; Domain=" + domain)).isEmpty();
        }

        @Test
        void that_is_a_public_suffix_keeps_its_cookie_to_itself() {
            jar.take(URI.create("http://localhost/"), "a=b; Domain=localhost");

            assertThat(sentTo("http://localhost/")).isEqualTo("a=b");
            assertThat(sentTo("http://shop.localhost/")).isEmpty();
        }

        @Test
        void that_is_an_address_has_no_subdomains() {
            jar.take(URI.create("http://10.0.0.1/"), "a=b; Domain=0.0.1");

            assertThat(sentTo("http://10.0.0.1/")).isEmpty();
        }

        @Test
        void is_needed() {
            assertThatThrownBy(() -> jar.header(URI.create("/cart")))
                    .isInstanceOf(IllegalArgumentException.class)
                    .hasMessage("'/cart' has no host: use an absolute address");
        }
    }

    /** §5.1.4. */
    @Nested
    class A_path {
        @ParameterizedTest
        @CsvSource({
            "/cart, /cart, true",
            "/cart, /cart/items, true",
            "/cart/, /cart/items, true",
            "/cart/, /cart, false",
            "/cart, /cartoon, false",
            "/cart, /, false",
            "/, /anything, true",
            "cart, /cart/other, true",
            "cart, /other, false"
        })
        void decides_where_a_cookie_is_sent(String cookie, String request, boolean sent) {
            after("a=b; Path=" + cookie);

            assertThat(sentTo("https://shop.example" + request)).isEqualTo(sent ? "a=b" : "");
        }

        @ParameterizedTest
        @CsvSource({"/cart/items, /cart", "/cart/, /cart", "/cart, /", "/, /", "'', /"})
        void is_that_of_the_request_up_to_its_last_slash_unless_given(String request, String path) {
            jar.take(URI.create("https://shop.example" + request), "a=b");

            assertThat(sentTo("https://shop.example" + path)).isEqualTo("a=b");
            assertThat(sentTo("https://shop.example/other")).isEqualTo(path.equals("/") ? "a=b" : "");
        }

        @Test
        void that_is_longer_is_sent_first_and_then_what_is_older() {
            after("a=1; Path=/");
            after("b=2; Path=/cart/items");
            after("c=3; Path=/cart");
            after("d=4; Path=/");
            after("a=5; Path=/");

            assertThat(jar.header(SHOP)).isEqualTo("b=2; c=3; a=5; d=4");
            assertThat(jar.cookies(SHOP)).containsOnlyKeys("b", "c", "a", "d");
        }

        @Test
        void is_part_of_what_a_cookie_is() {
            after("a=1; Path=/");
            after("a=2; Path=/cart");
            after("a=; Path=/cart; Max-Age=0");

            assertThat(jar.header(SHOP)).isEqualTo("a=1");
        }
    }

    /** §5.6, §5.7 and §5.5. */
    @Nested
    class A_date {
        @ParameterizedTest
        @ValueSource(
                strings = {
                    "Max-Age=0",
                    "Max-Age=-1",
                    "Max-Age=000",
                    "Max-Age=0; Expires=Fri, 01 Jan 2027 00:00:00 GMT",
                    "Expires=Thu, 01 Jan 1970 00:00:00 GMT",
                    "Expires=Sun, 01-Mar-26 11:59:59 GMT",
                    "Expires=1 mar 2026 12:00:00",
                    "Expires=12:00:00 2026 March 01x"
                })
        void that_has_passed_deletes(String attribute) {
            after("a=b");

            assertThat(after("a=; " + attribute)).isEmpty();
        }

        @ParameterizedTest
        @ValueSource(
                strings = {
                    "Max-Age=1",
                    "Max-Age=1; Expires=Thu, 01 Jan 1970 00:00:00 GMT",
                    "Expires=Sun, 01 Mar 2026 12:00:01 GMT",
                    "Expires=yesterday",
                    "Expires=Thu, 32 Jan 1970 00:00:00 GMT",
                    "Expires=Mon, 30 Feb 1970 00:00:00 GMT",
                    "Expires=Thu, 01 Jan 1970 25:00:00 GMT",
                    "Expires=Thu, 01 Jan 1600 00:00:00 GMT",
                    "Max-Age=x",
                    "Max-Age=+0",
                    "Max-Age="
                })
        void that_has_not_passed_or_cannot_be_read_does_not_delete(String attribute) {
            assertThat(after("a=b; " + attribute)).isEqualTo("a=b");
        }

        @Test
        void ends_a_cookie_to_the_second() {
            after("a=b; Max-Age=60");
            clock.advance(Duration.ofSeconds(59));
            assertThat(jar.header(SHOP)).isEqualTo("a=b");

            clock.advance(Duration.ofSeconds(1));

            assertThat(jar.header(SHOP)).isEmpty();
        }

        @ParameterizedTest
        @ValueSource(
                strings = {"Max-Age=99999999999999999999", "Max-Age=999999999", "Expires=Fri, 31 Dec 9999 00:00:00 GMT"
                })
        void is_at_most_400_days_away(String attribute) {
            after("a=b; " + attribute);
            clock.advance(Duration.ofDays(400).minusSeconds(1));
            assertThat(jar.header(SHOP)).isEqualTo("a=b");

            clock.advance(Duration.ofSeconds(1));

            assertThat(jar.header(SHOP)).isEmpty();
        }
    }

    @Nested
    class A_restart {
        @Test
        void leaves_what_has_a_date() {
            after("session=1");
            after("kept=2; Max-Age=60");
            after("dated=3; Expires=Fri, 01 Jan 2027 00:00:00 GMT");
            after("was=4; Max-Age=60");
            after("was=5");

            jar.restart();

            assertThat(jar.header(SHOP)).isEqualTo("kept=2; dated=3");
        }
    }

    @Nested
    class A_copy {
        @Test
        void goes_its_own_way() {
            after("a=b");
            CookieJar copy = jar.copy();

            after("a=; Max-Age=0");

            assertThat(copy.header(SHOP)).isEqualTo("a=b");
        }
    }

    @Test
    void a_jar_shows_no_value() {
        after("a=secret");

        assertThat(jar).hasToString("CookieJar[a]");
    }
}
