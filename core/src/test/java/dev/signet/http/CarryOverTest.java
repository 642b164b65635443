package dev.signet.http;

import static org.assertj.core.api.Assertions.assertThat;

import dev.signet.Keeps;
import dev.signet.SignIn;
import dev.signet.Tries;
import dev.signet.http.Browser.Visit;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What a visitor put together goes along when they sign in. */
class CarryOverTest {
    private final Shop shop = Shop.inMemory();
    private final WebSessions app = shop.instance();

    @AfterEach
    void close() {
        shop.close();
    }

    private List<String> cart(Browser browser) {
        return browser.background(app).session.get(Shop.CART);
    }

    @Test
    @Keeps("H4")
    void leaves_the_carried_cookie_alone_and_clears_the_others() {
        Browser browser = shop.visiting(app);
        Visit in = browser.form(app);

        in.session.start(SignIn.as("ada").carry(Shop.CART));

        assertThat(in.session.get(Shop.CART)).containsExactly("apple");
        assertThat(in.session.get(Shop.THEME)).isEqualTo("light");
        assertThat(in.finish().touched()).containsExactlyInAnyOrder(Shop.TICKET, Shop.VISITOR, Shop.THEME_COOKIE);
        assertThat(browser.names()).containsExactly(Shop.TICKET, Shop.CART_COOKIE);
        assertThat(cart(browser)).containsExactly("apple");
    }

    @Test
    void is_sealed_under_the_sessions_own_id_at_the_next_write() {
        Browser browser = shop.visiting(app);
        Browser visitor = browser.copy();
        browser.signIn(app, SignIn.as("ada").carry(Shop.CART));
        Visit write = browser.form(app);
        write.session.update(Shop.CART, cart -> List.of(cart.get(0), "pear"));
        write.finish();

        visitor.plant(Shop.CART_COOKIE, browser.value(Shop.CART_COOKIE).orElseThrow());

        assertThat(cart(browser)).containsExactly("apple", "pear");
        assertThat(cart(visitor)).isEmpty();
    }

    @Test
    void survives_renewals() {
        Browser browser = shop.visiting(app);
        browser.signIn(app, SignIn.as("ada").carry(Shop.CART));
        for (int i = 0; i < 5; i++) {
            shop.clock.advance(Shop.RENEWAL_DUE);
            Visit visit = browser.background(app);
            visit.session.subject();
            visit.finish();
        }

        assertThat(cart(browser)).containsExactly("apple");
    }

    @Test
    void carries_what_the_same_request_wrote_as_a_visitor() {
        Browser browser = shop.browser();
        Visit in = browser.form(app);
        in.session.set(Shop.CART, List.of("apple"));
        in.session.set(Shop.THEME, "dark");
        in.session.start(SignIn.as("ada").carry(Shop.CART));

        in.finish();

        assertThat(in.touched()).containsExactlyInAnyOrder(Shop.TICKET, Shop.CART_COOKIE);
        assertThat(cart(browser)).containsExactly("apple");
    }

    @Test
    void takes_nothing_from_somebody_else_who_was_signed_in() {
        Browser browser = shop.signedIn(app, "ada");
        Visit in = browser.form(app);

        in.session.start(SignIn.as("bob").carry(Shop.THEME));

        assertThat(in.session.get(Shop.THEME)).isEqualTo("light");
        assertThat(in.finish().touched()).contains(Shop.THEME_COOKIE);
        assertThat(browser.background(app).session.get(Shop.THEME)).isEqualTo("light");
    }

    @Nested
    @Tries(31)
    class Racing_a_write_to_the_carried_slot {
        private final Browser browser = shop.visiting(app);
        private final Visit write = browser.form(app);
        private final Visit in = browser.form(app);

        private void race(SignIn signIn, String commits, String arrivals) {
            write.session.update(Shop.CART, cart -> List.of(cart.get(0), "pear"));
            in.session.start(signIn.carry(Shop.CART));
            for (String name : commits.split(" ")) {
                visit(name).commit();
            }
            for (String name : arrivals.split(" ")) {
                visit(name).arrive();
            }
        }

        private Visit visit(String name) {
            return name.equals("write") ? write : in;
        }

        @ParameterizedTest
        @CsvSource({"write in, write in", "write in, in write", "in write, write in", "in write, in write"})
        void loses_nothing(String commits, String arrivals) {
            race(SignIn.as("ada"), commits, arrivals);

            assertThat(browser.who(app)).contains("ada");
            assertThat(cart(browser)).containsExactly("apple", "pear");
        }

        @ParameterizedTest
        @CsvSource({"write in, write in, 1", "write in, in write, 2", "in write, write in, 1", "in write, in write, 2"})
        void is_won_by_the_last_that_arrives_when_the_sign_in_is_remembered(
                String commits, String arrivals, int items) {
            race(SignIn.as("ada").remember(), commits, arrivals);

            assertThat(browser.who(app)).contains("ada");
            assertThat(cart(browser)).hasSize(items).startsWith("apple");
        }

        @ParameterizedTest
        @CsvSource({"write in, write in", "write in, in write", "in write, write in", "in write, in write"})
        void and_a_renewal_of_the_visitor_keeps_the_session(String commits, String arrivals) {
            shop.clock.advance(Shop.RENEWAL_DUE);

            race(SignIn.as("ada"), commits, arrivals);

            assertThat(browser.who(app)).contains("ada");
            assertThat(cart(browser)).containsExactly("apple", "pear");
        }

        @Test
        void on_another_instance_loses_nothing() {
            WebSessions other = shop.instance();
            Visit elsewhere = browser.form(other);
            elsewhere.session.update(Shop.CART, cart -> List.of(cart.get(0), "plum"));
            in.session.start(SignIn.as("ada").carry(Shop.CART));

            in.finish();
            elsewhere.finish();

            assertThat(browser.who(app)).contains("ada");
            assertThat(cart(browser)).containsExactly("apple", "plum");
        }
    }

    @Nested
    class With_remember {
        @Test
        void the_carried_slot_is_sealed_again_and_outlives_the_browser() {
            Browser browser = shop.visiting(app);
            Visit in = browser.form(app);

            in.session.start(SignIn.as("ada").carry(Shop.CART).remember());
            in.finish();

            assertThat(in.shapes())
                    .contains(Shop.CART_COOKIE + "=…; Path=/; Max-Age="
                            + Duration.ofDays(90).toSeconds() + "; Secure; HttpOnly; SameSite=Lax");
            browser.restart();
            assertThat(browser.who(app)).contains("ada");
            assertThat(cart(browser)).containsExactly("apple");
        }

        @Test
        void a_slot_that_is_not_carried_is_cleared() {
            Browser browser = shop.visiting(app);

            browser.signIn(app, SignIn.as("ada").carry(Shop.CART).remember());

            assertThat(browser.names()).containsExactly(Shop.TICKET, Shop.CART_COOKIE);
        }
    }

    @Nested
    @Keeps("T6")
    @Tries(28)
    class A_slot_of_somebody_else {
        @Test
        void reads_as_absent_to_another_session() {
            Browser ada = shop.signedIn(app, "ada");
            Browser bob = shop.browser();
            bob.signIn(app, "bob");

            bob.plant(Shop.THEME_COOKIE, ada.value(Shop.THEME_COOKIE).orElseThrow());

            assertThat(bob.background(app).session.get(Shop.THEME)).isEqualTo("light");
        }

        @Test
        void reads_as_absent_to_another_session_of_the_same_person() {
            Browser one = shop.signedIn(app, "ada");
            Browser two = shop.browser();
            two.signIn(app, "ada");

            two.plant(Shop.THEME_COOKIE, one.value(Shop.THEME_COOKIE).orElseThrow());

            assertThat(two.background(app).session.get(Shop.THEME)).isEqualTo("light");
        }

        @Test
        void reads_as_absent_to_another_visitor() {
            Browser one = shop.visiting(app);
            Browser two = shop.browser();
            Visit visit = two.form(app);
            visit.session.set(Shop.THEME, "red");
            visit.finish();

            two.plant(Shop.CART_COOKIE, one.value(Shop.CART_COOKIE).orElseThrow());

            assertThat(cart(two)).isEmpty();
        }

        @Test
        void reads_as_absent_without_any_ticket() {
            Browser visitor = shop.visiting(app);

            visitor.forget(Shop.VISITOR);

            assertThat(cart(visitor)).isEmpty();
        }

        @Test
        void reads_as_absent_when_the_visitor_was_carried_but_not_this_slot() {
            Browser browser = shop.visiting(app);
            String theme = browser.value(Shop.THEME_COOKIE).orElseThrow();
            browser.signIn(app, SignIn.as("ada").carry(Shop.CART));

            browser.plant(Shop.THEME_COOKIE, theme);

            assertThat(browser.background(app).session.get(Shop.THEME)).isEqualTo("light");
        }

        @Test
        void reads_as_absent_under_another_slots_name() {
            Browser browser = shop.visiting(app);

            browser.plant(
                    "__Host-session.note", browser.value(Shop.THEME_COOKIE).orElseThrow());

            assertThat(browser.background(app).session.get(Shop.NOTE)).isEmpty();
        }

        @Test
        @Keeps("H4")
        @Tries(32)
        void planted_before_a_sign_in_is_not_merged() {
            Browser attacker = shop.visiting(app);
            Browser victim = shop.browser();
            victim.plant(Shop.VISITOR, attacker.value(Shop.VISITOR).orElseThrow());
            victim.plant(Shop.THEME_COOKIE, attacker.value(Shop.THEME_COOKIE).orElseThrow());

            victim.signIn(app, "ada");

            assertThat(victim.background(app).session.get(Shop.THEME)).isEqualTo("light");
            assertThat(attacker.who(app)).isEmpty();
        }
    }
}
