package dev.signet.http;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.signet.Keeps;
import dev.signet.Session;
import dev.signet.SignIn;
import dev.signet.SignInOvertaken;
import dev.signet.Tries;
import dev.signet.http.Browser.Visit;
import dev.signet.revocation.Revocation;
import dev.signet.revocation.Revocations;
import java.util.List;
import java.util.Set;
import java.util.function.Consumer;
import java.util.function.Function;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Named;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** Requests that are under way while somebody is signed out elsewhere. The log is on another machine, so an instance knows what it has read. */
class RevocationRacesTest {
    private final Shop shop = Shop.onStore();
    private final WebSessions app = shop.instance();
    private final WebSessions other = shop.instance();

    @AfterEach
    void close() {
        shop.close();
    }

    @Nested
    @Keeps("S7")
    @Tries(52)
    class A_sign_in_whose_password_was_checked_before {
        @Test
        void everything_was_ended_is_overtaken_and_sets_nothing() {
            Browser phone = shop.signedIn(other, "ada");
            Browser browser = shop.browser();
            Visit in = browser.form(app);
            Visit out = phone.form(other);
            out.session.endEverywhere();
            out.finish();

            assertThatThrownBy(() -> in.session.start("ada")).isInstanceOf(SignInOvertaken.class);
            in.finish();

            assertThat(browser.names()).isEmpty();
            assertThat(phone.names()).isEmpty();
        }

        @Test
        void everyone_was_signed_out_is_overtaken() {
            Visit in = shop.browser().form(app);
            shop.revoke(Revocation.everyone());

            assertThatThrownBy(() -> in.session.start("ada")).isInstanceOf(SignInOvertaken.class);
        }

        @Test
        void the_others_were_ended_is_overtaken() {
            Browser phone = shop.signedIn(other, "ada");
            Visit in = shop.browser().form(app);
            Visit out = phone.form(other);
            out.session.endOthers();
            out.finish();

            assertThatThrownBy(() -> in.session.start("ada")).isInstanceOf(SignInOvertaken.class);
            assertThat(phone.who(other)).contains("ada");
        }

        @Test
        void works_at_the_next_try_even_in_the_same_millisecond() {
            Browser browser = shop.browser();
            Visit first = browser.form(app);
            shop.revoke(Revocation.subject("ada"));
            assertThatThrownBy(() -> first.session.start("ada")).isInstanceOf(SignInOvertaken.class);
            first.finish();

            browser.signIn(app, "ada");

            assertThat(browser.who(app)).contains("ada");
            assertThat(browser.who(other)).contains("ada");
        }

        @Test
        void is_not_overtaken_by_the_end_of_somebody_elses_sessions_or_of_one_session() {
            Browser phone = shop.signedIn(other, "ada");
            Browser browser = shop.browser();
            Visit in = browser.form(app);
            shop.revoke(Revocation.subject("bob"));
            Visit out = phone.form(other);
            out.session.end();
            out.finish();

            in.session.start("ada");
            in.finish();

            assertThat(browser.who(app)).contains("ada");
        }

        @Test
        void in_an_earlier_request_is_overtaken_since_then() {
            long passwordCheckedAt = app.sessions().position();
            shop.revoke(Revocation.subject("ada"));
            app.sessions().revocations().catchUp();
            Visit second = shop.browser().form(app);

            assertThatThrownBy(() -> second.session.start(SignIn.as("ada").checkedAt(passwordCheckedAt)))
                    .isInstanceOf(SignInOvertaken.class);
        }

        @Test
        void leaves_a_form_that_can_be_sent_again_after_a_session_of_ones_own_was_replaced() {
            Browser browser = shop.signedIn(app, "ada");
            Visit in = browser.form(app);
            in.session.subject();
            shop.revoke(Revocation.subject("bob"));
            assertThatThrownBy(() -> in.session.start("bob")).isInstanceOf(SignInOvertaken.class);
            String token = in.session.csrfToken();
            in.finish();

            Visit again = browser.open(app, Request.form().withField("_csrf", token));
            again.session.checkCsrf(true);
            again.session.start("bob");
            again.finish();

            assertThat(browser.who(app)).contains("bob");
            assertThat(browser.names()).containsExactly(Shop.TICKET);
        }
    }

    @Nested
    @Keeps("S6")
    class Sessions_that_were_ended_everywhere {
        @Test
        void are_refused_on_every_device_and_ones_own_copy() {
            Browser phone = shop.signedIn(app, "ada");
            Browser desk = shop.signedIn(app, "ada");
            Browser bob = shop.signedIn(app, "bob");
            Browser thief = desk.copy();
            Visit out = desk.form(app);
            out.session.endEverywhere();
            out.finish();

            assertThat(phone.who(app)).isEmpty();
            assertThat(thief.who(app)).isEmpty();
            assertThat(bob.who(app)).contains("bob");
        }
    }

    /** Ways to go on under another ticket. */
    static Stream<Named<Consumer<WebSession>>> reissues() {
        return Stream.of(
                Named.of("restart", session -> session.restart(Set.of("ADMIN"))),
                Named.of("restart after credentials", session -> session.restart(SignIn.as("ada"))),
                Named.of("endOthers", WebSession::endOthers));
    }

    static Stream<Named<Function<Session, Revocation>>> kills() {
        return Stream.of(
                Named.of(
                        "the session",
                        session -> Revocation.session(session.id(), session.subject(), session.endsAt())),
                Named.of("the subject", session -> Revocation.subject(session.subject())),
                Named.of("everyone", session -> Revocation.everyone()));
    }

    static Stream<Arguments> every_reissue_and_kill() {
        return reissues().flatMap(reissue -> kills().map(kill -> Arguments.of(reissue, kill)));
    }

    @ParameterizedTest
    @MethodSource("every_reissue_and_kill")
    @Keeps("R6")
    @Tries(52)
    void nothing_is_issued_after_an_administrators_revoke_that_is_not_known_here_yet(
            Consumer<WebSession> reissue, Function<Session, Revocation> kill) {
        Browser browser = shop.signedIn(app, "ada");
        Visit visit = browser.form(app);
        Session session = visit.session.current().orElseThrow();

        shop.revoke(kill.apply(session));

        assertThatThrownBy(() -> reissue.accept(visit.session)).isInstanceOf(NotSignedIn.class);
        assertThat(visit.finish().setCookies()).isEmpty();
        assertThat(browser.who(app)).isEmpty();
        assertThat(browser.who(other)).isEmpty();
    }

    @ParameterizedTest
    @MethodSource("reissues")
    void what_was_issued_before_the_subject_was_revoked_is_refused(Consumer<WebSession> reissue) {
        Browser browser = shop.signedIn(app, "ada");
        Visit visit = browser.form(app);

        reissue.accept(visit.session);
        app.sessions().revoke(Revocation.subject("ada"));
        visit.finish();

        assertThat(visit.touched()).doesNotContain(Shop.TICKET);
        assertThat(browser.who(app)).isEmpty();
        assertThat(browser.who(other)).isEmpty();
    }

    @ParameterizedTest
    @MethodSource("reissues")
    @Keeps({"S4", "S7"})
    void the_replaced_ticket_and_every_copy_of_it_is_refused(Consumer<WebSession> reissue) {
        Browser browser = shop.signedIn(app, "ada");
        Browser thief = browser.copy();
        Visit visit = browser.form(app);

        reissue.accept(visit.session);
        visit.finish();

        assertThat(thief.who(app)).isEmpty();
        assertThat(browser.who(app)).contains("ada");
        assertThat(browser.background(app).session.get(Shop.THEME)).isEqualTo("dark");
    }

    @Test
    void of_two_restarts_at_once_exactly_one_goes_on() {
        Browser browser = shop.signedIn(app, "ada");
        Visit first = browser.form(app);
        Visit second = browser.form(other);
        first.session.subject();
        second.session.subject();

        first.session.restart(Set.of("ADMIN"));

        assertThatThrownBy(() -> second.session.restart(Set.of("ADMIN"))).isInstanceOf(NotSignedIn.class);
        first.finish();
        second.finish();
        assertThat(browser.who(app)).contains("ada");
    }

    @Test
    @Keeps("S7")
    void end_others_keeps_this_session_and_ends_the_others_of_the_same_person_only() {
        Browser desk = shop.signedIn(app, "ada");
        Browser phone = shop.signedIn(app, "ada");
        Browser bob = shop.signedIn(app, "bob");
        String id = desk.background(app).session.current().orElseThrow().id();
        Visit visit = desk.form(app);

        visit.session.endOthers();

        assertThat(visit.finish().touched()).containsExactly(Shop.TICKET);
        assertThat(desk.background(app).session.current().orElseThrow().id()).isEqualTo(id);
        assertThat(phone.who(app)).isEmpty();
        assertThat(bob.who(app)).contains("bob");
    }

    @Test
    @Keeps("R3")
    void an_authoritative_request_knows_at_once_what_an_ordinary_one_learns_with_the_next_reading() {
        Browser browser = shop.signedIn(app, "ada");
        shop.revoke(Revocation.subject("ada"));

        Visit ordinary = browser.background(app);
        Visit authoritative = browser.background(app);
        assertThat(ordinary.session.current()).isPresent();
        authoritative.session.authoritative();
        assertThat(authoritative.session.current()).isEmpty();

        ordinary.session.authoritative();
        assertThat(ordinary.session.current()).isEmpty();
    }

    @Test
    @Keeps("R6")
    void a_response_is_checked_again_when_it_is_committed() {
        Browser browser = shop.signedIn(app, "ada");
        Visit write = browser.form(app);
        write.session.set(Shop.THEME, "late");
        shop.revoke(Revocation.subject("ada"));
        app.sessions().revocations().catchUp();

        assertThat(write.commit().setCookies()).isEmpty();
        assertThat(shop.heard.discarded).hasSize(1);
    }

    @Test
    void an_empty_log_in_memory_after_a_restart_of_the_process_still_ends_everyone() {
        try (Shop before = Shop.inMemory()) {
            WebSessions first = before.instance();
            Browser browser = before.signedIn(first, "ada");
            WebSessions second = before.instance(Revocations.inMemory(before.clock));
            assertThat(browser.who(second)).contains("ada");

            second.sessions().revoke(Revocation.everyone());

            assertThat(browser.who(second)).isEmpty();
            browser.signIn(second, "ada");
            assertThat(browser.who(second)).contains("ada");
        }
    }

    @Test
    void a_role_changed_by_a_restart_is_that_of_the_next_request() {
        Browser browser = shop.signedIn(app, "ada");
        Visit visit = browser.form(app);
        Session before = visit.session.current().orElseThrow();

        Session after = visit.session.restart(Set.of("ADMIN"));
        visit.finish();

        Session next = browser.background(app).session.current().orElseThrow();
        assertThat(next).isEqualTo(after);
        assertThat(next.id()).isNotEqualTo(before.id());
        assertThat(next.roles()).containsExactly("ADMIN");
        assertThat(List.of(next.startedAt(), next.endsAt())).isEqualTo(List.of(before.startedAt(), before.endsAt()));
    }
}
