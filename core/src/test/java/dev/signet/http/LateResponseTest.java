package dev.signet.http;

import static org.assertj.core.api.Assertions.assertThat;

import dev.signet.Keeps;
import dev.signet.Session;
import dev.signet.SignIn;
import dev.signet.Tries;
import dev.signet.http.Browser.Visit;
import dev.signet.revocation.Revocation;
import java.util.List;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Named;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Responses that are committed, or arrive, after another request of the same browser has changed who is there. */
class LateResponseTest {
    private final Shop shop = Shop.inMemory();

    @AfterEach
    void close() {
        shop.close();
    }

    /** Where the slow request and the fast one are worked on. */
    private record Places(WebSessions slow, WebSessions fast) {}

    private static Named<Function<Shop, Places>> sameInstance() {
        return Named.of("same instance", shop -> {
            WebSessions app = shop.instance();
            return new Places(app, app);
        });
    }

    private static Named<Function<Shop, Places>> twoInstances() {
        return Named.of("two instances, one log", shop -> new Places(shop.instance(), shop.instance()));
    }

    private static Named<Function<Shop, Places>> noLog() {
        return Named.of("same instance, no log", shop -> {
            WebSessions app = shop.withoutLog();
            return new Places(app, app);
        });
    }

    static Stream<Named<Function<Shop, Places>>> everywhere() {
        return Stream.of(sameInstance(), twoInstances(), noLog());
    }

    static Stream<Named<Function<Shop, Places>>> where_there_is_a_log() {
        return Stream.of(sameInstance(), twoInstances());
    }

    static Stream<Named<Function<Shop, Places>>> on_the_same_instance() {
        return Stream.of(sameInstance(), noLog());
    }

    @Nested
    @Keeps("R6")
    @Tries(52)
    class After_a_sign_out {
        private Visit slowWrite(Browser browser, WebSessions app) {
            Visit slow = browser.form(app);
            slow.session.set(Shop.THEME, "late");
            slow.session.flash("late");
            return slow;
        }

        @ParameterizedTest
        @MethodSource("dev.signet.http.LateResponseTest#everywhere")
        void a_late_renewal_writes_nothing(Function<Shop, Places> where) {
            Places places = where.apply(shop);
            Browser browser = shop.signedIn(places.fast(), "ada");
            shop.clock.advance(Shop.RENEWAL_DUE);
            Visit slow = browser.background(places.slow());
            slow.session.subject();
            Visit out = browser.form(places.fast());
            out.session.end();

            out.finish();
            slow.finish();

            assertThat(slow.setCookies()).isEmpty();
            assertThat(browser.names()).isEmpty();
        }

        @ParameterizedTest
        @MethodSource("dev.signet.http.LateResponseTest#everywhere")
        void a_late_write_writes_nothing_and_somebody_is_told(Function<Shop, Places> where) {
            Places places = where.apply(shop);
            Browser browser = shop.signedIn(places.fast(), "ada");
            Visit slow = slowWrite(browser, places.slow());
            Session session = slow.session.current().orElseThrow();
            Visit out = browser.form(places.fast());
            out.session.end();

            out.finish();
            slow.finish();

            assertThat(slow.setCookies()).isEmpty();
            assertThat(browser.names()).isEmpty();
            assertThat(shop.heard.discarded).contains(session);
        }

        @ParameterizedTest
        @MethodSource("dev.signet.http.LateResponseTest#everywhere")
        void a_late_answer_that_only_read_is_not_told_of(Function<Shop, Places> where) {
            Places places = where.apply(shop);
            Browser browser = shop.signedIn(places.fast(), "ada");
            Visit slow = browser.page(places.slow());
            assertThat(slow.session.current()).isPresent();
            Visit out = browser.form(places.fast());
            out.session.end();

            out.finish();
            slow.finish();

            assertThat(shop.heard.discarded).isEmpty();
        }

        @ParameterizedTest
        @MethodSource("dev.signet.http.LateResponseTest#everywhere")
        void it_need_not_have_been_committed_yet(Function<Shop, Places> where) {
            Places places = where.apply(shop);
            Browser browser = shop.signedIn(places.fast(), "ada");
            shop.clock.advance(Shop.RENEWAL_DUE);
            Visit slow = slowWrite(browser, places.slow());
            Visit out = browser.form(places.fast());
            out.session.end();

            slow.commit();
            out.commit();
            slow.arrive();
            out.arrive();

            assertThat(slow.setCookies()).isEmpty();
            assertThat(browser.names()).isEmpty();
        }

        @ParameterizedTest
        @MethodSource("dev.signet.http.LateResponseTest#where_there_is_a_log")
        void a_response_that_was_on_its_way_brings_back_a_ticket_that_is_refused(Function<Shop, Places> where) {
            Places places = where.apply(shop);
            Browser browser = shop.signedIn(places.fast(), "ada");
            shop.clock.advance(Shop.RENEWAL_DUE);
            Visit slow = slowWrite(browser, places.slow());
            slow.commit();
            Visit out = browser.form(places.fast());
            out.session.end();

            out.finish();
            slow.arrive();

            assertThat(browser.names()).contains(Shop.TICKET);
            assertThat(browser.who(places.slow())).isEmpty();
            assertThat(browser.who(places.fast())).isEmpty();
            assertThat(browser.background(places.fast()).session.get(Shop.THEME))
                    .isEqualTo("light");
        }

        @ParameterizedTest
        @MethodSource("dev.signet.http.LateResponseTest#everywhere")
        void a_late_write_does_not_touch_what_was_kept(Function<Shop, Places> where) {
            Places places = where.apply(shop);
            Browser browser = shop.signedIn(places.fast(), "ada");
            Visit slow = slowWrite(browser, places.slow());
            Visit out = browser.form(places.fast());
            out.session.end(Shop.THEME);

            out.finish();
            slow.finish();

            assertThat(browser.names()).containsExactly(Shop.VISITOR, Shop.THEME_COOKIE);
            assertThat(browser.background(places.slow()).session.get(Shop.THEME))
                    .isEqualTo("dark");
        }

        @Test
        void a_copied_ticket_is_refused_on_every_instance() {
            WebSessions one = shop.instance();
            WebSessions other = shop.instance();
            Browser browser = shop.signedIn(one, "ada");
            Browser thief = browser.copy();

            Visit out = browser.form(one);
            out.session.end();
            out.finish();

            assertThat(thief.who(one)).isEmpty();
            assertThat(thief.who(other)).isEmpty();
        }
    }

    @Nested
    @Keeps({"R6", "D1"})
    class From_before_a_sign_in {
        @ParameterizedTest
        @MethodSource("dev.signet.http.LateResponseTest#on_the_same_instance")
        void a_visitors_write_and_renewal_are_dropped(Function<Shop, Places> where) {
            Places places = where.apply(shop);
            Browser browser = shop.visiting(places.fast());
            shop.clock.advance(Shop.RENEWAL_DUE);
            Visit slow = browser.form(places.slow());
            slow.session.set(Shop.THEME, "late");
            Visit in = browser.form(places.fast());
            in.session.start("ada");

            in.finish();
            slow.finish();

            assertThat(slow.setCookies()).isEmpty();
            assertThat(shop.heard.discarded).hasSize(1);
            assertThat(browser.names()).containsExactly(Shop.TICKET);
            assertThat(browser.who(places.slow())).contains("ada");
        }

        @ParameterizedTest
        @MethodSource("dev.signet.http.LateResponseTest#everywhere")
        void a_visitors_response_that_was_on_its_way_changes_neither_who_it_is_nor_what_is_read(
                Function<Shop, Places> where) {
            Places places = where.apply(shop);
            Browser browser = shop.visiting(places.fast());
            shop.clock.advance(Shop.RENEWAL_DUE);
            Visit slow = browser.form(places.slow());
            slow.session.set(Shop.THEME, "late");
            slow.commit();
            Visit in = browser.form(places.fast());
            in.session.start("ada");

            in.finish();
            slow.arrive();

            assertThat(browser.who(places.slow())).contains("ada");
            assertThat(browser.background(places.slow()).session.get(Shop.THEME))
                    .isEqualTo("light");
        }

        @ParameterizedTest
        @MethodSource("dev.signet.http.LateResponseTest#everywhere")
        void a_late_write_and_renewal_of_the_replaced_session_are_dropped(Function<Shop, Places> where) {
            Places places = where.apply(shop);
            Browser browser = shop.signedIn(places.fast(), "ada");
            shop.clock.advance(Shop.RENEWAL_DUE);
            Visit slow = browser.form(places.slow());
            slow.session.set(Shop.THEME, "late");
            Visit in = browser.form(places.fast());
            in.session.start("bob");

            in.finish();
            slow.finish();

            assertThat(slow.setCookies()).isEmpty();
            assertThat(browser.names()).containsExactly(Shop.TICKET);
            assertThat(browser.who(places.slow())).contains("bob");
            assertThat(browser.background(places.fast()).session.get(Shop.THEME))
                    .isEqualTo("light");
        }

        @ParameterizedTest
        @MethodSource("dev.signet.http.LateResponseTest#where_there_is_a_log")
        @Keeps({"R6", "D1"})
        void a_ticket_of_the_replaced_session_that_was_on_its_way_costs_a_new_sign_in_and_is_never_accepted(
                Function<Shop, Places> where) {
            Places places = where.apply(shop);
            Browser browser = shop.signedIn(places.fast(), "ada");
            shop.clock.advance(Shop.RENEWAL_DUE);
            Visit slow = browser.background(places.slow());
            slow.session.subject();
            slow.commit();
            Visit in = browser.form(places.fast());
            in.session.start("bob");

            in.finish();
            slow.arrive();

            assertThat(browser.who(places.slow())).isEmpty();
            assertThat(browser.who(places.fast())).isEmpty();
        }
    }

    @Nested
    class A_newer_start {
        @ParameterizedTest
        @MethodSource("dev.signet.http.LateResponseTest#everywhere")
        void is_not_suppressed_by_a_sign_out_of_the_session_that_it_replaced(Function<Shop, Places> where) {
            Places places = where.apply(shop);
            Browser browser = shop.signedIn(places.fast(), "ada");
            Visit in = browser.form(places.slow());
            Visit out = browser.form(places.fast());
            out.session.subject();

            in.session.start("bob");
            out.session.end();
            out.finish();
            in.finish();

            assertThat(browser.who(places.slow())).contains("bob");
            assertThat(browser.who(places.fast())).contains("bob");
        }

        @ParameterizedTest
        @MethodSource("dev.signet.http.LateResponseTest#everywhere")
        void is_not_suppressed_by_another_start(Function<Shop, Places> where) {
            Places places = where.apply(shop);
            Browser browser = shop.visiting(places.fast());
            Visit first = browser.form(places.slow());
            Visit second = browser.form(places.fast());

            first.session.start(SignIn.as("ada").carry(Shop.CART));
            second.session.start(SignIn.as("ada").carry(Shop.CART));
            second.finish();
            first.finish();

            assertThat(first.touched()).contains(Shop.TICKET);
            assertThat(second.touched()).contains(Shop.TICKET);
            assertThat(browser.who(places.slow())).contains("ada");
            assertThat(browser.background(places.slow()).session.get(Shop.CART)).isEqualTo(List.of("apple"));
        }

        @Test
        void that_was_revoked_before_it_was_committed_is_issued_and_refused() {
            WebSessions app = shop.instance();
            Browser browser = shop.browser();
            Visit in = browser.form(app);
            in.session.start("ada");
            shop.revoke(Revocation.subject("ada"));

            in.finish();

            assertThat(browser.names()).containsExactly(Shop.TICKET);
            assertThat(browser.who(app)).isEmpty();
        }
    }

    @Nested
    class A_response_that_never_arrives {
        @ParameterizedTest
        @MethodSource("dev.signet.http.LateResponseTest#everywhere")
        void of_a_sign_in_leaves_a_visitor_whose_writes_are_not_lost(Function<Shop, Places> where) {
            Places places = where.apply(shop);
            Browser browser = shop.visiting(places.fast());
            Visit in = browser.form(places.fast());
            in.session.start(SignIn.as("ada").carry(Shop.CART));
            in.commit();

            Visit next = browser.form(places.slow());
            next.session.update(Shop.CART, cart -> List.of(cart.get(0), "pear"));
            next.session.set(Shop.THEME, "blue");
            next.finish();

            WebSession after = browser.page(places.fast()).session;
            assertThat(after.get(Shop.CART)).containsExactly("apple", "pear");
            assertThat(after.get(Shop.THEME)).isEqualTo("blue");
        }

        @Test
        void of_a_sign_in_leaves_a_visitor_who_is_renewed() {
            WebSessions app = shop.instance();
            Browser browser = shop.visiting(app);
            Visit in = browser.form(app);
            in.session.start("ada");
            in.commit();

            for (int i = 0; i < 5; i++) {
                shop.clock.advance(Shop.RENEWAL_DUE);
                Visit next = browser.page(app);
                next.session.get(Shop.CART);
                next.finish();
            }

            assertThat(browser.page(app).session.get(Shop.CART)).containsExactly("apple");
        }

        @Test
        void of_a_sign_out_without_a_log_leaves_nobody_or_a_session_whose_writes_are_not_lost() {
            WebSessions app = shop.withoutLog();
            Browser browser = shop.signedIn(app, "ada");
            Visit out = browser.form(app);
            out.session.end();
            out.commit();

            Visit next = browser.form(app);
            boolean somebody = next.session.current().isPresent();
            next.session.set(Shop.THEME, "blue");
            next.finish();

            assertThat(browser.page(app).session.get(Shop.THEME))
                    .as("somebody: %s", somebody)
                    .isEqualTo("blue");
        }
    }

    @Nested
    class After_the_other_sessions_were_ended {
        @ParameterizedTest
        @MethodSource("dev.signet.http.LateResponseTest#everywhere")
        void a_late_renewal_does_not_replace_the_ticket_that_goes_on(Function<Shop, Places> where) {
            Places places = where.apply(shop);
            Browser browser = shop.signedIn(places.fast(), "ada");
            shop.clock.advance(Shop.RENEWAL_DUE);
            Visit slow = browser.background(places.slow());
            slow.session.subject();
            Visit visit = browser.form(places.fast());
            visit.session.endOthers();

            visit.finish();
            slow.finish();

            assertThat(browser.who(places.slow())).contains("ada");
            assertThat(browser.who(places.fast())).contains("ada");
        }

        @ParameterizedTest
        @MethodSource("dev.signet.http.LateResponseTest#where_there_is_a_log")
        void a_late_write_under_the_old_ticket_is_dropped_and_told(Function<Shop, Places> where) {
            Places places = where.apply(shop);
            Browser browser = shop.signedIn(places.fast(), "ada");
            Visit slow = browser.form(places.slow());
            slow.session.set(Shop.THEME, "late");
            Visit visit = browser.form(places.fast());
            visit.session.endOthers();

            visit.finish();
            slow.finish();

            assertThat(slow.setCookies()).isEmpty();
            assertThat(shop.heard.discarded).hasSize(1);
            assertThat(browser.background(places.slow()).session.get(Shop.THEME))
                    .isEqualTo("dark");
        }
    }

    @Nested
    class After_a_restart {
        @ParameterizedTest
        @MethodSource("dev.signet.http.LateResponseTest#everywhere")
        void a_late_write_and_renewal_of_the_old_id_are_dropped(Function<Shop, Places> where) {
            Places places = where.apply(shop);
            Browser browser = shop.signedIn(places.fast(), "ada");
            shop.clock.advance(Shop.RENEWAL_DUE);
            Visit slow = browser.form(places.slow());
            slow.session.set(Shop.THEME, "late");
            Visit visit = browser.form(places.fast());
            Session after = visit.session.restart(Set.of("ADMIN"));

            visit.finish();
            slow.finish();

            assertThat(slow.setCookies()).isEmpty();
            assertThat(browser.background(places.slow()).session.current()).contains(after);
            assertThat(browser.background(places.slow()).session.get(Shop.THEME))
                    .isEqualTo("dark");
        }
    }
}
