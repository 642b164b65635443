package dev.signet.revocation;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.signet.revocation.TestStore.Hold;
import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Supplier;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;

class StoreCallsTest {
    private final StoreCalls calls = new StoreCalls(false, Duration.ofSeconds(20));

    /** Returns once the call runs: then the one before it has been dealt with. */
    private void trim(Runnable call) {
        AtomicBoolean runs = new AtomicBoolean();
        while (!runs.get()) {
            calls.trim(() -> {
                runs.set(true);
                call.run();
            });
            Thread.onSpinWait();
        }
    }

    private static void refused() {
        throw new StoreUnavailable("H2 refused: read only");
    }

    private static void broken() {
        throw new IllegalStateException("DELETE FROM t WHERE id = 'secret'");
    }

    @Test
    void a_log_that_cannot_be_trimmed_is_told_once_and_without_what_a_driver_says() {
        String logged = errorOutput(() -> {
            trim(StoreCallsTest::refused);
            trim(StoreCallsTest::refused);
            trim(() -> {});
            trim(() -> {});
            trim(StoreCallsTest::broken);
            trim(StoreCallsTest::broken);
            trim(() -> {});
            trim(() -> {});
        });

        assertThat(logged.lines().map(line -> line.replaceFirst(".* - ", "")))
                .containsExactly(
                        "The revocation log could not be trimmed and grows until it can: H2 refused: read only",
                        "The revocation log can be trimmed again",
                        "The revocation log could not be trimmed and grows until it can: java.lang.IllegalStateException",
                        "The revocation log can be trimmed again");
    }

    @Test
    void a_process_may_end_while_a_call_is_under_way() {
        Thread ofCall = calls.persistently(Thread::currentThread);

        assertThat(ofCall).isNotSameAs(Thread.currentThread()).matches(Thread::isDaemon);
    }

    @Test
    void a_log_of_this_process_is_called_by_the_thread_that_asks() {
        StoreCalls direct = new StoreCalls(true, Duration.ofSeconds(20));
        List<Thread> threads = new ArrayList<>();
        direct.trim(() -> threads.add(Thread.currentThread()));

        assertThat(threads).containsExactly(Thread.currentThread());
        assertThat(direct.persistently(Thread::currentThread)).isSameAs(Thread.currentThread());
    }

    @Nested
    class With_sixteen_calls_under_way {
        private static final int CALLS = StoreCalls.IN_FLIGHT;

        private final List<Thread> callers = new ArrayList<>();
        private final Queue<Thread> inStore = new ConcurrentLinkedQueue<>();
        private final Queue<Object> outcomes = new ConcurrentLinkedQueue<>();

        /** Returns when the calls are in the store, where they stay until they are let go. */
        private Hold hold(StoreCalls of, int number) {
            Hold hold = new Hold();
            CountDownLatch held = new CountDownLatch(number);
            for (int i = 0; i < number; i++) {
                call(of, () -> {
                    inStore.add(Thread.currentThread());
                    held.countDown();
                    hold.pass();
                    return "held";
                });
            }
            assertThat(reached(held)).isTrue();
            return hold;
        }

        private Thread call(StoreCalls of, Supplier<String> call) {
            Thread caller = new Thread(() -> {
                try {
                    outcomes.add(of.persistently(call));
                } catch (StoreUnavailable e) {
                    outcomes.add(e);
                }
            });
            callers.add(caller);
            caller.start();
            return caller;
        }

        private boolean reached(CountDownLatch latch) {
            try {
                return latch.await(20, TimeUnit.SECONDS);
            } catch (InterruptedException e) {
                throw new IllegalStateException(e);
            }
        }

        private void awaitEnd(Iterable<Thread> threads) throws InterruptedException {
            for (Thread thread : threads) {
                thread.join();
            }
        }

        @Test
        void the_next_waits_for_its_turn() throws Exception {
            Hold hold = hold(calls, CALLS);
            StoreTestBase.awaitWaiting(call(calls, () -> "late"));
            assertThat(outcomes).isEmpty();
            hold.release();
            awaitEnd(callers);

            assertThat(outcomes).hasSize(CALLS + 1).containsOnlyOnce("late").containsOnly("held", "late");
        }

        @Test
        void the_next_is_refused_without_waiting_once_one_was_given_up() throws Exception {
            StoreCalls impatient = new StoreCalls(false, Duration.ofMillis(50));
            hold(impatient, CALLS).release();
            awaitEnd(callers);
            awaitEnd(inStore);
            outcomes.clear();
            Hold hold = hold(impatient, CALLS);
            awaitEnd(callers);
            assertThat(outcomes).hasSize(CALLS).hasOnlyElementsOfType(StoreUnavailable.class);

            // Whoever waits while interrupted is told that instead.
            Thread.currentThread().interrupt();
            assertThatThrownBy(() -> impatient.persistently(() -> "refused"))
                    .isInstanceOf(StoreUnavailable.class)
                    .hasMessageContaining("16 calls wait for it already");
            assertThat(Thread.interrupted()).isTrue();
            hold.release();
        }

        @Test
        void who_is_interrupted_does_not_wait_and_stays_interrupted() throws Exception {
            Hold hold = hold(calls, CALLS);
            Thread.currentThread().interrupt();

            assertThatThrownBy(() -> calls.persistently(() -> "refused"))
                    .isInstanceOf(StoreUnavailable.class)
                    .hasMessageStartingWith("Interrupted");
            assertThat(Thread.interrupted()).as("still interrupted").isTrue();
            hold.release();
            awaitEnd(callers);
        }
    }

    @Test
    void any_number_of_calls_are_answered_one_after_the_other_though_some_fail() {
        for (int i = 0; i < 3 * StoreCalls.IN_FLIGHT; i++) {
            assertThatThrownBy(() -> calls.persistently(() -> {
                        throw new IllegalStateException("duplicate key");
                    }))
                    .isInstanceOf(StoreUnavailable.class)
                    .hasRootCauseMessage("duplicate key");
            assertThat(calls.persistently(() -> "answer")).isEqualTo("answer");
        }
    }

    private static String errorOutput(Runnable action) {
        PrintStream original = System.err;
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        System.setErr(new PrintStream(bytes, true, StandardCharsets.UTF_8));
        try {
            action.run();
        } finally {
            System.setErr(original);
        }
        return bytes.toString(StandardCharsets.UTF_8);
    }
}
