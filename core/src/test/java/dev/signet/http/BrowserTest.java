package dev.signet.http;

import static org.assertj.core.api.Assertions.assertThat;

import dev.signet.Keeps;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;

/** The browser of these tests forgets and refuses as real ones do, so that what they find counts. */
class BrowserTest {
    private final MovableClock clock = new MovableClock();
    private final Browser browser = new Browser(clock);

    private void receive(String... lines) {
        browser.receive(List.of(lines));
    }

    @Nested
    @Keeps("C9")
    class A_deletion {
        @Test
        void with_the_same_attributes_works() {
            receive("__Host-a=1; Path=/; Secure", "__Host-a=; Path=/; Secure; Max-Age=0");

            assertThat(browser.names()).isEmpty();
        }

        @Test
        void without_secure_is_ignored() {
            receive("__Host-a=1; Path=/; Secure", "__Host-a=; Path=/; Max-Age=0");

            assertThat(browser.names()).containsExactly("__Host-a");
            assertThat(browser.ignored()).hasSize(1);
        }

        @Test
        void with_another_domain_deletes_nothing() {
            receive("__Secure-a=1; Path=/; Secure; Domain=shop.example", "__Secure-a=; Path=/; Secure; Max-Age=0");

            assertThat(browser.names()).containsExactly("__Secure-a");
        }
    }

    @Nested
    class It_ignores {
        @Test
        void a_host_cookie_with_a_domain_or_another_path() {
            receive("__Host-a=1; Path=/; Secure; Domain=shop.example", "__HOST-a=1; Path=/x; Secure");

            assertThat(browser.ignored()).hasSize(2);
        }

        @Test
        void a_cookie_of_another_host() {
            receive("a=1; Path=/; Domain=other.example");

            assertThat(browser.ignored()).hasSize(1);
        }

        @Test
        void a_cookie_over_4096_characters() {
            receive("a=" + "x".repeat(4095) + "; Path=/", "b=" + "x".repeat(4096) + "; Path=/");

            assertThat(browser.names()).containsExactly("a");
        }
    }

    @Test
    void a_cookie_without_max_age_goes_when_the_browser_is_closed() {
        receive("a=1; Path=/", "b=1; Path=/; Max-Age=60");

        browser.restart();

        assertThat(browser.names()).containsExactly("b");
    }

    @Test
    void a_cookie_goes_when_its_max_age_is_over() {
        receive("b=1; Path=/; Max-Age=60");

        clock.advance(Duration.ofSeconds(60));

        assertThat(browser.cookieHeader()).isEmpty();
    }
}
