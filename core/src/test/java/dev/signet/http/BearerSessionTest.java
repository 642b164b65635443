package dev.signet.http;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.signet.Sessions;
import dev.signet.SignIn;
import dev.signet.SignInOvertaken;
import dev.signet.Verification.Outcome;
import dev.signet.keys.KeyRing;
import dev.signet.revocation.Revocation;
import dev.signet.revocation.Revocations;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;

/** What an API client's ticket does in one request, without a server. */
class BearerSessionTest {
    private static final String CHALLENGE = "WWW-Authenticate";

    private final MovableClock clock = new MovableClock();
    private final KeyRing keys = KeyRing.generate();
    private final Revocations revocations = Revocations.inMemory(clock);
    private final Sessions sessions = named("api");

    private Sessions named(String name) {
        return Sessions.with(keys)
                .name(name)
                .revocations(revocations)
                .clock(clock)
                .build();
    }

    private BearerSession with(String ticket) {
        return BearerSession.of(sessions, Request.bare("POST").with("Authorization", "Bearer " + ticket));
    }

    private BearerSession with(BearerTicket ticket) {
        return with(ticket.text());
    }

    private BearerSession withNothing() {
        return BearerSession.of(sessions, Request.bare("POST"));
    }

    private BearerTicket ada() {
        return withNothing().start(SignIn.as("ada").roles("READER"));
    }

    private static List<String> challenge(BearerSession session) {
        Head head = new Head();
        session.commit(head);
        assertThat(head.headers("Cache-Control")).containsExactly("no-store");
        assertThat(head.headers("Set-Cookie")).isEmpty();
        return head.headers(CHALLENGE);
    }

    @Nested
    class A_start {
        @Test
        void gives_what_the_answer_has_to_say() {
            BearerTicket ticket = ada();
            Map<String, Object> said = new LinkedHashMap<>();
            said.put("access_token", ticket.text());
            said.put("token_type", "Bearer");
            said.put("expires_in", 1800L);

            assertThat(ticket.response()).containsExactlyEntriesOf(said);
            assertThat(ticket.toString()).contains("ada").doesNotContain(ticket.text());
        }

        @Test
        void is_who_the_request_is_from_then_on() {
            BearerSession request = withNothing();
            BearerTicket ticket = request.start("ada");

            assertThat(request.current()).contains(ticket.session());
            assertThat(with(ticket).subject()).isEqualTo("ada");
            assertThat(challenge(request)).isEmpty();
        }

        @Test
        void leaves_the_one_alone_that_was_presented() {
            BearerTicket first = ada();
            with(first).start("ada");

            assertThat(with(first).subject()).isEqualTo("ada");
        }

        @Test
        void is_overtaken_by_a_sign_out_while_credentials_were_checked() {
            BearerSession request = withNothing();
            sessions.revoke(Revocation.subject("ada"));

            assertThatThrownBy(() -> request.start("ada")).isInstanceOf(SignInOvertaken.class);
        }
    }

    @Nested
    class Using_a_ticket {
        @Test
        void does_not_renew_it() {
            BearerTicket ticket = ada();
            clock.advance(Duration.ofMinutes(20));
            BearerSession request = with(ticket);
            request.subject();
            challenge(request);
            clock.advance(Duration.ofMinutes(10));

            assertThat(with(ticket).verification().outcome()).isEqualTo(Outcome.EXPIRED);
        }

        @Test
        void renews_it_when_asked_and_the_old_one_keeps_its_deadline() {
            BearerTicket ticket = ada();
            clock.advance(Duration.ofMinutes(20));
            BearerTicket renewed = with(ticket).renew();
            clock.advance(Duration.ofMinutes(10));

            assertThat(renewed.expiresIn()).isEqualTo(1800);
            assertThat(renewed.session().id()).isEqualTo(ticket.session().id());
            assertThat(with(renewed).subject()).isEqualTo("ada");
            assertThat(with(ticket).current()).isEmpty();
        }

        @Test
        void never_goes_past_the_absolute_deadline() {
            BearerTicket ticket = ada();
            for (int minutes = 20; minutes < 12 * 60; minutes += 20) {
                clock.advance(Duration.ofMinutes(20));
                ticket = with(ticket).renew();
            }
            assertThat(ticket.expiresIn()).isEqualTo(20 * 60);
            clock.advance(Duration.ofMinutes(20));

            assertThat(with(ticket).current()).isEmpty();
        }

        @Test
        void looks_at_no_cookie_and_no_form() {
            Request request = Request.bare("POST")
                    .with("Cookie", "__Host-api=" + ada().text())
                    .withField("access_token", ada().text());
            BearerSession session = BearerSession.of(sessions, request);

            assertThat(session.current()).isEmpty();
            assertThat(request.asked()).containsExactly("Authorization");
        }

        @Test
        void looks_at_nothing_before_somebody_asks() {
            Request request = Request.bare("POST").with("Authorization", "Bearer x");
            Head head = new Head();
            BearerSession.of(sessions, request).commit(head);

            assertThat(request.asked()).isEmpty();
            assertThat(head.all()).isEmpty();
        }
    }

    @Nested
    class An_end {
        @Test
        void reaches_every_copy_renewed_ones_too() {
            BearerTicket ticket = ada();
            clock.advance(Duration.ofMinutes(10));
            BearerTicket renewed = with(ticket).renew();
            BearerSession request = with(ticket);

            assertThat(request.end()).isTrue();
            assertThat(request.current()).isEmpty();
            assertThat(with(ticket).verification().outcome()).isEqualTo(Outcome.REVOKED);
            assertThat(with(renewed).verification().outcome()).isEqualTo(Outcome.REVOKED);
        }

        @Test
        void reaches_renewed_copies_from_an_idle_ticket_and_nothing_else() {
            BearerTicket ticket = ada();
            BearerTicket other = ada();
            clock.advance(Duration.ofMinutes(29));
            BearerTicket renewed = with(ticket).renew();
            BearerTicket otherRenewed = with(other).renew();
            clock.advance(Duration.ofMinutes(2));

            assertThat(with(ticket).endEverywhere()).isTrue();
            assertThat(with(renewed).current()).isEmpty();
            assertThat(with(otherRenewed).subject()).isEqualTo("ada");
        }

        @Test
        void is_nothing_for_strangers() {
            assertThat(withNothing().end()).isFalse();
            assertThat(with("x").endEverywhere()).isFalse();
            assertThat(withNothing().endEverywhere()).isFalse();
        }

        @Test
        void everywhere_ends_all_of_the_subject() {
            BearerTicket ticket = ada();
            BearerTicket other = ada();
            BearerSession request = with(ticket);
            assertThat(request.subject()).isEqualTo("ada");

            assertThat(request.endEverywhere()).isTrue();
            assertThat(request.current()).isEmpty();
            assertThat(with(ticket).current()).isEmpty();
            assertThat(with(other).current()).isEmpty();
        }

        @Test
        void of_others_leaves_the_ticket_that_it_gives() {
            BearerTicket ticket = ada();
            BearerTicket other = ada();
            BearerTicket kept = with(ticket).endOthers();

            assertThat(with(kept).subject()).isEqualTo("ada");
            assertThat(with(ticket).current()).isEmpty();
            assertThat(with(other).current()).isEmpty();
        }
    }

    @Test
    void an_answer_for_which_it_was_asked_is_kept_out_of_every_cache() {
        BearerSession request = with(ada());
        Head head = new Head();
        head.set("Cache-Control", "public");
        head.set("CDN-Cache-Control", "max-age=60");
        head.set("Expires", "tomorrow");

        assertThat(request.subject()).isEqualTo("ada");
        request.commit(head);

        assertThat(head.all()).containsOnlyKeys("Cache-Control");
        assertThat(head.headers("Cache-Control")).containsExactly("no-store");
    }

    @Test
    void a_request_that_must_not_be_late_asks_the_store_anew() {
        BearerTicket ticket = ada();
        BearerSession request = with(ticket);
        assertThat(request.subject()).isEqualTo("ada");
        sessions.revoke(Revocation.session(ticket.session().id(), "ada"));

        assertThat(request.subject()).isEqualTo("ada");
        request.authoritative();
        assertThat(request.current()).isEmpty();
    }

    @Test
    void its_text_says_who_and_nothing_before_somebody_asked() {
        BearerTicket ticket = ada();
        BearerSession request = with(ticket);
        assertThat(request).hasToString("BearerSession[not asked yet]");

        assertThat(request.subject()).isEqualTo("ada");

        assertThat(request.toString()).contains("ada").doesNotContain(ticket.text());
    }

    @Nested
    class A_refusal_is_challenged {
        @Test
        void with_the_realm_alone_where_nothing_was_sent() {
            BearerSession request = withNothing();

            assertThatThrownBy(request::subject).isInstanceOf(NotSignedIn.class);
            assertThat(challenge(request)).containsExactly("Bearer realm=\"api\"");
        }

        @Test
        void as_an_invalid_token_where_one_was() {
            BearerSession request = with("x");

            assertThatThrownBy(() -> request.requireRole(Set.of())).isInstanceOf(NotSignedIn.class);
            assertThat(challenge(request)).containsExactly("Bearer realm=\"api\", error=\"invalid_token\"");
        }

        @Test
        void as_an_insufficient_scope_without_the_role() {
            BearerSession request = with(ada());

            assertThatThrownBy(() -> request.requireRole(Set.of("ADMIN"))).isInstanceOf(NotAllowed.class);
            assertThat(challenge(request)).containsExactly("Bearer realm=\"api\", error=\"insufficient_scope\"");
        }

        @Test
        void as_insufficient_authentication_where_it_is_too_old() {
            BearerTicket ticket = ada();
            clock.advance(Duration.ofMinutes(6));
            BearerSession request = with(ticket);

            assertThatThrownBy(() -> request.requireFresh(Duration.ofMinutes(5)))
                    .isInstanceOf(FreshSignInRequired.class);
            assertThat(challenge(request))
                    .containsExactly("Bearer realm=\"api\", error=\"insufficient_user_authentication\"");
        }

        @Test
        void not_where_the_handler_only_looked() {
            BearerSession request = with("x");

            assertThat(request.current()).isEmpty();
            assertThat(challenge(request)).isEmpty();
        }
    }

    @Nested
    class A_connection_that_stays_open {
        private final BearerSession request = with(ada());

        @Test
        void stands_until_its_deadline() {
            assertThat(request.standing()).isEqualTo(Standing.STANDING);
            request.subject();
            assertThat(request.standing()).isEqualTo(Standing.STANDING);
            clock.advance(Duration.ofMinutes(30));
            assertThat(request.standing()).isEqualTo(Standing.IDLE);
        }

        @Test
        void ends_with_its_session() {
            request.subject();
            sessions.revoke(Revocation.subject("ada"));
            assertThat(request.standing()).isEqualTo(Standing.ENDED);
        }

        @Test
        void does_not_keep_who_asks_waiting_for_its_handler() {
            request.subject();
            synchronized (request) {
                assertThat(CompletableFuture.supplyAsync(request::standing))
                        .succeedsWithin(Duration.ofSeconds(20))
                        .isEqualTo(Standing.STANDING);
            }
        }

        @Test
        void ends_though_it_was_told_so_before() {
            request.subject();
            sessions.revoke(Revocation.subject("ada"));
            request.authoritative();
            assertThat(request.current()).isEmpty();
            assertThat(request.standing()).isEqualTo(Standing.ENDED);
        }

        @Test
        void ends_where_it_ended_its_session_itself() {
            request.end();
            assertThat(request.standing()).isEqualTo(Standing.ENDED);
        }
    }

    /** One key ring, one application: the derived keys differ by name, so that the ticket of one does not even authenticate as the other's. */
    @Nested
    class The_name_separates {
        @Test
        void tickets_in_headers_from_tickets_in_cookies() {
            WebSessions cookies = WebSessions.with(named("session")).build();
            String inCookie = cookies.sessions().issue(cookies.sessions().start("ada"));

            assertThat(with(inCookie).verification().outcome()).isEqualTo(Outcome.INVALID);
            assertThat(cookies.open(Request.page().with("Cookie", "__Host-session=" + ada().text()))
                            .current())
                    .isEmpty();
        }
    }
}
