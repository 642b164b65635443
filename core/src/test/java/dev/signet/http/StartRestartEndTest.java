package dev.signet.http;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.signet.Keeps;
import dev.signet.Session;
import dev.signet.SignIn;
import dev.signet.Tries;
import dev.signet.http.Browser.Visit;
import dev.signet.revocation.Revocation;
import dev.signet.revocation.Revocations;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class StartRestartEndTest {
    private final Shop shop = Shop.inMemory();
    private final WebSessions app = shop.instance();

    @AfterEach
    void close() {
        shop.close();
    }

    private String theme(Browser browser) {
        return browser.background(app).session.get(Shop.THEME);
    }

    @Nested
    class A_start {
        @Test
        void gives_a_stranger_one_cookie() {
            Browser browser = shop.browser();
            Visit in = browser.form(app);

            Session session = in.session.start("ada");

            assertThat(in.session.current()).contains(session);
            assertThat(in.finish().touched()).containsExactly(Shop.TICKET);
            assertThat(browser.who(app)).contains("ada");
        }

        @Test
        @Keeps("S4")
        @Tries(32)
        void gives_another_id_than_the_visitor_had() {
            Browser browser = shop.visiting(app);
            Browser before = browser.copy();
            browser.signIn(app, "ada");

            assertThat(browser.names()).containsExactly(Shop.TICKET);
            assertThat(before.who(app)).isEmpty();
        }

        @Test
        @Keeps("H4")
        @Tries(46)
        void over_a_live_session_of_somebody_else_ends_it_and_leaks_no_slot() {
            Browser browser = shop.signedIn(app, "ada");
            Browser thief = browser.copy();
            Visit in = browser.form(app);
            in.session.set(Shop.NOTE, "ada's");
            assertThat(in.session.get(Shop.THEME)).isEqualTo("dark");

            in.session.start(SignIn.as("bob").carry(Shop.THEME, Shop.NOTE));

            assertThat(in.session.get(Shop.THEME)).isEqualTo("light");
            assertThat(in.session.get(Shop.NOTE)).isEmpty();
            assertThat(in.finish().touched()).containsExactlyInAnyOrder(Shop.TICKET, Shop.THEME_COOKIE);
            assertThat(browser.names()).containsExactly(Shop.TICKET);
            assertThat(browser.who(app)).contains("bob");
            assertThat(thief.who(app)).isEmpty();
        }

        @Test
        void over_a_live_session_of_somebody_else_shows_the_new_person_no_message_of_an_earlier_response() {
            Browser browser = shop.signedIn(app, "ada");
            Visit earlier = browser.form(app);
            earlier.session.flash("for ada");
            earlier.finish();
            Visit in = browser.form(app);

            in.session.flash("to whom?");
            in.session.start("bob");
            in.session.flash("welcome, bob");
            in.finish();

            assertThat(browser.page(app).session.takeFlash())
                    .contains("welcome, bob")
                    .doesNotContain("for ada");
        }

        @Test
        @Keeps("S4")
        void over_a_live_session_of_ones_own_ends_it() {
            Browser browser = shop.signedIn(app, "ada");
            Browser thief = browser.copy();

            browser.signIn(app, "ada");

            assertThat(browser.who(app)).contains("ada");
            assertThat(thief.who(app)).isEmpty();
        }

        @Test
        void twice_in_one_request_leaves_the_second() {
            Browser browser = shop.visiting(app);
            Visit in = browser.form(app);

            in.session.start(SignIn.as("ada").carry(Shop.CART));
            in.session.set(Shop.NOTE, "ada's");
            in.session.start(SignIn.as("bob").carry(Shop.CART, Shop.NOTE));
            in.finish();

            assertThat(browser.who(app)).contains("bob");
            assertThat(browser.background(app).session.get(Shop.CART)).isEmpty();
            assertThat(browser.names()).containsExactly(Shop.TICKET);
        }

        @Test
        void writes_of_the_new_person_win_over_what_is_cleared() {
            Browser browser = shop.visiting(app);
            Visit in = browser.form(app);

            in.session.start("ada");
            in.session.set(Shop.THEME, "blue");
            in.finish();

            assertThat(theme(browser)).isEqualTo("blue");
            assertThat(browser.names()).containsExactly(Shop.TICKET, Shop.THEME_COOKIE);
        }

        @ParameterizedTest
        @ValueSource(booleans = {true, false})
        void double_clicked_leaves_one_session_that_works(boolean firstArrivesLast) {
            Browser browser = shop.visiting(app);
            Visit first = browser.form(app);
            Visit second = browser.form(app);
            first.session.start(SignIn.as("ada").carry(Shop.CART));
            second.session.start(SignIn.as("ada").carry(Shop.CART));
            first.commit();
            second.commit();

            (firstArrivesLast ? second : first).arrive();
            (firstArrivesLast ? first : second).arrive();

            assertThat(browser.who(app)).contains("ada");
            assertThat(browser.background(app).session.get(Shop.CART)).containsExactly("apple");
            assertThat(browser.names()).containsExactly(Shop.TICKET, Shop.CART_COOKIE);
        }

        @Test
        void that_fails_changes_nothing_for_a_visitor() {
            Browser browser = shop.visiting(app);
            Visit in = browser.form(app);

            assertThatThrownBy(() -> in.session.start(SignIn.as("ada").lifetime("unheard")))
                    .isInstanceOf(IllegalArgumentException.class)
                    .hasMessageContaining("unheard");

            assertThat(in.finish().setCookies()).isEmpty();
            assertThat(browser.background(app).session.get(Shop.CART)).containsExactly("apple");
        }

        @Test
        void whose_lifetime_is_not_configured_does_not_end_the_live_session() {
            Browser browser = shop.signedIn(app, "ada");
            Visit in = browser.form(app);

            assertThatThrownBy(() -> in.session.start(SignIn.as("ada").lifetime("unheard")))
                    .isInstanceOf(IllegalArgumentException.class);
            in.finish();

            assertThat(browser.who(app)).contains("ada");
        }
    }

    @Nested
    class A_restart {
        @Test
        @Keeps("S4")
        void seals_every_received_slot_again() {
            Browser browser = shop.signedIn(app, "ada");
            Visit write = browser.form(app);
            write.session.set(Shop.CART, List.of("apple"));
            write.finish();
            Visit visit = browser.form(app);

            visit.session.restart(Set.of("ADMIN"));

            assertThat(visit.finish().touched())
                    .containsExactlyInAnyOrder(Shop.TICKET, Shop.CART_COOKIE, Shop.THEME_COOKIE);
            assertThat(browser.background(app).session.get(Shop.CART)).containsExactly("apple");
            assertThat(theme(browser)).isEqualTo("dark");
        }

        @Test
        void deletes_received_slots_that_cannot_be_read() {
            Browser browser = shop.signedIn(app, "ada");
            browser.plant(Shop.CART_COOKIE, "garbage");
            browser.plant(
                    "__Host-session.note",
                    shop.signedIn(app, "bob").value(Shop.THEME_COOKIE).orElseThrow());
            Visit visit = browser.form(app);

            visit.session.restart(Set.of());
            visit.finish();

            assertThat(browser.names()).containsExactly(Shop.TICKET, Shop.THEME_COOKIE);
        }

        @Test
        void takes_carried_slots_along_under_its_own_id() {
            Browser browser = shop.visiting(app);
            browser.signIn(app, SignIn.as("ada").carry(Shop.CART));
            String carried = browser.value(Shop.CART_COOKIE).orElseThrow();
            Visit visit = browser.form(app);

            visit.session.restart(Set.of());
            visit.finish();

            assertThat(browser.background(app).session.get(Shop.CART)).containsExactly("apple");
            browser.plant(Shop.CART_COOKIE, carried);
            assertThat(browser.background(app).session.get(Shop.CART)).isEmpty();
        }

        @Test
        void keeps_what_the_same_request_wrote_to_a_slot_that_came_in() {
            Browser browser = shop.signedIn(app, "ada");
            Visit visit = browser.form(app);

            visit.session.set(Shop.THEME, "blue");
            visit.session.restart(Set.of());
            visit.finish();

            assertThat(theme(browser)).isEqualTo("blue");
        }

        @Test
        void keeps_what_the_same_request_wrote_to_a_slot_that_did_not_come_in() {
            Browser browser = shop.signedIn(app, "ada");
            Visit visit = browser.form(app);

            visit.session.set(Shop.NOTE, "mine");
            visit.session.flash("done");
            visit.session.restart(Set.of());
            assertThat(visit.session.get(Shop.NOTE)).isEqualTo("mine");
            visit.finish();

            assertThat(browser.background(app).session.get(Shop.NOTE)).isEqualTo("mine");
            assertThat(browser.page(app).session.takeFlash()).containsExactly("done");
        }

        @Test
        void keeps_what_the_same_request_removed_removed() {
            Browser browser = shop.signedIn(app, "ada");
            Visit visit = browser.form(app);

            visit.session.remove(Shop.THEME);
            visit.session.restart(Set.of());
            visit.finish();

            assertThat(browser.names()).containsExactly(Shop.TICKET);
        }

        @Test
        void by_somebody_else_is_a_mistake_that_changes_nothing() {
            Browser browser = shop.signedIn(app, "ada");
            Visit visit = browser.form(app);

            assertThatThrownBy(() -> visit.session.restart(SignIn.as("bob")))
                    .isInstanceOf(IllegalArgumentException.class)
                    .hasMessageContaining("start");

            assertThat(visit.finish().setCookies()).isEmpty();
            assertThat(browser.who(app)).contains("ada");
        }

        @Test
        void and_ending_the_others_need_somebody_signed_in() {
            Visit visit = shop.visiting(app).form(app);

            assertThatThrownBy(() -> visit.session.restart(Set.of())).isInstanceOf(NotSignedIn.class);
            assertThatThrownBy(visit.session::endOthers).isInstanceOf(NotSignedIn.class);

            assertThat(visit.commit().setCookies()).isEmpty();
        }

        @Test
        void right_after_the_start_leaves_the_restarted_session() {
            Browser browser = shop.visiting(app);
            Visit visit = browser.form(app);

            visit.session.start(SignIn.as("ada").carry(Shop.CART));
            Session last = visit.session.restart(Set.of("ADMIN"));
            visit.finish();

            assertThat(browser.background(app).session.current()).contains(last);
            assertThat(browser.background(app).session.get(Shop.CART)).containsExactly("apple");
        }
    }

    @Nested
    class An_end {
        @Test
        @Keeps("C9")
        void deletes_every_cookie_and_the_browser_agrees() {
            Browser browser = shop.signedIn(app, "ada");
            Visit out = browser.form(app);

            out.session.end();

            assertThat(out.session.current()).isEmpty();
            assertThat(out.session.get(Shop.THEME)).isEqualTo("light");
            assertThat(out.finish().touched()).containsExactlyInAnyOrder(Shop.TICKET, Shop.THEME_COOKIE);
            assertThat(browser.names()).isEmpty();
            assertThat(browser.ignored()).isEmpty();
        }

        @Test
        void deletes_a_visitors_cookies_that_came_along() {
            Browser browser = shop.signedIn(app, "ada");
            browser.plant(Shop.VISITOR, shop.visiting(app).value(Shop.VISITOR).orElseThrow());
            Visit out = browser.form(app);

            out.session.end();
            out.finish();

            assertThat(browser.names()).isEmpty();
        }

        @Test
        void of_a_visitor_deletes_its_cookies() {
            Browser browser = shop.visiting(app);
            Visit out = browser.form(app);

            out.session.end();
            out.finish();

            assertThat(browser.names()).isEmpty();
        }

        @Test
        void of_nobody_does_nothing() {
            Visit out = shop.browser().form(app);

            out.session.end();
            out.session.endEverywhere();

            assertThat(out.commit().setCookies()).isEmpty();
            assertThat(shop.heard.ended).isEmpty();
        }

        @Test
        void moves_kept_slots_to_a_new_visitor_and_deletes_the_others() {
            Browser browser = shop.signedIn(app, "ada");
            Browser thief = browser.copy();
            Visit write = browser.form(app);
            write.session.set(Shop.CART, List.of("apple"));
            write.finish();
            Visit out = browser.form(app);

            out.session.end(Shop.THEME);
            assertThat(out.session.get(Shop.THEME)).isEqualTo("dark");
            assertThat(out.session.get(Shop.CART)).isEmpty();
            out.finish();

            assertThat(browser.names()).containsExactly(Shop.VISITOR, Shop.THEME_COOKIE);
            assertThat(browser.who(app)).isEmpty();
            assertThat(theme(browser)).isEqualTo("dark");
            thief.plant(Shop.THEME_COOKIE, browser.value(Shop.THEME_COOKIE).orElseThrow());
            assertThat(theme(thief)).isEqualTo("light");
        }

        @Test
        void keeps_what_the_same_request_wrote_to_a_kept_slot_and_drops_the_rest() {
            Browser browser = shop.signedIn(app, "ada");
            Visit out = browser.form(app);

            out.session.set(Shop.THEME, "blue");
            out.session.set(Shop.NOTE, "secret");
            out.session.end(Shop.THEME);
            out.finish();

            assertThat(browser.names()).containsExactly(Shop.VISITOR, Shop.THEME_COOKIE);
            assertThat(theme(browser)).isEqualTo("blue");
        }

        @Test
        void makes_no_visitor_when_there_is_nothing_to_keep() {
            Browser browser = shop.signedIn(app, "ada");
            Visit out = browser.form(app);

            out.session.end(Shop.CART, Shop.NOTE);
            out.finish();

            assertThat(browser.names()).isEmpty();
        }

        @Test
        void makes_no_visitor_for_a_kept_slot_that_was_removed() {
            Browser browser = shop.signedIn(app, "ada");
            Visit out = browser.form(app);

            out.session.remove(Shop.THEME);
            out.session.end(Shop.THEME);
            out.finish();

            assertThat(browser.names()).isEmpty();
        }

        @Test
        void is_followed_by_writes_and_a_flash_of_a_new_visitor() {
            Browser browser = shop.signedIn(app, "ada");
            Visit out = browser.form(app);

            out.session.end();
            out.session.flash("good bye");
            out.session.set(Shop.THEME, "blue");
            out.finish();

            assertThat(browser.names()).containsExactly(Shop.VISITOR, Shop.FLASH_COOKIE, Shop.THEME_COOKIE);
            Visit next = browser.page(app);
            assertThat(next.session.current()).isEmpty();
            assertThat(next.session.takeFlash()).containsExactly("good bye");
            assertThat(next.session.get(Shop.THEME)).isEqualTo("blue");
        }

        @Test
        void of_everything_keeps_slots_and_flashes_too() {
            Browser browser = shop.signedIn(app, "ada");
            Visit out = browser.form(app);

            out.session.endEverywhere(Shop.THEME);
            out.session.flash("good bye");
            out.finish();

            assertThat(theme(browser)).isEqualTo("dark");
            assertThat(browser.page(app).session.takeFlash()).containsExactly("good bye");
        }

        @Test
        void undoes_a_start_of_the_same_request() {
            Browser browser = shop.visiting(app);
            Visit visit = browser.form(app);

            visit.session.start("ada");
            visit.session.end();
            visit.finish();

            assertThat(browser.names()).isEmpty();
        }

        @Test
        void can_be_followed_by_a_start() {
            Browser browser = shop.signedIn(app, "ada");
            Visit visit = browser.form(app);

            visit.session.end(Shop.THEME);
            visit.session.start(SignIn.as("bob").carry(Shop.THEME));
            visit.finish();

            assertThat(browser.who(app)).contains("bob");
            assertThat(browser.names()).containsExactly(Shop.TICKET, Shop.THEME_COOKIE);
            assertThat(theme(browser)).isEqualTo("dark");
        }

        @Test
        void is_not_undone_by_asking_the_store_afterwards() {
            WebSessions forgetful = shop.instance(Revocations.none());
            Browser browser = shop.signedIn(forgetful, "ada");
            Visit visit = browser.form(forgetful);

            visit.session.end();
            visit.session.authoritative();

            assertThat(visit.session.current()).isEmpty();
            visit.finish();
            assertThat(browser.names()).isEmpty();
        }

        @Test
        void of_a_session_that_was_revoked_already_clears_its_cookies() {
            Browser browser = shop.signedIn(app, "ada");
            app.sessions().revoke(Revocation.everyone());
            Visit out = browser.form(app);

            out.session.end();
            out.finish();

            assertThat(browser.names()).isEmpty();
        }
    }
}
