package dev.signet.revocation;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.signet.Keeps;
import dev.signet.Tries;
import dev.signet.revocation.RevocationListener.Event;
import dev.signet.revocation.RevocationLog.Kind;
import dev.signet.revocation.TestStore.Hold;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.function.Consumer;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;

class RevocationsOnStoreTest extends StoreTestBase {
    @Nested
    class A_node {
        @Test
        void knows_all_before_it_answers() {
            node().revoke(session("phone"), LONGEST);

            assertThat(node().ask(sid("phone"), "ada", 0)).isEqualTo(Verdict.ENDED);
        }

        @Test
        void starts_by_itself_with_whatever_it_is_first_used_for() {
            long seq = node().catchUp();
            startsWith(node -> assertThat(node.ask(sid("phone"), "ada", seq)).isEqualTo(Verdict.LIVE));
            startsWith(
                    node -> assertThat(node.askStore(sid("phone"), "ada", seq)).isEqualTo(Verdict.LIVE));
            startsWith(node -> assertThat(node.position()).isEqualTo(seq));
            startsWith(node -> assertThat(node.catchUp()).isEqualTo(seq));
            startsWith(node -> assertThat(node.status().position()).isEqualTo(seq));
            startsWith(
                    node -> assertThat(node.revoke(session("tablet"), LONGEST)).isGreaterThan(seq));
            startsWith(node ->
                    assertThat(node.revokeExactly(session("desk"), LONGEST)).isGreaterThan(seq));
            startsWith(node -> assertThat(node.revokeUnlessEnded(session("laptop"), LONGEST, sid("laptop"), "ada", seq))
                    .isPresent());
        }

        private void startsWith(Consumer<Revocations> use) {
            store.reads.set(0);
            Revocations revocations = settings().build();
            try {
                assertThat(store.reads).hasValue(0);
                use.accept(revocations);
                assertThat(store.reads).hasPositiveValue();
            } finally {
                revocations.close();
            }
        }

        @Test
        void tells_what_it_is() {
            Revocations closed = node();
            Revocations open = started(settings().failOpen());

            assertThat(closed.forgetsAtRestart()).isFalse();
            assertThat(closed.status().mode()).isEqualTo("fail closed");
            assertThat(open.status().mode()).isEqualTo("fail open");
        }

        @Test
        void knows_at_once_what_it_ended_to_go_on_with_something_else() {
            Revocations revocations = node();
            long position = revocations.revokeExactly(session("phone"), LONGEST);

            assertThat(revocations.position()).isEqualTo(position);
            assertThat(revocations.ask(sid("phone"), "ada", position)).isEqualTo(Verdict.ENDED);
        }

        @Test
        @Keeps("R3")
        void learns_what_others_recorded_when_it_reads() {
            Revocations one = node();
            Revocations other = node();
            long seq = other.catchUp();
            one.revoke(session("phone"), LONGEST);
            assertThat(other.ask(sid("phone"), "ada", seq)).isEqualTo(Verdict.LIVE);

            assertThat(other.askStore(sid("phone"), "ada", seq)).isEqualTo(Verdict.ENDED);
            assertThat(other.ask(sid("phone"), "ada", seq)).isEqualTo(Verdict.ENDED);
        }

        @Test
        void reads_when_the_store_says_that_something_changed() throws Exception {
            Revocations one = node();
            Revocations other = node();
            long seq = other.catchUp();
            CountDownLatch changed = new CountDownLatch(1);
            other.onChange(changed::countDown);
            one.revoke(session("phone"), LONGEST);
            store.awaitFollowers(2);
            store.push();

            changed.await();
            assertThat(other.ask(sid("phone"), "ada", seq)).isEqualTo(Verdict.ENDED);
        }

        @Test
        void catches_up_for_a_ticket_from_beyond_what_it_knows() {
            Revocations one = node();
            Revocations other = node();
            one.revoke(session("phone"), LONGEST);
            long seq = one.catchUp();
            assertThat(seq).isGreaterThan(other.position());

            assertThat(other.ask(sid("new"), "bob", seq)).isEqualTo(Verdict.LIVE);
            assertThat(other.position()).isEqualTo(seq);
        }

        @Test
        void goes_on_reading_after_a_listener_failed() {
            Revocations revocations = node();
            revocations.onChange(() -> {
                throw new IllegalStateException("listener");
            });
            revocations.revoke(session("phone"), LONGEST);
            revocations.revoke(session("laptop"), LONGEST);

            assertThat(revocations.ask(sid("laptop"), "ada", 0)).isEqualTo(Verdict.ENDED);
        }
    }

    @Nested
    @Keeps({"R2", "R3"})
    @Tries(51)
    class Past_the_staleness_bound {
        private long seq;

        private Revocations aged(RevocationsBuilder settings, Duration by) {
            Revocations revocations = started(settings);
            revocations.revoke(session("phone"), LONGEST);
            seq = revocations.catchUp();
            clock.advance(by);
            return revocations;
        }

        private Verdict ask(Revocations revocations) {
            return revocations.ask(sid("laptop"), "ada", seq);
        }

        @Test
        void is_undecided_to_the_nanosecond() {
            assertThat(ask(aged(settings(), BOUND.minusMillis(1)))).isEqualTo(Verdict.LIVE);
            assertThat(ask(aged(settings(), BOUND))).isEqualTo(Verdict.LIVE);
            assertThat(ask(aged(settings(), BOUND.plusMillis(1)))).isEqualTo(Verdict.UNDECIDED);
        }

        @Test
        void the_wall_clock_counts_where_the_monotonic_one_stood_still() {
            Revocations revocations = aged(settings(), Duration.ZERO);
            clock.moveWallClock(BOUND.plusMillis(1));

            assertThat(ask(revocations)).isEqualTo(Verdict.UNDECIDED);
        }

        @Test
        void the_monotonic_clock_counts_where_the_wall_clock_was_set_back() {
            Revocations revocations = aged(settings(), BOUND.plusMillis(1));
            clock.moveWallClock(BOUND.negated());

            assertThat(ask(revocations)).isEqualTo(Verdict.UNDECIDED);
        }

        @Test
        void what_has_ended_stays_ended() {
            assertThat(aged(settings(), BOUND.multipliedBy(2)).ask(sid("phone"), "ada", seq))
                    .isEqualTo(Verdict.ENDED);
        }

        @Test
        @Keeps("L2")
        void the_loss_and_the_return_of_the_store_are_told_once() {
            Revocations revocations = aged(settings(), BOUND.plusMillis(1));
            events.clear();
            for (int i = 0; i < 10; i++) {
                ask(revocations);
            }
            assertThat(events).containsExactly(Event.STORE_LOST);
            assertThat(revocations.status().answering()).isFalse();
            assertThat(revocations.status().staleness()).isEqualTo(BOUND.plusMillis(1));

            revocations.catchUp();
            revocations.catchUp();

            assertThat(events).containsExactly(Event.STORE_LOST, Event.STORE_FOUND);
            assertThat(ask(revocations)).isEqualTo(Verdict.LIVE);
            assertThat(revocations.status().answering()).isTrue();
        }

        @Test
        void a_store_that_is_down_is_no_answer() {
            Revocations revocations = aged(settings(), BOUND.plusMillis(1));
            store.down = true;

            assertThat(revocations.askStore(sid("laptop"), "ada", seq)).isEqualTo(Verdict.UNDECIDED);
            assertThatThrownBy(revocations::catchUp).isInstanceOf(StoreUnavailable.class);
            assertThatThrownBy(() -> revocations.revoke(session("laptop"), LONGEST))
                    .isInstanceOf(StoreUnavailable.class);
        }

        @Test
        void fail_open_answers_from_what_is_known_except_where_the_store_is_asked() {
            Revocations revocations = aged(settings().failOpen(), BOUND.plusMillis(1));
            store.down = true;

            assertThat(ask(revocations)).isEqualTo(Verdict.LIVE);
            assertThat(revocations.ask(sid("phone"), "ada", seq)).isEqualTo(Verdict.ENDED);
            assertThat(revocations.ask(sid("laptop"), "ada", seq + 1)).isEqualTo(Verdict.LIVE);
            assertThat(revocations.catchUp()).isEqualTo(seq);
            assertThat(revocations.askStore(sid("laptop"), "ada", seq)).isEqualTo(Verdict.UNDECIDED);
            assertThatThrownBy(() -> revocations.revoke(session("laptop"), LONGEST))
                    .isInstanceOf(StoreUnavailable.class);
        }
    }

    @Nested
    @Keeps("R2")
    @Tries(51)
    class Started_without_a_store {
        @Test
        void is_undecided_until_the_log_was_read() {
            store.down = true;
            Revocations revocations = node();
            assertThat(revocations.ask(sid("laptop"), "ada", 0)).isEqualTo(Verdict.UNDECIDED);
            assertThat(events).containsExactly(Event.STORE_LOST);

            store.down = false;
            long seq = revocations.catchUp();
            assertThat(revocations.ask(sid("laptop"), "ada", seq)).isEqualTo(Verdict.LIVE);
            assertThat(events).containsExactly(Event.STORE_LOST, Event.FOUND_EMPTY, Event.STORE_FOUND);
        }

        @Test
        void fails_closed_even_under_fail_open() {
            store.down = true;
            Revocations revocations = started(settings().failOpen());

            assertThat(revocations.ask(sid("laptop"), "ada", 0)).isEqualTo(Verdict.UNDECIDED);
            assertThatThrownBy(revocations::catchUp).isInstanceOf(StoreUnavailable.class);
        }

        @Test
        void does_not_wait_long_for_one_that_hangs() {
            store.readHold = new Hold();
            Revocations revocations = started(impatient());

            assertThat(revocations.ask(sid("laptop"), "ada", 0)).isEqualTo(Verdict.UNDECIDED);
            assertThat(events).containsExactly(Event.STORE_LOST);
        }
    }

    @Nested
    @Keeps("R5")
    @Tries(51)
    class An_append_that_fails {
        private Revocations revocations;
        private int before;

        private void revokePhone() {
            revocations = node();
            before = store.entries().size();
            revocations.revoke(session("phone"), LONGEST);
        }

        @Test
        void after_it_was_recorded_is_tried_again_and_recorded_once() {
            store.failAfterRecording(1);
            store.durable = false;
            revokePhone();

            assertThat(store.entries()).hasSize(before + 1);
            assertThat(revocations.ask(sid("phone"), "ada", 0)).isEqualTo(Verdict.ENDED);
        }

        @Test
        void before_it_was_recorded_is_tried_again() {
            store.failBeforeRecording(1);
            store.durable = false;
            revokePhone();

            assertThat(store.entries()).hasSize(before + 1);
        }

        @Test
        void twice_is_an_error_to_the_caller() {
            store.failBeforeRecording(2);
            store.durable = false;

            assertThatThrownBy(this::revokePhone).isInstanceOf(StoreUnavailable.class);
            assertThat(store.entries()).isEmpty();
        }

        @Test
        void by_not_answering_is_an_error_and_may_be_repeated() {
            Revocations hasty = started(impatient());
            before = store.entries().size();
            store.appendHold = new Hold();
            assertThatThrownBy(() -> hasty.revoke(session("phone"), LONGEST)).isInstanceOf(StoreUnavailable.class);

            store.letGo();
            Revocations patient = node();
            patient.revoke(session("phone"), LONGEST);
            assertThat(store.entries()).hasSize(before + 1);
        }

        @Test
        void leaves_whoever_wanted_to_go_on_without_a_ticket() {
            revocations = node();
            store.down = true;

            assertThatThrownBy(() -> revocations.revokeUnlessEnded(
                            session("phone"), LONGEST, sid("phone"), "ada", clock.millis()))
                    .isInstanceOf(StoreUnavailable.class);
        }
    }

    @Nested
    class Reading {
        @Test
        void is_shared_by_all_who_ask_before_it_starts() throws Exception {
            Revocations revocations = node();
            Hold hold = new Hold();
            store.readHold = hold;
            store.reads.set(0);
            int askers = 20;
            CountDownLatch asked = new CountDownLatch(askers);
            ExecutorService executor = Executors.newFixedThreadPool(askers + 1);
            try {
                Future<Long> first = executor.submit(revocations::catchUp);
                hold.awaitReached();
                List<Future<Long>> others = new ArrayList<>();
                List<Thread> threads = new ArrayList<>();
                for (int i = 0; i < askers; i++) {
                    others.add(executor.submit(() -> {
                        synchronized (threads) {
                            threads.add(Thread.currentThread());
                        }
                        asked.countDown();
                        return revocations.catchUp();
                    }));
                }
                asked.await();
                threads.forEach(StoreTestBase::awaitWaiting);
                long recorded = store.append(new RevocationLog.Entry(0, "x", Kind.EVERYONE, null, null, 0, end()));
                store.letGo();

                first.get();
                for (Future<Long> other : others) {
                    assertThat(other.get()).isEqualTo(recorded);
                }
                assertThat(store.reads).hasValue(2);
            } finally {
                executor.shutdown();
            }
        }
    }

    @Nested
    @Tries(51)
    class A_store_that_hangs {
        @Test
        void lets_nobody_wait_for_a_read_that_others_gave_up_on() {
            Revocations revocations = node();
            Hold hold = new Hold();
            store.readHold = hold;
            CompletableFuture<Long> first = CompletableFuture.supplyAsync(revocations::catchUp);
            hold.awaitReached();
            clock.advance(Duration.ofSeconds(21));

            assertThatThrownBy(revocations::catchUp)
                    .isInstanceOf(StoreUnavailable.class)
                    .hasMessage("The revocation log does not answer");
            store.letGo();
            first.join();
        }

        @Test
        void costs_no_more_than_sixteen_appends_and_one_read() throws Exception {
            Revocations revocations = started(impatient());
            long seq = revocations.catchUp();
            Hold hold = new Hold();
            store.appendHold = hold;
            store.readHold = hold;
            int before = store.reads.get();
            List<CompletableFuture<Void>> callers = new ArrayList<>();
            ExecutorService executor = Executors.newFixedThreadPool(50);
            try {
                for (int i = 0; i < 200; i++) {
                    String name = "session" + i;
                    callers.add(CompletableFuture.runAsync(
                            () -> assertThatThrownBy(() -> revocations.revoke(session(name), LONGEST))
                                    .isInstanceOf(StoreUnavailable.class),
                            executor));
                    callers.add(CompletableFuture.runAsync(
                            () -> assertThat(revocations.askStore(sid(name), "ada", seq))
                                    .isEqualTo(Verdict.UNDECIDED),
                            executor));
                }
                CompletableFuture.allOf(callers.toArray(CompletableFuture[]::new))
                        .get();

                assertThat(store.appendsInFlight.get()).isBetween(1, StoreCalls.IN_FLIGHT);
                assertThat(store.reads.get() - before).isEqualTo(1);
                assertThat(revocations.ask(sid("any"), "ada", seq)).isEqualTo(Verdict.LIVE);
            } finally {
                executor.shutdown();
            }
            store.letGo();
            Revocations afterwards = node();
            afterwards.revoke(session("phone"), LONGEST);
            assertThat(afterwards.ask(sid("phone"), "ada", seq)).isEqualTo(Verdict.ENDED);
        }
    }

    @Test
    void settings_that_cannot_work_are_refused() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> Revocations.on(store)
                        .pollInterval(Duration.ofSeconds(5))
                        .build())
                .withMessageContaining("stalenessBound");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> Revocations.on(store).storeTimeout(Duration.ZERO))
                .withMessageContaining("storeTimeout");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> Revocations.on(store).maxEntries(9))
                .withMessageContaining("at least 10");
        assertThat(Revocations.on(store).maxEntries(10).settings().maxEntries()).isEqualTo(10);
    }

    @Test
    void closed_it_refuses() {
        Revocations revocations = node();
        revocations.close();

        assertThatThrownBy(revocations::catchUp).isInstanceOf(StoreUnavailable.class);
    }
}
