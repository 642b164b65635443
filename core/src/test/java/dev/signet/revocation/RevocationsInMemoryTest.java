package dev.signet.revocation;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.signet.Keeps;
import dev.signet.Tries;
import dev.signet.revocation.RevocationListener.Event;
import dev.signet.revocation.RevocationLog.Entry;
import dev.signet.revocation.RevocationLog.Kind;
import java.lang.ref.WeakReference;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.OptionalLong;
import java.util.UUID;
import java.util.concurrent.Callable;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;

class RevocationsInMemoryTest {
    private static final Duration LONGEST = Duration.ofHours(12);

    private final MovableClock clock = new MovableClock();
    private final RevocationLog log = Revocations.memoryLog(clock);
    private final Revocations revocations = over(log);

    private Revocations over(RevocationLog log) {
        return Revocations.on(log).clock(clock).build();
    }

    static String sid(String name) {
        UUID bits = UUID.nameUUIDFromBytes(name.getBytes(StandardCharsets.UTF_8));
        return new SessionId(bits.getMostSignificantBits(), bits.getLeastSignificantBits()).toString();
    }

    private Instant end() {
        return clock.instant().plus(LONGEST);
    }

    private void signOut(String name, String subject) {
        revocations.revoke(Revocation.session(sid(name), subject, end()), LONGEST);
    }

    private List<Entry> entries() {
        return log.read(0, 100_000).entries();
    }

    @Nested
    @Keeps("R1")
    class A_revocation {
        @Test
        void of_a_session_ends_that_one_whatever_its_position() {
            long seq = revocations.catchUp();
            signOut("phone", "ada");

            assertThat(revocations.ask(sid("phone"), "ada", seq)).isEqualTo(Verdict.ENDED);
            assertThat(revocations.ask(sid("phone"), "ada", Long.MAX_VALUE)).isEqualTo(Verdict.ENDED);
            assertThat(revocations.ask(sid("laptop"), "ada", seq)).isEqualTo(Verdict.LIVE);
        }

        @Test
        void of_a_session_with_an_unusual_id_works_the_same() {
            for (String sid : List.of("", "x", "é".repeat(22), sid("a").substring(0, 21) + "B")) {
                revocations.revoke(Revocation.session(sid, "ada", end()), LONGEST);
                assertThat(revocations.ask(sid, "ada", 0)).isEqualTo(Verdict.ENDED);
            }
            assertThat(revocations.ask(sid("a"), "ada", 0)).isEqualTo(Verdict.LIVE);
            assertThat(revocations.status().entries()).isEqualTo(4);
        }

        @Test
        void of_a_subject_ends_what_is_older_and_nobody_elses() {
            long before = revocations.catchUp();
            revocations.revoke(Revocation.subject("ada"), LONGEST);
            long after = revocations.catchUp();

            assertThat(revocations.ask(sid("a"), "ada", before)).isEqualTo(Verdict.ENDED);
            assertThat(revocations.ask(sid("a"), "ada", after)).isEqualTo(Verdict.LIVE);
            assertThat(revocations.ask(sid("b"), "bob", before)).isEqualTo(Verdict.LIVE);
        }

        @Test
        void of_everyone_ends_all_that_is_older() {
            long before = revocations.catchUp();
            revocations.revoke(Revocation.everyone(), LONGEST);

            assertThat(revocations.ask(sid("a"), "ada", before)).isEqualTo(Verdict.ENDED);
            assertThat(revocations.ask(sid("a"), "ada", revocations.catchUp())).isEqualTo(Verdict.LIVE);
            assertThat(revocations.groupEndedAfter("bob", before)).isTrue();
        }

        @Test
        void twice_of_one_session_is_recorded_once() {
            signOut("phone", "ada");
            signOut("phone", "ada");

            assertThat(entries()).hasSize(1);
        }

        @Test
        @Keeps("R3")
        @Tries(29)
        void is_known_at_once_to_another_instance_on_the_same_log() {
            Revocations other = over(log);
            AtomicInteger changes = new AtomicInteger();
            other.onChange(changes::incrementAndGet);
            signOut("phone", "ada");

            assertThat(changes).hasValue(1);
            assertThat(other.ask(sid("phone"), "ada", 0)).isEqualTo(Verdict.ENDED);
        }

        @Test
        void names_what_it_ends() {
            assertThatThrownBy(() -> new Revocation(Kind.SUBJECT, null, null, null))
                    .isInstanceOf(IllegalArgumentException.class);
            assertThatThrownBy(() -> new Revocation(Kind.EVERYONE, null, null, Instant.EPOCH))
                    .isInstanceOf(IllegalArgumentException.class);
        }
    }

    @Nested
    class After_a_restart {
        @Test
        void signing_everyone_out_reaches_tickets_from_before() {
            long old = revocations.catchUp();
            Revocations restarted = over(Revocations.memoryLog(clock));
            restarted.revoke(Revocation.everyone(), LONGEST);

            assertThat(restarted.ask(sid("a"), "ada", old)).isEqualTo(Verdict.ENDED);
            assertThat(restarted.ask(sid("b"), "ada", restarted.catchUp())).isEqualTo(Verdict.LIVE);
        }

        @Test
        void with_the_clock_set_back_a_ticket_from_the_future_is_undecided_and_no_other() {
            long future = revocations.catchUp();
            clock.moveWallClock(Duration.ofMinutes(-1));
            Revocations restarted = over(Revocations.memoryLog(clock));

            assertThat(restarted.ask(sid("a"), "ada", future)).isEqualTo(Verdict.UNDECIDED);
            assertThat(restarted.ask(sid("b"), "bob", restarted.position())).isEqualTo(Verdict.LIVE);
            clock.advance(Duration.ofMinutes(1));
            assertThat(restarted.ask(sid("a"), "ada", future)).isEqualTo(Verdict.LIVE);
        }
    }

    @Nested
    @Keeps("R4")
    @Tries(52)
    class Entries {
        @Test
        @Keeps("R1")
        void are_dropped_a_day_after_nothing_they_end_can_live() {
            signOut("phone", "ada");
            revocations.revoke(Revocation.session(sid("unknown end"), "ada"), LONGEST);
            revocations.revoke(Revocation.subject("ada"), LONGEST);
            assertThat(entries()).extracting(Entry::keepUntil).containsOnly(end().plus(Duration.ofDays(1)));

            clock.advance(LONGEST.plus(Duration.ofDays(1)).plus(Duration.ofMinutes(1)));
            revocations.catchUp();

            assertThat(revocations.status().entries()).isZero();
            assertThat(entries()).hasSize(1);
        }

        @Test
        void of_one_subject_stop_at_64_sessions() {
            for (int i = 0; i < Appender.SESSIONS_OF_SUBJECT; i++) {
                assertThat(revocations.crowded("ada")).isFalse();
                signOut("session" + i, "ada");
                signOut("session" + i, "ada");
            }
            assertThat(revocations.crowded("ada")).isTrue();
            assertThat(revocations.crowded("bob")).isFalse();
            long seq = revocations.catchUp();
            assertThat(entries()).hasSize(64).extracting(Entry::kind).containsOnly(Kind.SESSION);
            signOut("session7", "ada");
            assertThat(revocations.ask(sid("other"), "ada", seq)).isEqualTo(Verdict.LIVE);

            signOut("one more", "ada");

            assertThat(entries()).hasSize(65).last().extracting(Entry::kind).isEqualTo(Kind.SUBJECT);
            assertThat(revocations.ask(sid("one more"), "ada", seq)).isEqualTo(Verdict.ENDED);
            assertThat(revocations.ask(sid("other"), "ada", seq)).isEqualTo(Verdict.ENDED);
            assertThat(revocations.ask(sid("other"), "ada", revocations.catchUp()))
                    .isEqualTo(Verdict.LIVE);
            assertThat(revocations.ask(sid("other"), "bob", seq)).isEqualTo(Verdict.LIVE);
        }

        @Test
        void of_a_flood_of_sign_outs_by_one_person_stay_few() {
            long seq = revocations.catchUp();
            for (int i = 0; i < 50_000; i++) {
                signOut("session" + i, "ada");
            }

            assertThat(revocations.status().entries()).isEqualTo(65);
            assertThat(entries()).hasSizeLessThan(11_000);
            for (int i = 0; i < 50_000; i++) {
                assertThat(revocations.ask(sid("session" + i), "ada", seq)).isEqualTo(Verdict.ENDED);
            }
        }

        @Test
        void past_the_limit_end_everyone_older_than_the_oldest_tenth() {
            List<String> alarms = new ArrayList<>();
            Revocations small = Revocations.on(log)
                    .clock(clock)
                    .maxEntries(100)
                    .listener((event, detail) -> alarms.add(event + detail))
                    .build();
            long first = small.catchUp();
            for (int i = 0; i < 100; i++) {
                small.revoke(Revocation.session(sid("s" + i), "subject" + i, end()), LONGEST);
                clock.advance(Duration.ofSeconds(1));
            }
            long recent = small.catchUp();
            assertThat(alarms).isEmpty();

            small.revoke(Revocation.session(sid("one more"), "zoe", end()), LONGEST);

            assertThat(alarms).hasSize(1).first().asString().startsWith(Event.LIST_FULL.name());
            assertThat(small.status().entries()).isLessThan(95);
            assertThat(small.ask(sid("one more"), "zoe", recent)).isEqualTo(Verdict.ENDED);
            assertThat(small.ask(sid("never ended"), "yan", first)).isEqualTo(Verdict.ENDED);
            assertThat(small.ask(sid("never ended"), "yan", recent)).isEqualTo(Verdict.LIVE);
            for (int i = 0; i < 100; i++) {
                assertThat(small.ask(sid("s" + i), "subject" + i, first)).isEqualTo(Verdict.ENDED);
            }
        }
    }

    @Nested
    @Keeps("R6")
    @Tries(52)
    class Going_on_with_another_ticket {
        private OptionalLong restart(Revocations on, String name, long seq) {
            return on.revokeUnlessEnded(Revocation.session(sid(name), "ada", end()), LONGEST, sid(name), "ada", seq);
        }

        @Test
        void ends_the_old_one() {
            long seq = revocations.catchUp();

            assertThat(restart(revocations, "phone", seq)).hasValue(revocations.position());
            assertThat(revocations.ask(sid("phone"), "ada", seq)).isEqualTo(Verdict.ENDED);
        }

        @Test
        void fails_if_that_was_ended_before() {
            long seq = revocations.catchUp();
            signOut("phone", "ada");
            assertThat(restart(revocations, "phone", seq)).isEmpty();

            revocations.revoke(Revocation.subject("ada"), LONGEST);
            assertThat(restart(revocations, "laptop", seq)).isEmpty();
        }

        @Test
        void ends_the_others_of_the_subject_and_says_from_where_the_new_ticket_counts() {
            long seq = revocations.catchUp();
            OptionalLong position =
                    revocations.revokeUnlessEnded(Revocation.subject("ada"), LONGEST, sid("phone"), "ada", seq);

            assertThat(position).isPresent();
            assertThat(revocations.ask(sid("laptop"), "ada", seq)).isEqualTo(Verdict.ENDED);
            assertThat(revocations.ask(sid("phone"), "ada", position.orElseThrow()))
                    .isEqualTo(Verdict.LIVE);
        }

        @Test
        void leaves_nothing_of_the_question_in_memory() {
            WeakReference<String> subject = askedAbout("ada".repeat(2));

            for (int i = 0; subject.get() != null && i < 20; i++) {
                System.gc();
            }
            assertThat(subject.get()).isNull();
        }

        private WeakReference<String> askedAbout(String subject) {
            Revocation phone = Revocation.session(sid("phone"), "ada", end());
            assertThat(revocations.revokeUnlessEnded(phone, LONGEST, sid("phone"), subject, revocations.catchUp()))
                    .isPresent();
            return new WeakReference<>(subject);
        }

        @Test
        void never_widens_to_the_subject() {
            for (int i = 0; i < 70; i++) {
                assertThat(restart(revocations, "session" + i, revocations.catchUp()))
                        .isPresent();
            }
            assertThat(entries()).extracting(Entry::kind).containsOnly(Kind.SESSION);
        }

        @Test
        void of_many_at_once_exactly_one_wins() throws Exception {
            List<Revocations> nodes = List.of(revocations, over(log), over(log));
            long seq = revocations.catchUp();
            for (int round = 0; round < 50; round++) {
                String name = "session" + round;
                List<OptionalLong> outcomes = atOnce(12, n -> restart(nodes.get(n % 3), name, seq));
                assertThat(outcomes).filteredOn(OptionalLong::isPresent).hasSize(1);
            }
        }

        @Test
        void of_two_that_end_the_others_one_is_ended_by_the_other() throws Exception {
            for (int round = 0; round < 50; round++) {
                long seq = revocations.catchUp();
                Revocation others = Revocation.subject("ada");
                List<OptionalLong> outcomes =
                        atOnce(2, n -> revocations.revokeUnlessEnded(others, LONGEST, sid("session" + n), "ada", seq));
                assertThat(outcomes).filteredOn(OptionalLong::isPresent).hasSize(1);
            }
        }

        private interface Numbered {
            OptionalLong call(int number);
        }

        private List<OptionalLong> atOnce(int threads, Numbered action) throws Exception {
            CyclicBarrier together = new CyclicBarrier(threads);
            ExecutorService executor = Executors.newFixedThreadPool(threads);
            try {
                List<Callable<OptionalLong>> calls = new ArrayList<>();
                for (int i = 0; i < threads; i++) {
                    int number = i;
                    calls.add(() -> {
                        together.await();
                        return action.call(number);
                    });
                }
                List<OptionalLong> outcomes = new ArrayList<>();
                for (Future<OptionalLong> future : executor.invokeAll(calls)) {
                    outcomes.add(future.get());
                }
                return outcomes;
            } finally {
                executor.shutdown();
            }
        }
    }

    @Test
    void tells_what_it_is() {
        assertThat(revocations.records()).isTrue();
        assertThat(revocations.forgetsAtRestart()).isTrue();
        signOut("phone", "ada");

        assertThat(revocations.status())
                .isEqualTo(new Revocations.Status("in process", revocations.position(), Duration.ZERO, 1, true));
    }

    @Test
    void tells_how_far_the_log_is_though_nobody_asks_about_a_ticket() {
        revocations.start();
        long first = log.append(new Entry(0, "first", Kind.SUBJECT, null, "ada", 0, end()));
        assertThat(revocations.position()).isEqualTo(first);

        long second = log.append(new Entry(0, "second", Kind.SUBJECT, null, "bob", 0, end()));
        assertThat(revocations.status().position()).isEqualTo(second);
        assertThat(revocations.status().entries()).isEqualTo(2);
    }

    @Test
    void nobody_goes_on_by_an_entry_that_the_log_did_not_keep() {
        CountedLog forgetful = new CountedLog(clock);
        forgetful.forgets = true;

        assertThatThrownBy(() -> over(forgetful)
                        .revokeUnlessEnded(Revocation.subject("ada"), LONGEST, sid("phone"), "ada", clock.millis()))
                .isInstanceOf(StoreUnavailable.class)
                .hasMessageContaining("lost an entry");
    }

    @Test
    void is_made_in_one_step_by_the_clock_of_the_machine() {
        Revocations plain = Revocations.inMemory();
        long seq = plain.catchUp();
        plain.revoke(Revocation.subject("ada"), LONGEST);

        assertThat(plain.ask(sid("phone"), "ada", seq)).isEqualTo(Verdict.ENDED);
        assertThat(plain.ask(sid("phone"), "bob", seq)).isEqualTo(Verdict.LIVE);
    }

    @Test
    void is_exact_even_after_it_was_closed() {
        revocations.start();
        revocations.close();
        signOut("phone", "ada");

        assertThat(revocations.ask(sid("phone"), "ada", 0)).isEqualTo(Verdict.ENDED);
    }

    @Test
    void without_revocations_everything_lives() throws Exception {
        Revocations none = Revocations.none();
        none.start();

        assertThat(none.records()).isFalse();
        assertThat(none.forgetsAtRestart()).isTrue();
        assertThat(none.revoke(Revocation.everyone(), LONGEST)).isZero();
        assertThat(none.revokeUnlessEnded(Revocation.everyone(), LONGEST, sid("a"), "ada", 5))
                .hasValue(0);
        assertThat(none.ask(sid("a"), "ada", 5)).isEqualTo(Verdict.LIVE);
        assertThat(none.askStore(sid("a"), "ada", 5)).isEqualTo(Verdict.LIVE);
        assertThat(none.position()).isZero();
        assertThat(none.catchUp()).isZero();
        assertThat(none.groupEndedAfter("ada", 5)).isFalse();
        assertThat(none.crowded("ada")).isFalse();
        none.onChange(() -> {}).close();
        assertThat(new NoLog().follow(() -> {}))
                .as("what a log without news gives to close")
                .isNotNull();
        assertThat(none.status()).isEqualTo(new Revocations.Status("none", 0, Duration.ZERO, 0, true));
        none.close();
    }
}
