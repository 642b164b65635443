package dev.signet.http;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.signet.Keeps;
import dev.signet.Lifetime;
import dev.signet.SignIn;
import dev.signet.http.Browser.Visit;
import dev.signet.revocation.Revocation;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class GuardsTest {
    private final Shop shop = Shop.inMemory();
    private final WebSessions app = shop.instance();

    @AfterEach
    void close() {
        shop.close();
    }

    private enum Role {
        ADMIN,
        CLERK
    }

    @Nested
    @Keeps("S4")
    class Roles {
        private final Browser clerk = shop.browser();

        private WebSession clerks() {
            clerk.signIn(app, SignIn.as("carl").roles(Role.CLERK));
            return clerk.page(app).session;
        }

        @Test
        void any_of_them_is_enough() {
            WebSession session = clerks();

            assertThatCode(() -> session.requireRole(Set.of("ADMIN", "CLERK"))).doesNotThrowAnyException();
            assertThatCode(() -> session.requireRole(Set.of("CLERK"))).doesNotThrowAnyException();
            assertThatCode(() -> session.requireRole(Set.of())).doesNotThrowAnyException();
        }

        @Test
        void without_one_it_is_not_allowed() {
            WebSession session = clerks();

            assertThatThrownBy(() -> session.requireRole(Set.of("ADMIN"))).isInstanceOf(NotAllowed.class);
            assertThatThrownBy(() -> session.requireRole(Set.of("clerk"))).isInstanceOf(NotAllowed.class);
        }

        @Test
        void nobody_is_asked_to_sign_in() {
            for (Browser browser : List.of(shop.browser(), shop.visiting(app))) {
                WebSession session = browser.page(app).session;

                assertThatThrownBy(() -> session.requireRole(Set.of("ADMIN"))).isInstanceOf(NotSignedIn.class);
                assertThatThrownBy(() -> session.requireRole(Set.of())).isInstanceOf(NotSignedIn.class);
                assertThatThrownBy(session::subject).isInstanceOf(NotSignedIn.class);
            }
        }

        @Test
        void change_with_a_restart_at_once() {
            clerks();
            Visit visit = clerk.form(app);

            visit.session.restart(Role.ADMIN);
            assertThatCode(() -> visit.session.requireRole(Set.of("ADMIN"))).doesNotThrowAnyException();
            visit.finish();

            WebSession next = clerk.page(app).session;
            assertThatCode(() -> next.requireRole(Set.of("ADMIN"))).doesNotThrowAnyException();
            assertThatThrownBy(() -> next.requireRole(Set.of("CLERK"))).isInstanceOf(NotAllowed.class);
        }

        @Test
        void are_gone_with_a_sign_out_in_the_same_request() {
            clerks();
            WebSession session = clerk.form(app).session;

            session.end();

            assertThatThrownBy(() -> session.requireRole(Set.of())).isInstanceOf(NotSignedIn.class);
        }
    }

    @Nested
    @Keeps("S10")
    class Fresh_credentials {
        private final Browser browser = shop.signedIn(app, "ada");

        private boolean fresh(Duration within) {
            try {
                browser.background(app).session.requireFresh(within);
                return true;
            } catch (FreshSignInRequired stale) {
                return false;
            }
        }

        @ParameterizedTest
        @CsvSource({"299, true", "300, true", "301, false"})
        void were_checked_within_the_time(int secondsAgo, boolean fresh) {
            shop.clock.advance(Duration.ofSeconds(secondsAgo));

            assertThat(fresh(Duration.ofMinutes(5))).isEqualTo(fresh);
        }

        @Test
        void are_not_made_by_renewals_or_restarts() {
            for (int i = 0; i < 3; i++) {
                shop.clock.advance(Shop.RENEWAL_DUE);
                Visit visit = browser.form(app);
                visit.session.restart(Role.CLERK);
                visit.finish();
            }

            assertThat(fresh(Duration.ofMinutes(23))).isFalse();
            assertThat(fresh(Duration.ofMinutes(24))).isTrue();
        }

        @Test
        void are_made_by_a_restart_with_credentials_which_moves_no_deadline() {
            var endsAt = browser.background(app).session.current().orElseThrow().endsAt();
            shop.clock.advance(Shop.RENEWAL_DUE);
            Visit visit = browser.form(app);

            visit.session.restart(SignIn.as("ada").amr("pwd", "otp"));
            visit.session.requireFresh(Duration.ofSeconds(1));
            visit.finish();

            assertThat(fresh(Duration.ofSeconds(1))).isTrue();
            var session = browser.background(app).session.current().orElseThrow();
            assertThat(session.endsAt()).isEqualTo(endsAt);
            assertThat(session.amr()).containsExactly("pwd", "otp");
        }

        @Test
        void count_right_after_the_sign_in_whatever_the_fraction_of_the_second() {
            shop.clock.advance(Duration.ofMillis(999));
            browser.signIn(app, "ada");

            assertThat(fresh(Duration.ZERO)).isTrue();
        }

        @Test
        void of_nobody_are_no_session_at_all() {
            WebSession session = shop.visiting(app).page(app).session;

            assertThatThrownBy(() -> session.requireFresh(Duration.ofDays(1)))
                    .isInstanceOf(NotSignedIn.class)
                    .isNotInstanceOf(FreshSignInRequired.class);
        }
    }

    @Test
    void a_ticket_is_presented_by_visitors_and_sessions_undecided_or_not() {
        try (Shop remote = Shop.onStore()) {
            WebSessions there = remote.instance();
            Browser ada = remote.signedIn(there, "ada");
            Browser visitor = remote.visiting(there);
            Browser garbled = remote.browser();
            garbled.plant(Shop.TICKET, "garbage");
            assertThat(ada.page(there).session.presentsTicket()).isTrue();
            assertThat(visitor.page(there).session.presentsTicket()).isTrue();
            assertThat(garbled.page(there).session.presentsTicket()).isFalse();
            assertThat(remote.browser().page(there).session.presentsTicket()).isFalse();

            remote.loseStore();

            assertThat(ada.page(there).session.presentsTicket()).isTrue();
        }
    }

    @Test
    void what_a_change_returns_is_what_the_request_sees_from_then_on() {
        WebSession session = shop.signedIn(app, "ada").form(app).session;

        assertThat(session.restart(Role.ADMIN)).isEqualTo(session.current().orElseThrow());
        assertThat(session.restart(SignIn.as("ada").amr("pwd")))
                .isEqualTo(session.current().orElseThrow());
        assertThat(session.current().orElseThrow().amr()).containsExactly("pwd");
        assertThat(session.update(Shop.THEME, theme -> theme + "er")).isEqualTo("darker");
        assertThat(session.get(Shop.THEME)).isEqualTo("darker");
        session.set("note", "x");
        assertThat(session.get("note")).contains("x");
        assertThat(session.get("other")).isEmpty();
    }

    /** How a connection that stays open stands. */
    @Nested
    class A_socket {
        private WebSession socket(WebSessions at, Browser browser) {
            Visit upgrade = browser.background(at);
            upgrade.session.subject();
            upgrade.session.withoutRenewal();
            upgrade.commit();
            assertThat(upgrade.setCookies()).isEmpty();
            return upgrade.session;
        }

        @ParameterizedTest
        @CsvSource({"-1, STANDING", "0, IDLE", "1, IDLE"})
        void is_idle_at_the_deadline_of_the_ticket_that_it_was_opened_with(int seconds, Standing standing) {
            WebSession socket = socket(app, shop.signedIn(app, "ada"));

            shop.clock.advance(Duration.ofMinutes(30).plusSeconds(seconds));

            assertThat(socket.standing()).isEqualTo(standing);
        }

        @ParameterizedTest
        @CsvSource({"-1, STANDING", "0, ENDED", "1, ENDED"})
        void has_ended_at_the_absolute_deadline(int seconds, Standing standing) {
            WebSessions brief = shop.lasting(s -> s.lifetime(Lifetime.of(Duration.ofHours(1), Duration.ofHours(1))));
            WebSession socket = socket(brief, shop.signedIn(brief, "ada"));

            shop.clock.advance(Duration.ofHours(1).plusSeconds(seconds));

            assertThat(socket.standing()).isEqualTo(standing);
        }

        @Test
        void has_ended_once_its_session_was_revoked_anywhere() {
            WebSession socket = socket(app, shop.signedIn(app, "ada"));
            assertThat(socket.standing()).isEqualTo(Standing.STANDING);

            shop.revoke(Revocation.subject("ada"));

            assertThat(socket.standing()).isEqualTo(Standing.ENDED);
        }

        @Test
        void has_ended_after_a_sign_out_here_even_without_a_log() {
            WebSessions forgetful = shop.withoutLog();
            Browser browser = shop.signedIn(forgetful, "ada");
            WebSession socket = socket(forgetful, browser);

            Visit out = browser.form(forgetful);
            out.session.end();

            assertThat(socket.standing()).isEqualTo(Standing.ENDED);
        }

        @Test
        void has_ended_after_a_restart() {
            Browser browser = shop.signedIn(app, "ada");
            WebSession socket = socket(app, browser);

            Visit visit = browser.form(app);
            visit.session.restart(Role.ADMIN);

            assertThat(socket.standing()).isEqualTo(Standing.ENDED);
        }

        @Test
        void does_not_keep_who_asks_waiting_for_its_handler() {
            WebSession socket = socket(app, shop.signedIn(app, "ada"));

            synchronized (socket) {
                assertThat(CompletableFuture.supplyAsync(socket::standing))
                        .succeedsWithin(Duration.ofSeconds(20))
                        .isEqualTo(Standing.STANDING);
            }
        }

        @Test
        void has_ended_though_the_store_told_it_so_before() {
            WebSession socket = socket(app, shop.signedIn(app, "ada"));
            shop.revoke(Revocation.subject("ada"));

            socket.authoritative();

            assertThat(socket.current()).isEmpty();
            assertThat(socket.standing()).isEqualTo(Standing.ENDED);
        }

        @Test
        void is_undecided_and_then_stands_again() {
            try (Shop remote = Shop.onStore()) {
                WebSessions there = remote.instance();
                WebSession socket = socket(there, remote.signedIn(there, "ada"));
                remote.loseStore();
                assertThat(socket.standing()).isEqualTo(Standing.UNDECIDED);

                remote.log.repair();
                there.sessions().revocations().catchUp();

                assertThat(socket.standing()).isEqualTo(Standing.STANDING);
            }
        }

        @Test
        void stands_when_failing_open() {
            try (Shop remote = Shop.onStore()) {
                WebSessions there = remote.instance(remote.failingOpen());
                WebSession socket = socket(there, remote.signedIn(there, "ada"));
                remote.loseStore();

                assertThat(socket.standing()).isEqualTo(Standing.STANDING);
            }
        }

        @Test
        void of_a_stranger_or_visitor_stands() {
            for (Browser browser : List.of(shop.browser(), shop.visiting(app))) {
                Visit upgrade = browser.background(app);
                upgrade.session.current();
                upgrade.commit();
                shop.clock.advance(Duration.ofDays(2));

                assertThat(upgrade.session.standing()).isEqualTo(Standing.STANDING);
            }
        }
    }
}
