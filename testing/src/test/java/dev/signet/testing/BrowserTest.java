package dev.signet.testing;

import static dev.signet.testing.SignetAssertions.assertThat;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.net.URI;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

class BrowserTest {
    private static final Shop SHOP = new Shop();

    @RegisterExtension
    private static final JavalinExtension RUNNING = JavalinExtension.of(SHOP::javalin, SHOP::sessions);

    @Nested
    class What_it_says_of_itself {
        @Test
        void with_a_page_is_that_its_address_was_typed(Browser browser) {
            assertThat(browser.get("/echo").body()).isEqualTo("[null, none, navigate, document, null, null]");
        }

        @Test
        void with_a_form_is_that_it_is_on_a_page_of_ours(Browser browser) {
            assertThat(browser.post("/echo", "item", "wax & seal", "n\u00e4me", "=")
                            .body())
                    .isEqualTo("[" + RUNNING.origin()
                            + ", same-origin, navigate, document, null, null] item=wax+%26+seal&n%C3%A4me=%3D");
        }

        @Test
        void with_a_script_is_that_it_wants_json(Browser browser) {
            assertThat(browser.fetch("/echo").body())
                    .isEqualTo("[null, same-origin, cors, empty, application/json, null]");
        }

        @Test
        void with_a_request_made_by_hand_are_its_cookies_only(Browser browser) {
            assertThat(browser.send(browser.request("/echo")).body()).endsWith("null, null, null]");
            assertThat(browser.send(browser.form("/echo", "a", "b")).body())
                    .isEqualTo("[null, null, null, null, null, null] a=b");
            browser.signIn("ada");
            assertThat(browser.send(browser.request("/echo")).body()).contains("__Host-shop=");
        }

        @Test
        void of_a_form_has_to_be_whole(Browser browser) {
            assertThatThrownBy(() -> browser.form("/echo", "a"))
                    .isInstanceOf(IllegalArgumentException.class)
                    .hasMessage("field 'a' has no value");
        }

        @Test
        void shows_no_cookie(Browser browser) {
            assertThat(browser.signIn("ada")).hasToString("Browser[" + RUNNING.origin() + ", CookieJar[__Host-shop]]");
        }
    }

    @Nested
    class A_form {
        @Test
        void is_submitted_with_the_token_of_its_page(Browser browser) {
            browser.signIn("ada");

            assertThat(browser.post("/cart", "item", "wax")).hasStatus(403);
            assertThat(browser.submit("/form", "/cart", "item", "wax"))
                    .hasStatus(200)
                    .setsSlot(Shop.CART);
            assertThat(browser.read(Shop.CART)).containsExactly("wax");
        }

        @Test
        void without_a_token_is_told(Browser browser) {
            assertThatThrownBy(() -> browser.submit("/plain", "/cart"))
                    .isInstanceOf(AssertionError.class)
                    .hasMessage("there is no field _csrf in status 200 of GET /plain, which sets [] and deletes []");
        }
    }

    @Nested
    class A_redirect {
        @Test
        void is_followed_when_asked(Browser browser) {
            Response signedIn = browser.post("/login", "user", "ada");

            assertThat(signedIn).redirectsTo("/me").signsIn("ada");
            assertThat(browser.follow(signedIn).body()).isEqualTo("ada");
        }

        @Test
        void to_another_site_is_not_followed(Browser browser) {
            Response away = browser.get("/away");

            assertThatThrownBy(() -> browser.follow(away))
                    .isInstanceOf(AssertionError.class)
                    .hasMessageStartingWith("the redirect leads away, to 'https://elsewhere.example/', in status 302");
        }

        @Test
        void is_needed_for_following(Browser browser) {
            Response plain = browser.get("/plain");

            assertThatThrownBy(() -> browser.follow(plain))
                    .isInstanceOf(AssertionError.class)
                    .hasMessageStartingWith("there is no redirect to follow in status 200");
        }
    }

    @Nested
    class Another_browser {
        @Test
        void has_no_cookies(Browser laptop, Browser phone) {
            laptop.signIn("ada");

            assertThat(phone.get("/me")).hasStatus(401);
            assertThat(laptop.get("/me")).hasStatus(200);
        }

        @Test
        void that_is_a_copy_has_the_same(Browser ada) {
            Browser thief = ada.signIn("ada").copy();

            assertThat(ada.submit("/form", "/logout")).clearsSession();

            assertThat(thief.verification()).isRevoked();
            assertThat(thief.get("/me")).hasStatus(401);
            assertThat(ada.verification()).isAbsent();
        }

        @Test
        void may_be_at_another_port(Browser ada) {
            Browser elsewhere = ada.signIn("ada").copyAt(URI.create("http://localhost:1"));

            assertThat(elsewhere.verification()).isActiveFor("ada");
        }
    }
}
