package dev.signet.http;

import static org.assertj.core.api.Assertions.assertThat;

import dev.signet.SignIn;
import dev.signet.http.Browser.Visit;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class FlashTest {
    private final Shop shop = Shop.inMemory();
    private final WebSessions app = shop.instance();

    @AfterEach
    void close() {
        shop.close();
    }

    @Test
    void is_seen_on_the_next_page_and_then_gone() {
        Browser browser = shop.signedIn(app, "ada");
        Visit post = browser.form(app);
        post.session.flash("saved");
        assertThat(post.finish().touched()).containsExactly(Shop.FLASH_COOKIE);

        Visit page = browser.page(app);
        assertThat(page.session.takeFlash()).containsExactly("saved");
        assertThat(page.session.takeFlash()).isEmpty();
        assertThat(page.finish().touched()).containsExactly(Shop.FLASH_COOKIE);

        assertThat(browser.names()).doesNotContain(Shop.FLASH_COOKIE);
        assertThat(browser.page(app).session.takeFlash()).isEmpty();
    }

    @Test
    void of_several_messages_keeps_their_order_over_several_responses() {
        Browser browser = shop.signedIn(app, "ada");
        Visit first = browser.form(app);
        first.session.flash("one");
        first.session.flash("two");
        first.finish();
        Visit second = browser.form(app);
        second.session.flash("three");
        second.finish();

        assertThat(browser.page(app).session.takeFlash()).containsExactly("one", "two", "three");
    }

    @Test
    void stays_while_pages_do_not_take_it() {
        Browser browser = shop.signedIn(app, "ada");
        Visit post = browser.form(app);
        post.session.flash("saved");
        post.finish();

        Visit redirect = browser.page(app);
        redirect.session.subject();
        redirect.finish();

        assertThat(browser.page(app).session.takeFlash()).containsExactly("saved");
    }

    @Test
    void of_a_stranger_makes_a_visitor() {
        Browser browser = shop.browser();
        Visit post = browser.form(app);
        post.session.flash("thank you");

        assertThat(post.finish().touched()).containsExactly(Shop.VISITOR, Shop.FLASH_COOKIE);
        assertThat(browser.page(app).session.takeFlash()).containsExactly("thank you");
    }

    @Test
    void that_was_left_and_taken_in_one_request_sets_no_flash_cookie() {
        Browser browser = shop.signedIn(app, "ada");
        Visit visit = browser.form(app);

        visit.session.flash("now");
        assertThat(visit.session.takeFlash()).containsExactly("now");

        assertThat(visit.finish().setCookies()).isEmpty();
    }

    @Test
    void that_was_taken_can_be_followed_by_another() {
        Browser browser = shop.signedIn(app, "ada");
        Visit first = browser.form(app);
        first.session.flash("one");
        first.finish();
        Visit second = browser.form(app);

        second.session.takeFlash();
        second.session.flash("two");
        second.finish();

        assertThat(browser.page(app).session.takeFlash()).containsExactly("two");
    }

    @Test
    void that_was_left_and_taken_is_not_seen_after_a_sign_in_or_sign_out_of_the_same_response() {
        Browser browser = shop.visiting(app);
        Visit in = browser.form(app);
        in.session.flash("taken");
        in.session.takeFlash();
        in.session.start("ada");
        in.finish();
        assertThat(browser.page(app).session.takeFlash()).isEmpty();

        Visit out = browser.form(app);
        out.session.flash("taken");
        out.session.takeFlash();
        out.session.end();
        out.finish();
        assertThat(browser.page(app).session.takeFlash()).isEmpty();
    }

    @Test
    void without_room_for_all_drops_the_oldest() {
        Browser browser = shop.signedIn(app, "ada");
        for (String message : List.of("1", "2", "3")) {
            Visit post = browser.form(app);
            post.session.flash(message + "x".repeat(250));
            post.finish();
        }

        assertThat(browser.page(app).session.takeFlash())
                .extracting(message -> message.charAt(0))
                .containsExactly('2', '3');
    }

    @Test
    void left_before_somebody_else_signed_in_over_a_live_session_is_seen_by_nobody() {
        Browser browser = shop.signedIn(app, "ada");
        Visit in = browser.form(app);
        in.session.flash("for ada");
        in.session.start("bob");
        in.finish();

        assertThat(browser.page(app).session.takeFlash()).isEmpty();
    }

    @Test
    void left_at_a_sign_in_is_seen_by_who_signed_in() {
        Browser browser = shop.visiting(app);
        Visit in = browser.form(app);

        in.session.start(SignIn.as("ada").carry(Shop.CART));
        in.session.flash("welcome, ada");
        in.finish();

        assertThat(browser.page(app).session.takeFlash()).containsExactly("welcome, ada");
    }

    @Test
    void left_just_before_a_sign_in_or_sign_out_of_the_same_response_is_seen_on_the_next_page() {
        Browser browser = shop.visiting(app);
        Visit in = browser.form(app);
        in.session.flash("welcome");
        in.session.start("ada");
        in.finish();
        assertThat(browser.page(app).session.takeFlash()).containsExactly("welcome");

        Visit out = browser.form(app);
        out.session.takeFlash();
        out.session.flash("good bye");
        out.session.end();
        out.finish();
        assertThat(browser.page(app).session.takeFlash()).containsExactly("good bye");
    }

    @Test
    void of_somebody_else_is_not_seen() {
        Browser ada = shop.signedIn(app, "ada");
        Visit post = ada.form(app);
        post.session.flash("for ada");
        post.finish();
        Browser bob = shop.signedIn(app, "bob");

        bob.plant(Shop.FLASH_COOKIE, ada.value(Shop.FLASH_COOKIE).orElseThrow());

        assertThat(bob.page(app).session.takeFlash()).isEmpty();
    }

    @Test
    void that_is_not_ours_is_empty() {
        Browser browser = shop.signedIn(app, "ada");
        browser.plant(Shop.FLASH_COOKIE, "garbage");
        Visit page = browser.page(app);

        assertThat(page.session.takeFlash()).isEmpty();
        assertThat(page.commit().setCookies()).isEmpty();
    }

    @Test
    void keeps_whatever_characters_it_has() {
        String odd = "„Grüße“ <b>&\"'\\\n\t\u0000 😀; Path=/";
        Browser browser = shop.signedIn(app, "ada");
        Visit post = browser.form(app);
        post.session.flash(odd);
        post.finish();

        assertThat(browser.page(app).session.takeFlash()).containsExactly(odd);
    }
}
