package dev.signet.http;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.signet.Keeps;
import dev.signet.Session;
import dev.signet.SessionListener;
import dev.signet.Sessions;
import dev.signet.Tries;
import dev.signet.Verification.Outcome;
import dev.signet.http.Browser.Visit;
import java.time.Duration;
import java.util.Set;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;

/** Signing out reaches every copy of a ticket, also those that are not the one that was presented. */
@Keeps("S5")
@Tries({29, 52})
class FinalSignOutTest {
    private final Shop shop = Shop.inMemory();
    private final WebSessions app = shop.instance();

    @AfterEach
    void close() {
        shop.close();
    }

    private static boolean signOut(Visit visit) {
        boolean ended = visit.session.end();
        visit.finish();
        return ended;
    }

    @Nested
    class From_a_page_that_was_left_open_for_too_long {
        @Test
        void it_ends_the_copy_that_was_renewed() {
            Browser victim = shop.signedIn(app, "ada");
            Browser thief = victim.copy();
            renewAndLetTheOtherExpire(thief);
            assertThat(victim.who(app)).isEmpty();
            assertThat(thief.who(app)).contains("ada");

            assertThat(signOut(victim.form(app))).isTrue();

            assertThat(thief.who(app)).isEmpty();
        }

        @Test
        void so_does_a_sign_in_over_it() {
            Browser victim = shop.signedIn(app, "ada");
            Browser thief = victim.copy();
            renewAndLetTheOtherExpire(thief);
            assertThat(thief.who(app)).contains("ada");

            victim.signIn(app, "ada");

            assertThat(victim.who(app)).contains("ada");
            assertThat(thief.who(app)).isEmpty();
        }

        private void renewAndLetTheOtherExpire(Browser copy) {
            shop.clock.advance(Duration.ofMinutes(20));
            Visit visit = copy.page(app);
            assertThat(visit.session.current()).isPresent();
            visit.finish();
            shop.clock.advance(Duration.ofMinutes(15));
        }

        @Test
        void an_old_copy_cannot_sign_anybody_out_everywhere() {
            Browser thief = shop.signedIn(app, "ada").copy();
            shop.clock.advance(Duration.ofMinutes(35));
            Browser phone = shop.signedIn(app, "ada");

            Visit visit = thief.form(app);
            visit.session.endEverywhere();
            visit.finish();

            assertThat(phone.who(app)).contains("ada");
        }
    }

    @Test
    void it_says_whether_there_was_a_session_to_end() {
        assertThat(signOut(shop.browser().form(app))).isFalse();
        assertThat(signOut(shop.visiting(app).form(app))).isFalse();
        assertThat(signOut(shop.signedIn(app, "ada").form(app))).isTrue();

        assertThat(shop.visiting(app).form(app).session.endEverywhere()).isFalse();
        assertThat(shop.signedIn(app, "ada").form(app).session.endEverywhere()).isTrue();
    }

    @Test
    void its_listener_hears_of_whoever_left_and_of_nobody_else() {
        signOut(shop.browser().form(app));
        assertThat(shop.heard.ended).isEmpty();

        signOut(shop.visiting(app).form(app));
        assertThat(shop.heard.ended).singleElement().matches(Session::isVisitor);

        signOut(shop.signedIn(app, "ada").form(app));
        assertThat(shop.heard.ended).hasSize(2).last().matches(session -> !session.isVisitor());
    }

    @Test
    void of_a_doubled_ticket_it_ends_each_that_opens() {
        Browser ada = shop.signedIn(app, "ada");
        String ticket = ada.cookieHeader();
        Request doubled = Request.form().with("Cookie", ticket + "; " + Shop.TICKET + "=tossed");
        WebSession session = app.open(doubled);

        assertThat(session.end()).isTrue();

        assertThat(ada.who(app)).isEmpty();
    }

    @Nested
    class While_a_parallel_request_restarts {
        private final AtomicReference<Runnable> between = new AtomicReference<>(() -> {});
        private final AtomicReference<Session> replacement = new AtomicReference<>();
        private final WebSessions racing = WebSessions.with(Sessions.with(shop.keys)
                        .application("shop")
                        .clock(shop.clock)
                        .revocations(shop.revocations())
                        .listener(new SessionListener() {
                            @Override
                            public void restarted(Session before, Session after) {
                                replacement.set(after);
                                between.get().run();
                            }
                        })
                        .build())
                .build();
        private final Browser ada = shop.signedIn(racing, "ada");

        private void restart(Runnable meanwhile) {
            Visit restart = ada.form(racing);
            between.set(meanwhile);
            assertThatThrownBy(() -> restart.session.restart(Set.of("ADMIN"))).isInstanceOf(NotSignedIn.class);
            restart.finish();
            assertThat(racing.sessions().recheck(replacement.get()).outcome()).isEqualTo(Outcome.REVOKED);
        }

        @Test
        void it_ends_what_that_puts_in_the_place() {
            Visit out = ada.form(racing);
            assertThat(out.session.current()).isPresent();

            restart(() -> signOut(out));

            assertThat(ada.who(racing)).isEmpty();
            assertThat(ada.names()).isEmpty();
        }

        @Test
        void so_does_a_sign_in() {
            Visit in = ada.form(racing);
            assertThat(in.session.current()).isPresent();

            restart(() -> {
                in.session.start("bob");
                in.finish();
            });

            assertThat(ada.who(racing)).contains("bob");
        }
    }

    @Test
    void it_ends_what_parallel_restarts_have_put_in_the_place_before() {
        Browser ada = shop.signedIn(app, "ada");
        Visit out = ada.form(app);
        assertThat(out.session.current()).isPresent();
        Visit restart = ada.form(app);
        Session first = restart.session.restart(Set.of("CLERK"));
        restart.finish();
        Visit another = ada.form(app);
        Session second = another.session.restart(Set.of("ADMIN"));
        another.finish();

        signOut(out);

        assertThat(app.sessions().recheck(first).outcome()).isEqualTo(Outcome.REVOKED);
        assertThat(app.sessions().recheck(second).outcome()).isEqualTo(Outcome.REVOKED);
        assertThat(ada.who(app)).isEmpty();
    }

    @Nested
    class With_a_ticket_that_a_restart_has_ended {
        private final Browser ada = shop.signedIn(app, "ada");
        private final Visit restart = ada.form(app);
        private final Session replacement = restart.session.restart(Set.of("ADMIN"));

        private Outcome outcome() {
            return app.sessions().recheck(replacement).outcome();
        }

        @Test
        void it_ends_what_was_put_in_the_place_whose_late_answer_signs_nobody_in_again() {
            assertThat(signOut(ada.form(app))).isTrue();
            restart.finish();

            assertThat(ada.who(app)).isEmpty();
            assertThat(outcome()).isEqualTo(Outcome.REVOKED);
        }

        @Test
        void so_does_a_sign_in_which_the_late_answer_does_not_undo() {
            ada.signIn(app, "bob");
            restart.finish();

            assertThat(ada.who(app)).contains("bob");
            assertThat(outcome()).isEqualTo(Outcome.REVOKED);
        }

        @Test
        void so_does_one_of_several() {
            Request doubled = Request.form().with("Cookie", ada.cookieHeader() + "; " + Shop.TICKET + "=tossed");

            assertThat(app.open(doubled).end()).isTrue();

            assertThat(outcome()).isEqualTo(Outcome.REVOKED);
        }

        @Test
        void it_ends_that_also_after_it_has_ended_the_others() {
            restart.session.endOthers();

            assertThat(signOut(ada.form(app))).isTrue();
            restart.finish();

            assertThat(ada.who(app)).isEmpty();
        }

        @Test
        void it_ends_no_other_device_however_many_were_ended() {
            restart.finish();
            for (int i = 0; i < 66; i++) {
                shop.clock.advance(Duration.ofSeconds(1));
                signOut(shop.signedIn(app, "ada").form(app));
            }
            Browser old = shop.signedIn(app, "ada");
            Browser thief = old.copy();
            Visit again = old.form(app);
            again.session.restart(Set.of("ADMIN"));
            again.finish();
            Browser phone = shop.signedIn(app, "ada");

            assertThat(signOut(thief.form(app))).isTrue();

            assertThat(old.who(app)).isEmpty();
            assertThat(phone.who(app)).contains("ada");
        }

        @Test
        void a_visitor_beside_it_leaves_as_well() {
            Browser both = shop.visiting(app);
            both.plant(Shop.TICKET, ada.value(Shop.TICKET).orElseThrow());
            Visit late = both.form(app);
            late.session.set(Shop.THEME, "dark");

            assertThat(signOut(both.form(app))).isTrue();
            late.finish();

            assertThat(both.names()).isEmpty();
        }

        @Test
        void it_ends_nothing_else_and_says_so_once() {
            Browser thief = ada.copy();
            restart.finish();
            Browser phone = shop.signedIn(app, "ada");
            assertThat(signOut(thief.copy().form(app))).isTrue();
            long entries = app.sessions().revocations().status().entries();

            for (int i = 0; i < 100; i++) {
                Visit visit = thief.copy().form(app);
                assertThat(visit.session.endEverywhere()).isFalse();
                visit.finish();
            }

            assertThat(app.sessions().revocations().status().entries()).isEqualTo(entries);
            assertThat(phone.who(app)).contains("ada");
        }
    }

    @Test
    void a_ticket_that_was_ended_with_the_others_does_nothing_to_the_session_that_goes_on() {
        Browser ada = shop.signedIn(app, "ada");
        Browser thief = ada.copy();
        Visit others = ada.form(app);
        others.session.endOthers();
        others.finish();
        Visit late = ada.form(app);
        late.session.set(Shop.THEME, "dark");

        assertThat(signOut(thief.form(app))).isFalse();
        late.finish();
        Visit restart = ada.form(app);
        restart.session.restart(Set.of("ADMIN"));
        restart.finish();

        assertThat(ada.who(app)).contains("ada");
        assertThat(ada.background(app).session.get(Shop.THEME)).isEqualTo("dark");
    }

    @Test
    void a_sign_in_ends_what_parallel_restarts_have_put_in_the_place_before() {
        Browser ada = shop.signedIn(app, "ada");
        Visit in = ada.form(app);
        assertThat(in.session.current()).isPresent();
        Visit restart = ada.form(app);
        Session replacement = restart.session.restart(Set.of("CLERK"));

        in.session.start("bob");
        in.finish();
        restart.finish();

        assertThat(ada.who(app)).contains("bob");
        assertThat(app.sessions().recheck(replacement).outcome()).isEqualTo(Outcome.REVOKED);
    }

    @Test
    void a_sign_in_over_a_live_session_leaves_the_other_devices_alone_however_many_were_ended() {
        for (int i = 0; i < 66; i++) {
            shop.clock.advance(Duration.ofSeconds(1));
            signOut(shop.signedIn(app, "ada").form(app));
        }
        shop.clock.advance(Duration.ofSeconds(1));
        Browser phone = shop.signedIn(app, "ada");
        Browser desk = shop.signedIn(app, "ada");
        shop.clock.advance(Duration.ofSeconds(1));

        desk.signIn(app, "ada");

        assertThat(desk.who(app)).contains("ada");
        assertThat(phone.who(app)).contains("ada");
    }

    @Test
    void restarts_without_end_keep_the_log_small() {
        Browser ada = shop.signedIn(app, "ada");
        for (int i = 0; i < 300; i++) {
            shop.clock.advance(Duration.ofSeconds(1));
            Visit visit = ada.form(app);
            visit.session.restart(Set.of("R" + i));
            visit.finish();
        }

        assertThat(ada.who(app)).contains("ada");
        assertThat(app.sessions().revocations().status().entries()).isLessThan(70);
    }

    @Test
    void strangers_cookies_by_the_hundred_make_a_bounded_answer() {
        Browser ada = shop.signedIn(app, "ada");
        StringBuilder header = new StringBuilder(ada.cookieHeader());
        for (int i = 0; i < 400; i++) {
            header.append("; ").append(Shop.TICKET).append(".s").append(i).append("=x");
        }
        WebSession session = app.open(Request.form().with("Cookie", header.toString()));
        session.end();
        Head head = new Head();
        session.commit(head);

        assertThat(head.headers("Set-Cookie"))
                .hasSizeLessThan(40)
                .anyMatch(line -> line.startsWith(Shop.TICKET + "=;"));
    }
}
