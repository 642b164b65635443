package dev.signet.http;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.signet.Keeps;
import dev.signet.Session;
import dev.signet.Slot;
import dev.signet.SlotTooLarge;
import dev.signet.http.Browser.Visit;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;

class BudgetTest {
    private static final Slot<String> SMALL = Slot.text("small");
    private static final Slot<String> LARGE = Slot.text("large").atMost(3800);
    private static final Slot<String> OTHER = Slot.text("other").atMost(3800);
    private static final Slot<String> THIRD = Slot.text("third").atMost(3800);

    private final Shop shop = Shop.inMemory();
    private final WebSessions app = shop.instance();

    @AfterEach
    void close() {
        shop.close();
    }

    private int sealed(Slot<String> slot, String value) {
        return app.sessions().sealedSize(app.sessions().content(slot, value));
    }

    /** The longest text that fits into the slot. */
    private String longest(Slot<String> slot) {
        String text = "";
        while (fits(slot, text + "x".repeat(64))) {
            text += "x".repeat(64);
        }
        while (fits(slot, text + "x")) {
            text += "x";
        }
        return text;
    }

    private boolean fits(Slot<String> slot, String text) {
        try {
            app.sessions().content(slot, text);
            return true;
        } catch (SlotTooLarge tooLarge) {
            return false;
        }
    }

    @Nested
    @Keeps("C6")
    class A_value_over_its_slots_maximum {
        @Test
        void is_refused_where_it_is_set_and_nothing_is_changed() {
            Browser browser = shop.signedIn(app, "ada");
            String before = browser.value(Shop.THEME_COOKIE).orElseThrow();
            Visit visit = browser.form(app);

            SlotTooLarge refusal =
                    catchThrowableOfType(SlotTooLarge.class, () -> visit.session.set(Shop.THEME, "x".repeat(2000)));

            assertThat(refusal.slot()).isEqualTo("theme");
            assertThat(refusal.size()).isGreaterThan(2000);
            assertThat(refusal.limit()).isEqualTo(1024);
            assertThat(refusal)
                    .hasMessageContainingAll("'theme'", Integer.toString(refusal.size()), "1024", "atMost")
                    .message()
                    .doesNotContain("xxx");
            assertThat(visit.session.get(Shop.THEME)).isEqualTo("dark");
            assertThat(visit.finish().setCookies()).isEmpty();
            assertThat(browser.value(Shop.THEME_COOKIE)).contains(before);
        }

        @Test
        void leaves_an_earlier_write_of_the_same_request() {
            Visit visit = shop.signedIn(app, "ada").form(app);
            visit.session.set(Shop.THEME, "blue");

            assertThatThrownBy(() -> visit.session.set(Shop.THEME, "x".repeat(2000)))
                    .isInstanceOf(SlotTooLarge.class);

            assertThat(visit.session.get(Shop.THEME)).isEqualTo("blue");
            assertThat(visit.commit().touched()).containsExactly(Shop.THEME_COOKIE);
        }

        @Test
        void makes_nobody_a_visitor() {
            Visit visit = shop.browser().form(app);

            assertThatThrownBy(() -> visit.session.set(Shop.THEME, "x".repeat(2000)))
                    .isInstanceOf(SlotTooLarge.class);

            assertThat(visit.commit().setCookies()).isEmpty();
        }

        @Test
        void fits_to_the_last_character_and_not_one_more() {
            Visit visit = shop.signedIn(app, "ada").form(app);
            String longest = longest(SMALL);

            visit.session.set(SMALL, longest);

            assertThatThrownBy(() -> visit.session.set(SMALL, longest + "x")).isInstanceOf(SlotTooLarge.class);
            assertThat(longest.length()).isBetween(570, 620);
        }
    }

    @Test
    void what_is_measured_is_what_is_sealed_at_most() {
        Random random = new Random(7);
        Session session = app.sessions().start("ada");
        for (int i = 0; i < 200; i++) {
            String value = random.ints(random.nextInt(600), 32, 0x2fff)
                    .collect(StringBuilder::new, StringBuilder::appendCodePoint, StringBuilder::append)
                    .toString();
            var content = app.sessions().content(LARGE, value);

            assertThat(app.sessions().seal(content, session).length())
                    .isBetween(
                            app.sessions().sealedSize(content) - 32,
                            app.sessions().sealedSize(content));
        }
    }

    @Nested
    class All_cookies_together {
        private final String long3000 = longestOf(3000);

        private String longestOf(int bytes) {
            return longest(LARGE.atMost(bytes));
        }

        @Test
        void of_one_request_may_not_take_more_than_the_budget() {
            Visit visit = shop.signedIn(app, "ada").form(app);
            visit.session.set(LARGE, long3000);

            SlotTooLarge refusal = catchThrowableOfType(SlotTooLarge.class, () -> visit.session.set(OTHER, long3000));

            assertThat(refusal.slot()).isEqualTo("other");
            assertThat(refusal.limit()).isEqualTo(6144);
            assertThat(refusal.size()).isGreaterThan(6144);
            assertThat(refusal).hasMessageContainingAll("'other'", "6144", "remove a slot");
            assertThat(visit.session.get(OTHER)).isEmpty();
            assertThat(visit.commit().touched()).containsExactly("__Host-session.large");
        }

        @Test
        void that_came_in_count() {
            Browser browser = browserWithLarge();
            Visit visit = browser.form(app);

            assertThatThrownBy(() -> visit.session.set(OTHER, long3000)).isInstanceOf(SlotTooLarge.class);

            assertThat(visit.finish().setCookies()).isEmpty();
            assertThat(browser.background(app).session.get(LARGE)).isEqualTo(long3000);
        }

        @Test
        void count_one_that_is_written_again_once() {
            Visit visit = browserWithLarge().form(app);

            visit.session.set(LARGE, long3000 + "more");
            visit.session.set(LARGE, long3000);

            assertThat(visit.session.get(LARGE)).isEqualTo(long3000);
        }

        @Test
        void do_not_count_one_that_is_removed() {
            Browser browser = browserWithLarge();
            Visit visit = browser.form(app);

            visit.session.remove(LARGE);
            visit.session.set(OTHER, long3000);
            visit.finish();

            assertThat(browser.background(app).session.get(OTHER)).isEqualTo(long3000);
        }

        @Test
        void do_not_count_what_a_sign_out_or_a_sign_in_deletes() {
            Visit out = browserWithLarge().form(app);
            out.session.end();
            out.session.set(OTHER, long3000);
            assertThat(out.commit().touched()).contains("__Host-session.other");

            Visit in = browserWithLarge().form(app);
            in.session.start("bob");
            in.session.set(OTHER, long3000);
            assertThat(in.commit().touched()).contains("__Host-session.other");
        }

        @Test
        void count_cookies_that_nobody_can_read() {
            Browser browser = shop.signedIn(app, "ada");
            browser.plant("__Host-session.large", "x".repeat(3000));
            Visit visit = browser.form(app);

            assertThatThrownBy(() -> visit.session.set(OTHER, long3000)).isInstanceOf(SlotTooLarge.class);
        }

        @Test
        void of_another_session_do_not_count() {
            WebSessions admin = shop.lasting(s -> s.name("admin"));
            Visit visit = browserWithLarge().form(admin);

            visit.session.set(OTHER, long3000);

            assertThat(visit.commit().touched()).contains("__Host-admin.other");
        }

        @Test
        void are_never_more_than_the_budget_whatever_was_accepted() {
            Random random = new Random(11);
            Browser browser = shop.signedIn(app, "ada");
            List<Slot<String>> slots = List.of(SMALL, LARGE, OTHER, THIRD, Shop.THEME, Shop.NOTE);
            int refused = 0;
            for (int i = 0; i < 300; i++) {
                Visit visit = browser.form(app);
                try {
                    visit.session.set(slots.get(random.nextInt(slots.size())), "y".repeat(random.nextInt(2500)));
                } catch (SlotTooLarge tooLarge) {
                    refused++;
                }
                visit.finish();
                assertThat(browser.cookieHeader().length()).isLessThan(WebSessions.BUDGET);
            }

            assertThat(refused).isBetween(50, 250);
            assertThat(browser.ignored()).isEmpty();
        }

        private Browser browserWithLarge() {
            Browser browser = shop.browser();
            browser.signIn(app, "ada");
            Visit visit = browser.form(app);
            visit.session.set(LARGE, long3000);
            visit.finish();
            return browser;
        }
    }

    @Test
    @Keeps("C6")
    void the_largest_slot_under_the_longest_names_is_accepted_by_browsers() {
        Slot<String> longestName = Slot.text("abcdefghijklmnop").atMost(3800);
        WebSessions longNamed = shop.lasting(s -> s.name("abcdefghijklmnop"));
        Browser browser = shop.browser();
        Visit visit = browser.form(longNamed);
        String value = longest(longestName);

        visit.session.set(longestName, value);
        visit.finish();

        assertThat(browser.ignored()).isEmpty();
        assertThat(browser.background(longNamed).session.get(longestName)).isEqualTo(value);
        assertThat(sealed(longestName, value)).isBetween(3797, 3800);
    }

    @Test
    void a_flash_over_its_size_is_refused_where_it_is_left_and_the_others_stay() {
        Browser browser = shop.signedIn(app, "ada");
        Visit visit = browser.form(app);
        visit.session.flash("saved");

        assertThatThrownBy(() -> visit.session.flash("x".repeat(1000)))
                .isInstanceOf(SlotTooLarge.class)
                .hasMessageContaining("'flash'");

        visit.finish();
        assertThat(browser.page(app).session.takeFlash()).containsExactly("saved");
    }
}
