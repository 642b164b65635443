package dev.signet.http;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.signet.Keeps;
import dev.signet.Session;
import dev.signet.Tries;
import dev.signet.Verification;
import dev.signet.Verification.Outcome;
import dev.signet.http.Browser.Visit;
import dev.signet.revocation.Revocation;
import dev.signet.revocation.StoreUnavailable;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import java.util.function.Consumer;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Named;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** The store of revocations has been silent for longer than may be. */
@Keeps("R2")
@Tries(51)
class UndecidedTest {
    private final Shop shop = Shop.onStore();
    private final WebSessions app = shop.instance();

    @AfterEach
    void close() {
        shop.close();
    }

    private Browser ada() {
        Browser browser = shop.signedIn(app, "ada");
        browser.plant(Shop.VISITOR, shop.visiting(app).value(Shop.VISITOR).orElseThrow());
        return browser;
    }

    static Stream<Named<Consumer<WebSession>>> refused() {
        return Stream.of(
                named("subject", WebSession::subject),
                named("requireRole", session -> session.requireRole(Set.of())),
                named("requireFresh", session -> session.requireFresh(Duration.ofDays(1))),
                named("set", session -> session.set(Shop.CART, List.of("late"))),
                named("set by name", session -> session.set("theme", "late")),
                named("update", session -> session.update(Shop.CART, cart -> List.of("late"))),
                named("remove", session -> session.remove(Shop.THEME)),
                named("flash", session -> session.flash("late")),
                named("start", session -> session.start("ada")),
                named("start of somebody else", session -> session.start("bob")),
                named("restart", session -> session.restart(Set.of("ADMIN"))),
                named("end", session -> session.end()),
                named("endEverywhere", session -> session.endEverywhere()),
                named("endOthers", WebSession::endOthers));
    }

    private static Named<Consumer<WebSession>> named(String name, Consumer<WebSession> what) {
        return Named.of(name, what);
    }

    @ParameterizedTest
    @MethodSource("refused")
    void whoever_needs_to_know_is_told_that_it_cannot_be_told_and_nothing_is_changed(Consumer<WebSession> what) {
        Browser browser = ada();
        shop.loseStore();
        Visit visit = browser.page(app);

        assertThatThrownBy(() -> what.accept(visit.session)).isInstanceOf(StoreUnavailable.class);

        assertThat(visit.commit().setCookies()).isEmpty();
        assertThat(visit.head.headers("Cache-Control")).containsExactly("no-store");
    }

    @Test
    void whoever_only_looks_sees_nobody_and_initial_values() {
        Browser browser = ada();
        shop.loseStore();
        Visit visit = browser.page(app);

        assertThat(visit.session.current()).isEmpty();
        assertThat(visit.session.get(Shop.THEME)).isEqualTo("light");
        assertThat(visit.session.get("theme")).isEmpty();
        assertThat(visit.session.takeFlash()).isEmpty();
        assertThat(visit.session.verification().outcome()).isEqualTo(Outcome.UNDECIDED);
        assertThat(visit.commit().setCookies()).isEmpty();
    }

    @Test
    void within_the_bound_nothing_is_felt() {
        Browser browser = ada();
        shop.log.breakDown();
        shop.clock.advance(Shop.STALENESS_BOUND);
        Visit visit = browser.form(app);

        assertThat(visit.session.subject()).isEqualTo("ada");
        visit.session.set(Shop.THEME, "blue");

        assertThat(visit.commit().touched()).containsExactly(Shop.THEME_COOKIE);
    }

    @Test
    void visitors_feel_nothing() {
        Browser browser = shop.visiting(app);
        shop.loseStore();
        Visit visit = browser.form(app);

        visit.session.update(Shop.CART, cart -> List.of("apple", "pear"));
        visit.session.flash("added");
        visit.finish();

        assertThat(browser.background(app).session.get(Shop.CART)).containsExactly("apple", "pear");
    }

    @Test
    void strangers_become_visitors() {
        Browser browser = shop.browser();
        shop.loseStore();
        Visit visit = browser.form(app);

        visit.session.set(Shop.THEME, "dark");

        assertThat(visit.finish().touched()).containsExactly(Shop.VISITOR, Shop.THEME_COOKIE);
    }

    @Test
    void it_is_over_as_soon_as_the_store_was_read() {
        Browser browser = ada();
        shop.loseStore();
        assertThat(browser.who(app)).isEmpty();

        shop.log.repair();
        app.sessions().revocations().catchUp();

        assertThat(browser.who(app)).contains("ada");
    }

    @Nested
    class A_sign_out {
        @Test
        @Keeps("R5")
        @Tries(51)
        void that_cannot_be_recorded_leaves_everything() {
            Browser browser = ada();
            shop.loseStore();
            Visit out = browser.form(app);

            assertThatThrownBy(() -> out.session.end()).isInstanceOf(StoreUnavailable.class);
            assertThat(out.finish().setCookies()).isEmpty();

            shop.log.repair();
            app.sessions().revocations().catchUp();
            assertThat(browser.who(app)).contains("ada");
        }

        @Test
        void works_once_its_entry_is_taken_and_clears_the_cookies() {
            Browser browser = ada();
            Browser thief = browser.copy();
            shop.loseStore();
            shop.log.acceptAppends();
            Visit out = browser.form(app);
            assertThat(out.session.current()).isEmpty();

            out.session.end();
            out.finish();

            assertThat(out.touched()).containsExactlyInAnyOrder(Shop.TICKET, Shop.VISITOR, Shop.THEME_COOKIE);
            assertThat(browser.names()).isEmpty();
            shop.log.repair();
            app.sessions().revocations().catchUp();
            assertThat(thief.who(app)).isEmpty();
        }

        @Test
        void everywhere_works_once_its_entry_is_taken() {
            Browser browser = ada();
            Browser phone = shop.signedIn(app, "ada");
            shop.loseStore();
            shop.log.acceptAppends();
            Visit out = browser.form(app);

            out.session.endEverywhere();
            out.finish();

            shop.log.repair();
            app.sessions().revocations().catchUp();
            assertThat(phone.who(app)).isEmpty();
            assertThat(browser.names()).isEmpty();
        }

        @Test
        void is_followed_by_writes_of_a_visitor() {
            Browser browser = ada();
            shop.loseStore();
            shop.log.acceptAppends();
            Visit out = browser.form(app);

            out.session.end(Shop.THEME);
            out.session.flash("good bye");
            out.finish();

            assertThat(browser.names()).containsExactly(Shop.VISITOR, Shop.FLASH_COOKIE, Shop.THEME_COOKIE);
            assertThat(browser.background(app).session.get(Shop.THEME)).isEqualTo("dark");
        }
    }

    @Nested
    class A_sign_in {
        @Test
        void works_again_as_soon_as_the_store_answers_and_ends_the_undecided_session() {
            Browser browser = ada();
            Browser thief = browser.copy();
            shop.loseStore();
            Visit in = browser.form(app);
            assertThat(in.session.current()).isEmpty();
            shop.log.repair();

            in.session.start("bob");
            in.finish();

            assertThat(browser.who(app)).contains("bob");
            assertThat(browser.names()).containsExactly(Shop.TICKET);
            assertThat(thief.who(app)).isEmpty();
        }

        @Test
        void gives_csrf_tokens_of_the_new_session() {
            Browser browser = ada();
            shop.loseStore();
            Visit in = browser.form(app);
            assertThat(in.session.current()).isEmpty();
            shop.log.repair();
            in.session.start("bob");

            String token = in.session.csrfToken();
            in.finish();

            assertThatCode(() -> browser.open(app, Request.form().withField("_csrf", token))
                            .session
                            .checkCsrf(false))
                    .doesNotThrowAnyException();
        }
    }

    @Nested
    class Csrf_tokens {
        @Test
        void are_those_of_the_authentic_ticket() {
            Browser browser = ada();
            String before = browser.page(app).session.csrfToken();
            shop.loseStore();
            Visit page = browser.page(app);
            String during = page.session.csrfToken();

            assertThat(page.finish().setCookies()).isEmpty();
            assertThatCode(() -> post(browser, before)).doesNotThrowAnyException();
            shop.log.repair();
            app.sessions().revocations().catchUp();
            assertThatCode(() -> post(browser, during)).doesNotThrowAnyException();
        }

        @Test
        void are_asked_for() {
            Browser browser = ada();
            shop.loseStore();

            assertThatThrownBy(() -> post(browser, "no.token")).isInstanceOf(CsrfRefused.class);
        }

        private void post(Browser browser, String token) {
            browser.open(app, Request.form().withField("_csrf", token)).session.checkCsrf(false);
        }
    }

    @Test
    void at_the_commit_only_it_still_writes() {
        Browser browser = ada();
        Visit visit = browser.form(app);
        visit.session.set(Shop.THEME, "blue");
        shop.loseStore();
        shop.clock.advance(Shop.RENEWAL_DUE.minus(Shop.STALENESS_BOUND));

        assertThat(visit.finish().touched()).containsExactly(Shop.TICKET, Shop.THEME_COOKIE);
        shop.log.repair();
        app.sessions().revocations().catchUp();
        assertThat(browser.background(app).session.get(Shop.THEME)).isEqualTo("blue");
    }

    @Test
    void an_authoritative_request_is_undecided_at_once_when_the_store_is_down() {
        Browser browser = ada();
        shop.log.breakDown();
        Visit ordinary = browser.background(app);
        Visit authoritative = browser.background(app);

        authoritative.session.authoritative();

        assertThat(ordinary.session.subject()).isEqualTo("ada");
        assertThatThrownBy(authoritative.session::subject).isInstanceOf(StoreUnavailable.class);
        assertThatThrownBy(() -> {
                    ordinary.session.authoritative();
                    ordinary.session.subject();
                })
                .isInstanceOf(StoreUnavailable.class);
    }

    @Nested
    @Keeps("R2")
    @Tries(51)
    class Failing_open {
        private final WebSessions open = shop.instance(shop.failingOpen());

        @Test
        void people_stay_signed_in_and_write() {
            Browser browser = shop.signedIn(open, "ada");
            shop.loseStore();
            Visit visit = browser.form(open);

            assertThat(visit.session.subject()).isEqualTo("ada");
            visit.session.set(Shop.THEME, "blue");

            assertThat(visit.finish().touched()).contains(Shop.THEME_COOKIE);
        }

        @Test
        void people_sign_in() {
            open.sessions().revocations().start();
            shop.loseStore();
            Browser browser = shop.browser();

            browser.signIn(open, "ada");

            assertThat(browser.who(open)).contains("ada");
        }

        @Test
        void what_is_known_to_be_revoked_stays_so() {
            Browser browser = shop.signedIn(open, "ada");
            open.sessions().revoke(Revocation.subject("ada"));
            shop.loseStore();

            assertThat(browser.who(open)).isEmpty();
        }

        @Test
        void a_sign_out_that_cannot_be_recorded_is_still_an_error() {
            Browser browser = shop.signedIn(open, "ada");
            shop.loseStore();
            Visit out = browser.form(open);

            assertThatThrownBy(() -> out.session.end()).isInstanceOf(StoreUnavailable.class);

            assertThat(out.finish().setCookies()).isEmpty();
        }

        @Test
        void asking_the_store_itself_does_not() {
            Browser browser = shop.signedIn(open, "ada");
            shop.log.breakDown();
            Visit visit = browser.form(open);

            visit.session.authoritative();

            assertThatThrownBy(visit.session::subject).isInstanceOf(StoreUnavailable.class);
        }
    }

    @Test
    void it_is_told_to_the_listener_with_the_session() {
        Browser browser = ada();
        Session session = browser.background(app).session.current().orElseThrow();
        shop.loseStore();
        shop.heard.refused.clear();

        browser.who(app);

        assertThat(shop.heard.refused).containsExactly(new Verification.Undecided(session));
    }
}
