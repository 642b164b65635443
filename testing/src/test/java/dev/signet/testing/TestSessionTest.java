package dev.signet.testing;

import static dev.signet.testing.SignetAssertions.assertThat;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.signet.SignIn;
import dev.signet.SlotTooLarge;
import dev.signet.http.CookieSettings;
import java.net.URI;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;

class TestSessionTest {
    private static final URI ORIGIN = URI.create("http://localhost:7070");

    private final Shop shop = new Shop();
    private final Browser browser = Browser.at(ORIGIN, shop.sessions());

    private static List<String> names(TestSession session) {
        return Arrays.stream(session.cookieHeader().split("; "))
                .map(cookie -> cookie.substring(0, cookie.indexOf('=')))
                .toList();
    }

    @Nested
    class The_cookie_header {
        @Test
        void has_the_ticket_and_the_slots_under_the_names_that_the_application_uses() {
            TestSession ada = TestSession.signedIn(shop.sessions(), "ada").with(Shop.CART, List.of("wax"));

            assertThat(names(ada)).containsExactly("__Host-shop", "__Host-shop.cart");
            assertThat(names(TestSession.visitor(shop.sessions()))).containsExactly("__Host-shop-visitor");
        }

        @Test
        void has_the_last_value_of_a_slot() {
            TestSession ada = TestSession.signedIn(shop.sessions(), "ada")
                    .with(Shop.CART, List.of("wax"))
                    .with(Shop.CART, List.of("ink"));

            assertThat(names(ada)).containsExactly("__Host-shop", "__Host-shop.cart");
            assertThat(browser.use(ada).read(Shop.CART)).containsExactly("ink");
        }

        @Test
        void follows_the_applications_settings() {
            Shop other = new Shop("desk", CookieSettings.DEFAULT.prefix("__Host-Http-"));

            assertThat(names(TestSession.signedIn(other.sessions(), "ada").with(Shop.CART, List.of())))
                    .containsExactly("__Host-Http-desk", "__Host-Http-desk.cart");
        }

        @Test
        void has_no_value_that_is_too_large() {
            TestSession ada = TestSession.signedIn(shop.sessions(), "ada");

            assertThatThrownBy(() -> ada.with(Shop.CART, List.of("x".repeat(1024))))
                    .isInstanceOf(SlotTooLarge.class);
        }

        @Test
        void is_not_shown() {
            TestSession ada = TestSession.signedIn(shop.sessions(), "ada");

            assertThat(ada.toString())
                    .startsWith("TestSession[session of ada (")
                    .doesNotContain("__Host-");
        }
    }

    @Nested
    class A_browser {
        @Test
        void is_signed_in_by_it() {
            browser.use(TestSession.signedIn(shop.sessions(), "ada").with(Shop.CART, List.of("wax")));

            assertThat(browser.verification()).isActiveFor("ada");
            assertThat(browser.read(Shop.CART)).containsExactly("wax");
        }

        @Test
        void reads_a_visitors_slots_and_what_they_are_at_first() {
            assertThat(browser.read(Shop.CART)).isEmpty();

            browser.use(TestSession.visitor(shop.sessions()).with(Shop.CART, List.of("wax")));

            assertThat(browser.read(Shop.CART)).containsExactly("wax");
            assertThat(browser.verification()).isAbsent();
        }

        @Test
        void forgets_a_session_at_its_end_and_keeps_a_remembered_one_for_as_long_as_that_is() {
            assertThat(browser.signIn("ada").restart().verification()).isAbsent();
            assertThat(browser.signIn(SignIn.as("ada").remember()).restart().verification())
                    .isActiveFor("ada");

            shop.clock.advance(Duration.ofDays(14));

            assertThat(browser.verification()).isAbsent();
        }

        @Test
        void is_refused_after_the_sign_out() {
            TestSession ada =
                    TestSession.signedIn(shop.sessions(), SignIn.as("ada").roles("ADMIN"));
            browser.use(ada);
            assertThat(ada.session().roles()).containsExactly("ADMIN");

            shop.sessions().sessions().end(ada.session());

            assertThat(browser.verification()).isRevoked();
        }
    }
}
