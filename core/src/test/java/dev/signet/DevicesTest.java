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
import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What the index lists and limits, on one instance and on two. */
class DevicesTest {
    private static final KeyRing KEYS = TestKeys.ring();
    private static final Duration IDLE = Lifetime.DEFAULT.idle();

    private final MovableClock clock = MovableClock.atNoon();
    private final RevocationLog log = Revocations.memoryLog(clock);
    private final GatedLog gate = new GatedLog(log);
    private final BreakableIndex index = new BreakableIndex();
    private final List<Sessions> opened = new ArrayList<>();
    private final Sessions sessions = sessions(null);

    private Sessions sessions(SessionLimit limit) {
        SessionsBuilder settings = Sessions.with(KEYS)
                .clock(clock)
                .index(index)
                .revocations(Revocations.on(gate).clock(clock).build());
        Sessions made = (limit == null ? settings : settings.limit(limit)).build();
        opened.add(made);
        return made;
    }

    @AfterEach
    void stop() {
        opened.forEach(Sessions::close);
    }

    private Session start(Sessions on, String label) {
        Session session = on.start(SignIn.as("ada").label(label));
        clock.forward(Duration.ofSeconds(1));
        return session;
    }

    private List<String> labels(Sessions on) {
        return on.devices().of("ada").stream().map(ListedSession::label).toList();
    }

    private void assertLive(Session session) {
        assertThat(sessions.verify(sessions.issue(session))).isActiveFor(session.subject());
    }

    private void assertEnded(Session session) {
        assertThat(sessions.verify(sessions.issue(session))).isRevoked();
    }

    @Nested
    @Keeps("S11")
    class A_person_s_list {

        @Test
        void has_what_is_known_of_each_live_session_and_nothing_that_could_be_presented() {
            Session laptop = start(sessions, "Firefox on Linux");
            Session phone = start(sessions, "Safari on iOS");
            sessions.start("bob");

            assertThat(sessions.devices().of("ada"))
                    .containsExactly(
                            ListedSession.of(phone, "Safari on iOS"), ListedSession.of(laptop, "Firefox on Linux"));
            assertThat(sessions.devices().of("nobody")).isEmpty();
        }

        @Test
        void leaves_out_who_signed_out() {
            Session laptop = start(sessions, "laptop");
            Session phone = start(sessions, "phone");

            sessions.end(phone);
            assertThat(labels(sessions)).containsExactly("laptop");
            sessions.supersede(laptop);
            assertThat(labels(sessions)).isEmpty();
            assertThat(index.of("ada")).isEmpty();
        }

        @Test
        void leaves_out_what_a_group_revocation_ended_on_whatever_instance() {
            start(sessions, "laptop");
            labels(sessions);
            Sessions other = sessions(null);

            other.revoke(Revocation.subject("ada"));
            assertThat(labels(sessions)).isEmpty();
            start(sessions, "again");
            labels(sessions);
            other.revoke(Revocation.everyone());
            assertThat(labels(sessions)).isEmpty();
        }

        @Test
        void is_cleared_of_what_has_ended_behind_the_back_of_whoever_asks() {
            start(sessions, "laptop");
            start(sessions, "phone");
            clock.forward(IDLE);

            assertThat(labels(sessions)).isEmpty();
            assertThat(index.removedBy(Thread.currentThread())).isFalse();
            sessions.close();
            assertThat(index.of("ada")).isEmpty();
        }

        @Test
        void leaves_out_what_was_revoked_in_the_log_alone() {
            Session laptop = start(sessions, "laptop");
            labels(sessions);

            Revocations.on(log).clock(clock).build().revoke(Revocation.session(laptop.id(), "ada"), IDLE);
            assertThat(labels(sessions)).isEmpty();
        }

        @Test
        void leaves_out_what_nobody_used_for_the_idle_limit_and_keeps_what_was_renewed() {
            Session used = start(sessions, "used");
            start(sessions, "unused");
            labels(sessions);

            clock.set(used.startedAt().plus(Duration.ofMinutes(20)));
            sessions.renew(used);
            clock.set(used.startedAt().plus(IDLE).plusSeconds(1));
            assertThat(labels(sessions)).containsExactly("used");
            clock.set(used.startedAt().plus(Duration.ofMinutes(50)));
            assertThat(labels(sessions)).isEmpty();
        }

        @Test
        void tells_the_renewal_as_last_seen() {
            Session session = start(sessions, "laptop");
            clock.forward(Duration.ofMinutes(10));
            Instant renewed = clock.instant();
            sessions.renew(session);

            assertThat(sessions.devices().of("ada"))
                    .singleElement()
                    .satisfies(row -> assertThat(row.lastSeenAt()).isEqualTo(renewed))
                    .satisfies(row -> assertThat(row.label()).isEqualTo("laptop"));
        }

        @Test
        void follows_a_restart_with_its_label() {
            Session laptop = start(sessions, "laptop");
            Session admin = sessions.restart(laptop, Set.of("ADMIN")).orElseThrow();

            assertThat(sessions.devices().of("ada")).containsExactly(ListedSession.of(admin, "laptop"));
            Session again =
                    sessions.restart(admin, SignIn.as("ada").label("renamed")).orElseThrow();
            assertThat(sessions.devices().of("ada")).containsExactly(ListedSession.of(again, "renamed"));
        }

        @Test
        void keeps_the_one_that_ended_all_others() {
            Session laptop = start(sessions, "laptop");
            start(sessions, "phone");

            Session alone = sessions.endOthers(laptop).orElseThrow();
            assertThat(sessions.devices().of("ada")).containsExactly(ListedSession.of(alone, "laptop"));
            assertLive(alone);
        }

        @Test
        void keeps_the_one_that_ended_all_others_although_it_was_renewed_meanwhile() {
            Session laptop = start(sessions, "laptop");
            clock.forward(Duration.ofMinutes(10));
            sessions.renew(laptop);

            sessions.endOthers(laptop);
            assertThat(labels(sessions)).containsExactly("laptop");
        }

        @Test
        void keeps_the_label_of_the_one_that_ended_all_others_though_another_instance_asks_meanwhile() {
            Session laptop = start(sessions, "laptop");
            labels(sessions);
            Sessions other = sessions(null);
            gate.afterwards(() -> assertThat(labels(sessions)).isEmpty());

            assertThat(other.endOthers(laptop)).isPresent();
            assertThat(labels(other)).containsExactly("laptop");
        }

        @Test
        void forgets_everything_at_a_sign_out_everywhere() {
            Session laptop = start(sessions, "laptop");
            start(sessions, "phone");

            sessions.endEverywhere(laptop);
            assertThat(labels(sessions)).isEmpty();
        }

        @Test
        void gets_a_session_from_before_the_index_with_its_next_renewal() {
            Session laptop = start(sessions, "laptop");
            labels(sessions);
            index.remove(ListedSession.of(laptop, ""));
            assertThat(labels(sessions)).isEmpty();

            clock.forward(Duration.ofMinutes(10));
            sessions.renew(laptop);
            assertThat(labels(sessions)).containsExactly("");
        }

        @Test
        void has_no_visitors() {
            Session visitor = sessions.startVisitor();
            sessions.renew(visitor);
            sessions.end(visitor);

            assertThat(index.writes()).isZero();
        }

        @Test
        void is_not_read_or_written_by_requests() {
            Session laptop = start(sessions, "laptop");
            String ticket = sessions.issue(laptop);
            labels(sessions);
            index.breaks = true;

            assertThat(sessions.verify(ticket)).isActiveFor("ada");
            assertThat(sessions.verifyAtStore(ticket)).isActiveFor("ada");
            assertThat(sessions.recheck(laptop)).isActiveFor("ada");
            assertThat(index.refused()).isZero();
        }
    }

    @Nested
    @Keeps("S11")
    class Ending_one {

        @Test
        void ends_that_and_no_other_on_every_instance() {
            Session laptop = start(sessions, "laptop");
            Session phone = start(sessions, "phone");
            Sessions other = sessions(null);
            labels(sessions);

            assertThat(other.devices().end("ada", phone.id())).isTrue();
            assertEnded(phone);
            assertLive(laptop);
            assertThat(labels(other)).containsExactly("laptop");
            assertThat(other.devices().end("ada", phone.id())).isFalse();
        }

        @Test
        void ends_no_stranger_s() {
            Session hers = start(sessions, "laptop");

            assertThat(sessions.devices().end("bob", hers.id())).isFalse();
            assertThat(sessions.devices().end("ada", "no such id")).isFalse();
            assertLive(hers);
        }

        @Test
        void does_not_claim_it_when_the_log_cannot_record_it() {
            Session phone = start(sessions, "phone");
            labels(sessions);
            gate.refuses = true;

            assertThatExceptionOfType(StoreUnavailable.class)
                    .isThrownBy(() -> sessions.devices().end("ada", phone.id()));
            gate.refuses = false;
            assertThat(labels(sessions)).containsExactly("phone");
            assertLive(phone);
        }
    }

    @Nested
    @Keeps("S12")
    class A_limit_that_refuses {
        private final Sessions two = sessions(SessionLimit.refusing(2));

        @Test
        void refuses_the_sign_in_past_it_and_ends_nobody() {
            Session laptop = start(two, "laptop");
            Session phone = start(two, "phone");

            assertThatExceptionOfType(TooManySessions.class).isThrownBy(() -> start(two, "tablet"));
            assertThat(labels(two)).containsExactly("phone", "laptop");
            assertLive(laptop);
            assertLive(phone);
            two.start("bob");
        }

        @Test
        void has_room_again_after_a_sign_out_a_revocation_or_a_lapse() {
            Session laptop = start(two, "laptop");
            start(two, "phone");
            two.end(laptop);
            start(two, "tablet");
            two.revoke(Revocation.subject("ada"));
            start(two, "one");
            start(two, "two");
            clock.forward(IDLE);
            start(two, "three");

            assertThat(labels(two)).containsExactly("three");
        }

        @Test
        void counts_a_restarted_session_once() {
            Session laptop = start(two, "laptop");
            assertThat(two.restart(laptop, Set.of("ADMIN"))).isPresent();
            Session phone = start(two, "phone");

            assertThatExceptionOfType(TooManySessions.class).isThrownBy(() -> start(two, "tablet"));
            assertThat(two.endOthers(phone)).isPresent();
            start(two, "tablet");
            assertThat(labels(two)).containsExactlyInAnyOrder("phone", "tablet");
        }

        @Test
        void lets_a_restart_end_whose_place_a_sign_in_took_meanwhile() {
            Session laptop = start(two, "laptop");
            start(two, "phone");
            gate.afterwards(() -> start(two, "tablet"));

            assertThat(two.restart(laptop, Set.of("ADMIN"))).isEmpty();

            assertThat(labels(two)).containsExactlyInAnyOrder("phone", "tablet");
            assertThat(index.of("ada")).hasSize(2);
        }

        @Test
        void counts_what_went_on_elsewhere_while_a_sign_in_looked_for_room() {
            Sessions other = sessions(SessionLimit.refusing(2));
            Session laptop = start(two, "laptop");
            start(two, "phone");
            index.afterAdding(() -> assertThat(other.endOthers(laptop)).isPresent());

            start(two, "overtaken");
            assertThat(labels(two)).containsExactly("laptop");
            start(two, "tablet");
            assertThatExceptionOfType(TooManySessions.class).isThrownBy(() -> start(two, "phone"));
        }

        @Test
        void counts_what_waits_to_be_listed_again() {
            Session laptop = start(two, "laptop");
            start(two, "phone");
            index.remove(ListedSession.of(laptop, ""));
            clock.forward(Duration.ofMinutes(10));
            two.renew(laptop);

            assertThatExceptionOfType(TooManySessions.class).isThrownBy(() -> start(two, "tablet"));
        }
    }

    @Nested
    @Keeps("S12")
    class A_limit_that_ends_the_oldest {
        private final List<Revocation> told = new ArrayList<>();
        private final Sessions two = two();

        private Sessions two() {
            Sessions made = Sessions.with(KEYS)
                    .clock(clock)
                    .index(index)
                    .revocations(Revocations.on(gate).clock(clock).build())
                    .limit(SessionLimit.endingOldest(2))
                    .listener(new SessionListener() {
                        @Override
                        public void revoked(Revocation revocation) {
                            told.add(revocation);
                        }
                    })
                    .build();
            opened.add(made);
            return made;
        }

        @Test
        void ends_the_one_that_began_first() {
            Session laptop = start(two, "laptop");
            Session phone = start(two, "phone");
            two.renew(laptop);
            Session tablet = start(two, "tablet");

            assertEnded(laptop);
            assertLive(phone);
            assertLive(tablet);
            assertThat(labels(two)).containsExactly("tablet", "phone");
            assertThat(told).containsExactly(Revocation.session(laptop.id(), "ada", laptop.endsAt()));
        }

        @Test
        void keeps_no_session_for_ever_while_all_begin_in_one_second() {
            for (int person = 0; person < 100; person++) {
                String subject = "person " + person;
                Session first = two.start(subject);
                for (int i = 0; i < 6; i++) {
                    Session unused = two.start(subject);
                }
                assertEnded(first);
            }
        }

        @Test
        void loses_nothing_when_one_person_signs_in_a_hundred_times() {
            Sessions one = sessions(SessionLimit.endingOldest(1));
            Session last = start(one, "first");
            for (int i = 0; i < 100; i++) {
                Session before = last;
                last = start(one, "one of many");
                assertEnded(before);
                assertLive(last);
            }
            assertThat(one.revocations().crowded("ada")).isTrue();

            Session admin = one.restart(last, Set.of("ADMIN")).orElseThrow();
            Session alone = one.endOthers(admin).orElseThrow();
            assertThat(one.devices().of("ada")).containsExactly(ListedSession.of(alone, "one of many"));
            one.end(alone);
            assertEnded(alone);
            assertLive(start(one, "again"));
        }

        @Test
        void has_what_it_ends_count_so_that_past_64_a_sign_out_ends_the_others_too() {
            Session last = start(two, "first");
            Session before = last;
            for (int i = 0; i < 65; i++) {
                before = last;
                last = start(two, "one of many");
                assertLive(before);
                assertLive(last);
            }

            two.end(last);
            assertEnded(before);
            assertLive(start(two, "again"));
        }

        @Test
        void ends_as_many_as_a_lower_limit_takes() {
            Session first = start(sessions, "1");
            Session second = start(sessions, "2");
            Session third = start(sessions, "3");
            labels(sessions);
            Session fourth = start(two, "4");

            assertThat(List.of(first, second)).allSatisfy(DevicesTest.this::assertEnded);
            assertThat(List.of(third, fourth)).allSatisfy(DevicesTest.this::assertLive);
        }

        @Test
        void lets_nobody_in_before_the_oldest_is_recorded_as_ended() {
            Session laptop = start(two, "laptop");
            Session phone = start(two, "phone");
            gate.refuses = true;

            assertThatExceptionOfType(StoreUnavailable.class).isThrownBy(() -> start(two, "tablet"));
            gate.refuses = false;
            assertThat(labels(two)).containsExactly("phone", "laptop");
            assertLive(laptop);
            assertLive(phone);
        }
    }

    @Nested
    class While_the_index_fails {

        @Test
        @Keeps("S11")
        void everybody_signs_in_and_out_as_ever_without_a_limit_and_the_list_makes_up_for_it() {
            index.breaks = true;
            Session laptop = start(sessions, "laptop");
            Session phone = start(sessions, "phone");
            Session admin = sessions.restart(laptop, Set.of("ADMIN")).orElseThrow();
            sessions.end(phone);
            sessions.renew(admin);
            assertLive(admin);
            assertEnded(phone);
            assertThatExceptionOfType(StoreUnavailable.class).isThrownBy(() -> labels(sessions));
            assertThatExceptionOfType(StoreUnavailable.class)
                    .isThrownBy(() -> sessions.devices().end("ada", admin.id()));
            assertLive(admin);

            index.breaks = false;
            assertThat(labels(sessions)).containsExactly("laptop");
        }

        @ParameterizedTest
        @ValueSource(booleans = {true, false})
        @Keeps("S12")
        void nobody_signs_in_under_a_limit_and_who_is_in_stays(boolean endingOldest) {
            Sessions two = sessions(endingOldest ? SessionLimit.endingOldest(2) : SessionLimit.refusing(2));
            Session laptop = start(two, "laptop");
            index.breaks = true;

            assertThatExceptionOfType(StoreUnavailable.class).isThrownBy(() -> start(two, "phone"));
            assertThatExceptionOfType(StoreUnavailable.class).isThrownBy(() -> two.restart(laptop, Set.of()));
            assertThatExceptionOfType(StoreUnavailable.class).isThrownBy(() -> two.endOthers(laptop));
            two.renew(laptop);
            assertLive(laptop);
            two.end(laptop);
            assertEnded(laptop);
        }

        @Test
        @Keeps("S12")
        void nothing_goes_on_under_a_limit_that_could_not_be_listed() {
            Sessions two = sessions(SessionLimit.refusing(2));
            Session laptop = start(two, "laptop");
            gate.afterwards(() -> index.breaks = true);

            assertThatExceptionOfType(StoreUnavailable.class).isThrownBy(() -> two.restart(laptop, Set.of()));
            assertEnded(laptop);
            index.breaks = false;
            assertThat(labels(two)).isEmpty();
        }

        @Test
        void what_waits_is_bounded() {
            index.breaks = true;
            for (int i = 0; i < IndexWriter.MOST_WAITING + 10; i++) {
                sessions.start("person " + i);
            }
            index.breaks = false;

            assertThat(sessions.devices().of("person " + (IndexWriter.MOST_WAITING - 1)))
                    .hasSize(1);
            assertThat(sessions.devices().of("person " + (IndexWriter.MOST_WAITING + 9)))
                    .isEmpty();
        }

        @Test
        void what_waits_of_one_person_leaves_room_for_others_and_what_is_dropped_is_warned_of_once_a_minute() {
            index.breaks = true;
            ByteArrayOutputStream captured = new ByteArrayOutputStream();
            PrintStream normal = System.err;
            System.setErr(new PrintStream(captured, true, StandardCharsets.UTF_8));
            try {
                for (int i = 0; i < SessionIndex.MOST; i++) {
                    sessions.start("ada");
                }
                assertThat(captured.toString(StandardCharsets.UTF_8)).doesNotContain("does not keep up");
                for (int i = SessionIndex.MOST; i < IndexWriter.MOST_WAITING; i++) {
                    sessions.start("ada");
                }
                clock.forward(Duration.ofMinutes(1));
                sessions.start("ada");
            } finally {
                System.setErr(normal);
            }
            sessions.start("bob");
            index.breaks = false;

            assertThat(sessions.devices().of("bob")).hasSize(1);
            assertThat(captured.toString(StandardCharsets.UTF_8).lines().filter(line -> line.contains("keep up")))
                    .hasSize(2)
                    .last()
                    .asString()
                    .contains(": " + (IndexWriter.MOST_WAITING - SessionIndex.MOST) + ";")
                    .doesNotContain("ada");
        }

        @Test
        void what_waits_is_written_when_the_sessions_are_closed() {
            index.breaks = true;
            Session laptop = start(sessions, "laptop");
            index.breaks = false;
            sessions.close();

            assertThat(index.of("ada")).containsExactly(ListedSession.of(laptop, "laptop"));
        }
    }

    @Test
    void a_list_that_the_log_cannot_decide_about_is_not_shown() {
        start(sessions, "laptop");
        labels(sessions);
        Sessions late = Sessions.with(KEYS)
                .index(index)
                .clock(clock)
                .revocations(Revocations.on(new GatedLog(log) {
                            @Override
                            public boolean inProcess() {
                                return false;
                            }

                            @Override
                            public Page read(long from, int limit) {
                                throw new StoreUnavailable("down");
                            }
                        })
                        .clock(clock)
                        .build())
                .build();
        opened.add(late);

        assertThatExceptionOfType(StoreUnavailable.class).isThrownBy(() -> labels(late));
    }

    @Test
    void an_index_that_two_applications_share_lists_what_only_the_other_one_s_log_could_end() {
        Sessions other = Sessions.with(KEYS)
                .name("admin")
                .clock(clock)
                .index(index)
                .revocations(Revocations.inMemory())
                .build();
        opened.add(other);
        Session laptop = start(sessions, "laptop");
        assertThat(labels(sessions)).containsExactly("laptop");

        assertThat(labels(other)).containsExactly("laptop");
        assertThat(other.devices().end("ada", laptop.id())).isTrue();
        assertLive(laptop);
    }

    @Test
    void the_label_is_not_in_the_ticket() {
        assertThat(sessions.start(SignIn.as("ada").label("Firefox on Linux"))
                        .claims()
                        .toString())
                .doesNotContain("Firefox");
    }

    @Test
    void settings_that_make_no_sense_are_refused() {
        SessionsBuilder settings = Sessions.with(KEYS);

        assertThatIllegalStateException()
                .isThrownBy(() -> settings.build().devices())
                .withMessageContaining("set index(…)");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> settings.limit(SessionLimit.refusing(2)).build())
                .withMessageContaining("set index(…)");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> settings.index(index).build())
                .withMessageContaining("set revocations(…)");
        assertThatIllegalArgumentException().isThrownBy(() -> SessionLimit.refusing(0));
        assertThatIllegalArgumentException().isThrownBy(() -> SessionLimit.endingOldest(1_001));
    }
}
