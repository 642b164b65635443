package dev.signet.sample;

import static dev.signet.sample.Running.signIn;
import static org.assertj.core.api.Assertions.assertThat;

import dev.signet.Keeps;
import dev.signet.revocation.Revocations;
import dev.signet.testing.Browser;
import dev.signet.testing.MovableClock;
import java.time.Duration;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class InspectorPageTest {
    private final MovableClock clock = new MovableClock();
    private final Running sample = Running.at(clock);
    private final Browser browser = sample.browser();

    @AfterEach
    void stop() {
        sample.close();
    }

    private String page() {
        return browser.get("/inspector").body();
    }

    @Test
    void of_a_stranger_finds_nothing_and_sets_nothing() {
        assertThat(page())
                .contains("None. A page that only shows something sets no cookie")
                .contains("sign in</a>");
        assertThat(browser.get("/inspector").headers().allValues("Set-Cookie")).isEmpty();
    }

    @Test
    void shows_each_cookie_its_size_and_its_key() {
        signIn(browser, "ada", "lovelace");
        browser.submit("/cart", "/cart", "item", "Sealing wax");
        browser.get("/cart");

        String page = page();

        assertThat(page)
                .contains("__Host-session</code>", "__Host-session.cart</code>", "ticket", "slot", "max=\"4096\"");
        assertThat(page).containsPattern("key [A-Za-z0-9_-]+ for \\d{4}-\\d\\d-\\d\\d");
        assertThat(page).containsPattern("value=\"4[0-9]{2}\" aria-label=\"Size of __Host-session\"");
    }

    @Test
    @Keeps("L1")
    void shows_no_token() {
        signIn(browser, "ada", "lovelace");
        browser.submit("/preferences", "/preferences", "theme", "dark");

        String page = page();

        assertThat(browser.cookies().values()).isNotEmpty().noneMatch(page::contains);
        assertThat(page).doesNotContain("eyJ");
    }

    @Test
    void counts_three_clocks_down_and_does_not_turn_them_back() {
        signIn(browser, "ada", "lovelace");
        assertThat(page()).contains(">in 30 min 0 s<", ">in 12 h 0 min<", ">in 15 min 0 s<");

        clock.advance(Duration.ofMinutes(14).plusSeconds(1));
        assertThat(page()).contains(">in 15 min 59 s<", ">in 11 h 45 min<", ">in 59 s<");

        clock.advance(Duration.ofMinutes(2));
        assertThat(page()).contains(">in 13 min 59 s<", ">now<");
    }

    @Test
    void says_of_anything_that_comes_in_that_it_is_not_ours() {
        assertThat(SealedWith.of("")).isEqualTo("a key that is not ours");
        assertThat(SealedWith.of("garbage")).isEqualTo("a key that is not ours");
        assertThat(SealedWith.of("e30.x")).isEqualTo("a key that is not ours");
        assertThat(SealedWith.of("eyJraWQiOiJhLjk5OTk5OTk5OTk5OTk5OSJ9.x")).isEqualTo("a key that is not ours");
        assertThat(SealedWith.of("eyJraWQiOiJhYi4yMDAwMCJ9.x")).isEqualTo("key ab for 2024-10-04");
        assertThat(SealedWith.of("eyJraWQiOiJhLjIwMDAwIn0=.x"))
                .as("with padding")
                .isEqualTo("a key that is not ours");
    }

    @Test
    void knows_when_sign_outs_are_not_recorded() {
        try (Running forgetful = Running.with(Revocations.none())) {
            assertThat(forgetful.browser().get("/inspector").body()).contains("keeps no record of them");
        }
    }

    @Test
    void knows_of_sign_outs() {
        signIn(browser, "ada", "lovelace");
        browser.submit("/me", "/logout");

        assertThat(page()).contains("<dt>In force</dt><dd>1</dd>");
    }
}
