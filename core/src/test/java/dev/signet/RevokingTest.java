package dev.signet;

import static dev.signet.VerificationAssert.assertThat;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;

import dev.signet.keys.KeyRing;
import dev.signet.revocation.Revocation;
import dev.signet.revocation.RevocationLog;
import dev.signet.revocation.Revocations;
import dev.signet.revocation.StoreUnavailable;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;

/** Sessions with a log of what was ended: on one instance, on two, and in races. */
class RevokingTest {
    private static final Instant NOON = MovableClock.NOON;
    private static final Duration MILLI = Duration.ofMillis(1);
    private static final KeyRing KEYS = TestKeys.ring();

    private final MovableClock clock = MovableClock.atNoon();
    private final RevocationLog log = Revocations.memoryLog(clock);
    private final GatedLog gate = new GatedLog(log);
    private final Sessions sessions = on(log);
    private final Sessions other = on(log);
    private final Sessions gated = on(gate);
    private final ExecutorService threads = Executors.newCachedThreadPool();

    private Sessions on(RevocationLog some) {
        return Sessions.with(KEYS)
                .clock(clock)
                .revocations(Revocations.on(some).clock(clock).build())
                .build();
    }

    @AfterEach
    void stop() {
        threads.shutdownNow();
        Stream.of(sessions, other, gated).forEach(Sessions::close);
    }

    private void assertEnded(Session session) {
        String ticket = sessions.issue(session);
        assertThat(sessions.verify(ticket)).isRevoked();
        assertThat(sessions.verifyAtStore(ticket)).isRevoked();
        assertThat(sessions.recheck(session)).isRevoked();
        assertThat(other.verify(ticket)).isRevoked();
    }

    private void assertLive(Session session) {
        String ticket = sessions.issue(session);
        assertThat(sessions.verify(ticket)).isActiveFor(session.subject());
        assertThat(sessions.verifyAtStore(ticket)).isActiveFor(session.subject());
        assertThat(sessions.recheck(session)).isActiveFor(session.subject());
        assertThat(other.verify(ticket)).isActiveFor(session.subject());
    }

    @Nested
    class Ending {

        @Test
        @Keeps("S5")
        @Tries(29)
        void one_session_ends_every_copy_of_it_and_no_other() {
            Session ada = sessions.start("ada");
            Session again = sessions.start("ada");
            Session renewed = sessions.renew(ada);

            sessions.end(ada);

            assertEnded(ada);
            assertEnded(renewed);
            assertLive(again);
        }

        @Test
        void twice_is_the_same_as_once() {
            Session ada = sessions.start("ada");
            sessions.end(ada);
            sessions.end(ada);

            assertEnded(ada);
        }

        @Test
        @Keeps("S6")
        @Tries(29)
        void everywhere_ends_all_of_the_subject_and_nobody_else() {
            Session here = sessions.start("ada");
            Session there = other.start("ada");
            Session bob = sessions.start("bob");

            sessions.endEverywhere(here);

            assertEnded(here);
            assertEnded(there);
            assertLive(bob);
        }

        @Test
        @Keeps("S7")
        @Tries(29)
        void others_ends_all_but_the_one_that_asked() {
            Session here = sessions.start("ada");
            Session there = other.start("ada");
            Session bob = sessions.start("bob");

            Session kept = sessions.endOthers(here).orElseThrow();

            assertThat(kept.id()).isEqualTo(here.id());
            assertThat(kept.endsAt()).isEqualTo(here.endsAt());
            assertLive(kept);
            assertEnded(there);
            assertEnded(here);
            assertLive(bob);
        }

        @Test
        void others_spares_a_sign_in_that_comes_after_it() {
            Session kept = sessions.endOthers(sessions.start("ada")).orElseThrow();
            Session next = other.start("ada");

            assertLive(kept);
            assertLive(next);
        }

        @Test
        void a_visitor_leaves_no_trace() {
            Session visitor = sessions.startVisitor();
            sessions.end(visitor);
            sessions.revoke(Revocation.everyone());

            assertThat(sessions.verifyVisitor(sessions.issue(visitor))).isActive();
            assertThat(sessions.recheck(visitor)).isActive();
            assertThatIllegalStateException().isThrownBy(visitor::subject);
            assertThatIllegalStateException().isThrownBy(() -> sessions.restart(visitor, Set.of()));
        }

        @Test
        void an_expired_session_is_no_different() {
            Session ada = sessions.start("ada");
            clock.set(ada.endsAt());
            sessions.end(ada);

            assertThat(sessions.verify(sessions.issue(ada))).isExpired();
        }
    }

    @Nested
    @Keeps({"S6", "S9"})
    @Tries(29)
    class Revoking_by_the_server {

        @Test
        void ends_a_session_by_its_id() {
            Session ada = sessions.start("ada");
            Session again = sessions.start("ada");

            other.revoke(Revocation.session(ada.id(), "ada"));

            assertEnded(ada);
            assertLive(again);
        }

        @Test
        void ends_a_subject() {
            Session ada = sessions.start("ada");
            Session bob = sessions.start("bob");

            other.revoke(Revocation.subject("ada"));

            assertEnded(ada);
            assertLive(bob);
        }

        @Test
        void ends_everyone() {
            Session ada = sessions.start("ada");
            Session bob = other.start("bob");

            sessions.revoke(Revocation.everyone());

            assertEnded(ada);
            assertEnded(bob);
            assertLive(sessions.start("ada"));
        }

        @Test
        @Keeps("R7")
        @Tries(52)
        void in_the_millisecond_of_a_sign_in_ends_what_was_before_and_spares_what_comes_after() {
            List<Session> before = new ArrayList<>();
            List<Session> after = new ArrayList<>();
            for (int round = 0; round < 5; round++) {
                before.addAll(after);
                after.clear();
                before.add(sessions.start("ada"));
                sessions.revoke(round % 2 == 0 ? Revocation.subject("ada") : Revocation.everyone());
                after.add(sessions.start("ada"));
                after.add(other.start("ada"));
            }

            assertThat(clock.instant()).isEqualTo(NOON);
            before.forEach(RevokingTest.this::assertEnded);
            after.forEach(RevokingTest.this::assertLive);
        }
    }

    @Nested
    @Keeps("S7")
    @Tries(52)
    class A_sign_in {

        @Test
        void checked_before_a_revocation_of_its_subject_is_overtaken() {
            SignIn checked = SignIn.as("ada").checkedAt(sessions.position());
            other.revoke(Revocation.subject("ada"));

            assertThatExceptionOfType(SignInOvertaken.class).isThrownBy(() -> sessions.start(checked));
        }

        @Test
        void checked_before_a_revocation_of_everyone_is_overtaken() {
            SignIn checked = SignIn.as("ada").checkedAt(sessions.position());
            other.revoke(Revocation.everyone());

            assertThatExceptionOfType(SignInOvertaken.class).isThrownBy(() -> sessions.start(checked));
        }

        @Test
        void checked_again_works() {
            SignIn checked = SignIn.as("ada").checkedAt(sessions.position());
            other.revoke(Revocation.subject("ada"));
            assertThatExceptionOfType(SignInOvertaken.class).isThrownBy(() -> sessions.start(checked));

            assertLive(sessions.start(checked.checkedAt(sessions.position())));
        }

        @Test
        void is_not_overtaken_by_what_ends_others() {
            SignIn checked = SignIn.as("ada").checkedAt(sessions.position());
            other.revoke(Revocation.subject("bob"));
            other.end(other.start("ada"));

            assertLive(sessions.start(checked));
        }

        @Test
        void of_one_step_is_not_overtaken_by_what_was_before() {
            other.revoke(Revocation.subject("ada"));

            assertLive(sessions.start("ada"));
        }

        @Test
        void whose_check_is_of_another_log_is_overtaken() {
            clock.forward(Duration.ofHours(1));
            SignIn checked = SignIn.as("ada").checkedAt(sessions.position());
            clock.set(NOON);

            assertThatExceptionOfType(SignInOvertaken.class)
                    .isThrownBy(() -> on(Revocations.memoryLog(clock)).start(checked));
        }

        @Test
        void needs_the_store() {
            gate.closed = true;

            assertThatExceptionOfType(StoreUnavailable.class).isThrownBy(() -> gated.start("ada"));
        }
    }

    @Nested
    class A_restart {

        @Test
        @Keeps("S4")
        void gives_another_id_and_ends_the_old_one() {
            Session old = sessions.start(SignIn.as("ada").remember().amr("pwd").fact("tenant", "a"));
            clock.forward(Duration.ofMinutes(5));

            Session restarted = sessions.restart(old, Set.of("ADMIN")).orElseThrow();

            assertThat(restarted.id()).isNotEqualTo(old.id());
            assertThat(restarted.roles()).containsExactly("ADMIN");
            assertThat(restarted.subject()).isEqualTo("ada");
            assertThat(restarted.amr()).containsExactly("pwd");
            assertThat(restarted.facts()).containsEntry("tenant", "a");
            assertThat(restarted.lifetime()).isEqualTo("remembered");
            assertThat(restarted.startedAt()).isEqualTo(NOON);
            assertThat(restarted.endsAt()).isEqualTo(old.endsAt());
            assertThat(restarted.authenticatedAt()).isEqualTo(NOON);
            assertThat(restarted.issuedAt()).isEqualTo(clock.instant());
            assertEnded(old);
            assertLive(restarted);
        }

        @Test
        void with_a_sign_in_renews_what_was_checked() {
            Session old = sessions.start(SignIn.as("ada").amr("pwd"));
            clock.forward(Duration.ofMinutes(5));

            Session restarted = sessions.restart(
                            old, SignIn.as("ada").amr("pwd", "otp").roles("ADMIN"))
                    .orElseThrow();

            assertThat(restarted.authenticatedAt()).isEqualTo(clock.instant());
            assertThat(restarted.startedAt()).isEqualTo(NOON);
            assertThat(restarted.endsAt()).isEqualTo(old.endsAt());
            assertThat(restarted.amr()).containsExactly("pwd", "otp");
            assertLive(restarted);
            assertEnded(old);
        }

        @Test
        void with_a_sign_in_of_somebody_else_is_refused() {
            Session ada = sessions.start("ada");

            assertThatIllegalArgumentException()
                    .isThrownBy(() -> sessions.restart(ada, SignIn.as("bob")))
                    .withMessageContaining("start");
            assertLive(ada);
        }

        @Test
        void of_an_ended_session_gives_nothing() {
            Session ada = sessions.start("ada");
            other.end(ada);

            assertThat(sessions.restart(ada, Set.of("ADMIN"))).isEmpty();
            assertThat(sessions.endOthers(ada)).isEmpty();
        }

        @Test
        void keeps_the_place_in_the_log_so_that_later_revocations_end_it() {
            Session restarted =
                    sessions.restart(sessions.start("ada"), Set.of("A")).orElseThrow();
            Session again = sessions.restart(restarted, Set.of("B")).orElseThrow();
            other.revoke(Revocation.subject("ada"));

            assertEnded(again);
        }

        @Test
        void that_would_not_fit_leaves_the_old_session_alone() {
            Session ada = sessions.start("ada");

            assertThatIllegalArgumentException()
                    .isThrownBy(() -> sessions.restart(ada, Set.of("R".repeat(1100))))
                    .withMessageContaining("1024");
            assertLive(ada);
        }

        @Test
        void whose_record_fails_gives_nothing_and_leaves_the_old_session_alone() {
            Session ada = gated.start("ada");
            gate.closed = true;

            assertThatExceptionOfType(StoreUnavailable.class).isThrownBy(() -> gated.restart(ada, Set.of("A")));
            assertThatExceptionOfType(StoreUnavailable.class).isThrownBy(() -> gated.endOthers(ada));
            assertThatExceptionOfType(StoreUnavailable.class).isThrownBy(() -> gated.end(ada));
            assertThatExceptionOfType(StoreUnavailable.class).isThrownBy(() -> gated.endEverywhere(ada));

            gate.closed = false;
            assertLive(ada);
        }
    }

    @Nested
    @Keeps("R6")
    @Tries(52)
    class Races {

        @Test
        void a_restart_that_is_recorded_after_an_administrators_revocation_gives_nothing() throws Exception {
            Session ada = gated.start("ada");
            Future<Optional<Session>> restart = gate.holding(() -> gated.restart(ada, Set.of("ADMIN")), threads);
            other.revoke(Revocation.subject("ada"));
            gate.release();

            assertThat(restart.get(10, TimeUnit.SECONDS)).isEmpty();
            assertEnded(ada);
        }

        @Test
        void an_end_of_others_that_is_recorded_after_an_administrators_revocation_gives_nothing() throws Exception {
            Session ada = gated.start("ada");
            Future<Optional<Session>> endOthers = gate.holding(() -> gated.endOthers(ada), threads);
            other.revoke(Revocation.everyone());
            gate.release();

            assertThat(endOthers.get(10, TimeUnit.SECONDS)).isEmpty();
        }

        @Test
        void a_restart_that_is_recorded_after_the_sign_out_of_its_session_gives_nothing() throws Exception {
            Session ada = gated.start("ada");
            Future<Optional<Session>> restart = gate.holding(() -> gated.restart(ada, Set.of()), threads);
            other.end(ada);
            gate.release();

            assertThat(restart.get(10, TimeUnit.SECONDS)).isEmpty();
        }

        @Test
        void a_restart_that_is_recorded_before_an_administrators_revocation_is_ended_by_it() throws Exception {
            Session ada = gated.start("ada");
            gate.afterwards(() -> other.revoke(Revocation.subject("ada")));

            Optional<Session> restarted = gated.restart(ada, Set.of("ADMIN"));

            restarted.ifPresent(RevokingTest.this::assertEnded);
            assertEnded(ada);
        }

        @Test
        void an_end_of_others_that_is_recorded_before_an_administrators_revocation_is_ended_by_it() throws Exception {
            Session ada = gated.start("ada");
            gate.afterwards(() -> other.revoke(Revocation.subject("ada")));

            gated.endOthers(ada).ifPresent(RevokingTest.this::assertEnded);
        }

        @Test
        void of_many_restarts_of_one_session_exactly_one_goes_on() throws Exception {
            for (int round = 0; round < 50; round++) {
                Session ada = sessions.start("ada");
                CountDownLatch start = new CountDownLatch(1);
                List<Future<Optional<Session>>> restarts = IntStream.range(0, 6)
                        .mapToObj(i -> threads.submit(() -> {
                            start.await();
                            return (i % 2 == 0 ? sessions : other).restart(ada, Set.of("R" + i));
                        }))
                        .toList();
                start.countDown();
                List<Session> winners = new ArrayList<>();
                for (Future<Optional<Session>> restart : restarts) {
                    restart.get(10, TimeUnit.SECONDS).ifPresent(winners::add);
                }

                assertThat(winners).hasSize(1);
                assertLive(winners.get(0));
            }
        }

        @Test
        void of_two_ends_of_others_the_later_one_stays() throws Exception {
            Session here = gated.start("ada");
            Session there = gated.start("ada");
            Future<Optional<Session>> later = gate.holding(() -> gated.endOthers(here), threads);
            Session kept = other.endOthers(there).orElseThrow();
            assertLive(kept);
            gate.release();

            assertThat(later.get(10, TimeUnit.SECONDS)).isEmpty();
        }
    }

    @Nested
    @Keeps("R4")
    @Tries({29, 52})
    class A_process_that_starts_again_with_an_empty_log {
        private final Session before = sessions.start("ada");
        private final String ticket = sessions.issue(before);

        private Sessions restarted() {
            return on(Revocations.memoryLog(clock));
        }

        @Test
        void keeps_people_signed_in() {
            clock.forward(MILLI);

            assertThat(restarted().verify(ticket)).isActiveFor("ada");
        }

        @Test
        void and_ends_everyone_refuses_the_tickets_from_before() {
            for (Duration later : List.of(Duration.ZERO, MILLI, Duration.ofSeconds(1), Duration.ofMinutes(10))) {
                clock.set(NOON.plus(later));
                Sessions again = restarted();

                again.revoke(Revocation.everyone());

                assertThat(again.verify(ticket)).as("%s later", later).isRevoked();
                assertThat(again.verify(again.issue(again.start("ada"))))
                        .as("%s later", later)
                        .isActiveFor("ada");
            }
        }

        @Test
        void and_ends_the_subject_or_the_session_refuses_the_ticket_from_before() {
            clock.forward(MILLI);
            Sessions one = restarted();
            one.endEverywhere(one.start("ada"));
            Sessions another = restarted();
            another.end(assertThat(another.verify(ticket)).isActive());

            assertThat(one.verify(ticket)).isRevoked();
            assertThat(another.verify(ticket)).isRevoked();
        }

        @Test
        void and_whose_clock_was_set_back_does_not_decide() {
            clock.set(NOON.minusSeconds(10));
            Sessions again = restarted();

            assertThat(again.verify(ticket)).isUndecided();
            assertThat(again.verifyAtStore(ticket)).isUndecided();

            clock.set(NOON);
            assertThat(again.verify(ticket)).isActiveFor("ada");
        }

        @Test
        void forgets_a_sign_out() {
            sessions.end(before);
            clock.forward(MILLI);

            assertThat(sessions.verify(ticket)).isRevoked();
            assertThat(restarted().verify(ticket)).isActiveFor("ada");
        }
    }

    @Nested
    class Without_any_log {
        private final Sessions none = Sessions.with(KEYS).clock(clock).build();

        @Test
        @Keeps({"S5", "D1"})
        void a_copied_ticket_lives_until_it_expires() {
            Session ada = none.start("ada");
            String ticket = none.issue(ada);
            none.end(ada);
            none.endEverywhere(ada);
            none.revoke(Revocation.everyone());

            assertThat(none.verify(ticket)).isActiveFor("ada");
            clock.set(ada.idleUntil());
            assertThat(none.verify(ticket)).isExpired();
        }

        @Test
        void everything_else_works() {
            Session ada = none.start(SignIn.as("ada").checkedAt(none.position()));
            Session restarted = none.restart(ada, Set.of("ADMIN")).orElseThrow();

            assertThat(restarted.id()).isNotEqualTo(ada.id());
            assertThat(none.endOthers(restarted)).isPresent();
            assertThat(none.verifyAtStore(none.issue(restarted))).isActiveFor("ada");
        }

        @Test
        void a_ticket_from_a_time_with_a_log_is_accepted() {
            assertThat(none.verify(sessions.issue(sessions.start("ada")))).isActiveFor("ada");
        }

        @Test
        void a_ticket_is_accepted_by_a_log_that_comes_later_and_ended_by_its_first_entry_for_everyone() {
            String ticket = none.issue(none.start("ada"));
            assertThat(sessions.verify(ticket)).isActiveFor("ada");

            sessions.revoke(Revocation.everyone());

            assertThat(sessions.verify(ticket)).isRevoked();
        }
    }

    @Nested
    @Keeps("L2")
    class A_listener {
        private final List<String> told = new ArrayList<>();
        private final Sessions heard = Sessions.with(KEYS)
                .clock(clock)
                .revocations(Revocations.inMemory(clock))
                .listener(new SessionListener() {
                    @Override
                    public void started(Session session) {
                        told.add("started");
                    }

                    @Override
                    public void renewed(Session session) {
                        told.add("renewed");
                    }

                    @Override
                    public void restarted(Session before, Session after) {
                        told.add("restarted");
                    }

                    @Override
                    public void ended(Session session) {
                        told.add("ended");
                    }

                    @Override
                    public void refused(Verification verification) {
                        told.add(verification.outcome().name());
                    }

                    @Override
                    public void slotRefused(String slot, Verification.Cause cause) {
                        told.add(slot + " " + cause);
                    }
                })
                .build();

        @Test
        void is_told_once_what_happens() {
            Session ada = heard.start("ada");
            String ticket = heard.issue(ada);
            heard.verify(ticket);
            heard.verify(null);
            heard.verify("x");
            heard.renew(ada);
            heard.open("theme", "x", ada);
            heard.open("theme", null, ada);
            heard.end(heard.restart(ada, Set.of()).orElseThrow());
            heard.verify(ticket);
            clock.set(ada.idleUntil());
            heard.verify(ticket);

            assertThat(told)
                    .containsExactly(
                            "started",
                            "INVALID",
                            "renewed",
                            "theme MALFORMED",
                            "restarted",
                            "ended",
                            "REVOKED",
                            "EXPIRED");
        }

        @Test
        void that_throws_harms_nobody() {
            Sessions unlucky = Sessions.with(KEYS)
                    .clock(clock)
                    .listener(new SessionListener() {
                        @Override
                        public void started(Session session) {
                            throw new IllegalStateException("unlucky");
                        }
                    })
                    .build();

            assertThat(unlucky.verify(unlucky.issue(unlucky.start("ada")))).isActiveFor("ada");
        }
    }
}
