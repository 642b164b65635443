package dev.signet.revocation;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.signet.revocation.RevocationListener.Event;
import dev.signet.revocation.TestStore.Hold;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;

class PollingFollowerTest extends StoreTestBase {
    @Nested
    class Reading {
        @Test
        void goes_on_at_each_poll_interval_though_the_store_says_nothing() throws Exception {
            Revocations other = started(settings().pollInterval(Duration.ofMillis(1)));
            CountDownLatch changed = new CountDownLatch(1);
            other.onChange(changed::countDown);
            node().revoke(session("phone"), LONGEST);

            assertThat(changed.await(20, TimeUnit.SECONDS)).isTrue();
            assertThat(other.ask(sid("phone"), "ada", 0)).isEqualTo(Verdict.ENDED);
        }

        @Test
        void tells_nobody_that_nothing_was_new() {
            Revocations revocations = node();
            AtomicInteger changes = new AtomicInteger();
            revocations.catchUp();
            revocations.onChange(changes::incrementAndGet);
            revocations.catchUp();
            revocations.catchUp();

            assertThat(changes).hasValue(0);
        }

        @Test
        void in_vain_is_told_once_the_bound_has_passed_though_nobody_asks_about_a_ticket() {
            Revocations revocations = node();
            events.clear();
            store.down = true;
            clock.advance(BOUND.plusMillis(1));
            assertThatThrownBy(revocations::catchUp).isInstanceOf(StoreUnavailable.class);

            assertThat(events).containsExactly(Event.STORE_LOST);
        }

        @Test
        void is_waited_for_until_it_took_longer_than_the_store_may() {
            Revocations revocations = node();
            clock.advance(Duration.ofHours(1));
            Hold hold = new Hold();
            store.readHold = hold;
            CompletableFuture<Long> first = CompletableFuture.supplyAsync(revocations::catchUp);
            hold.awaitReached();
            clock.advance(Duration.ofSeconds(20));
            CompletableFuture<Long> second = new CompletableFuture<>();
            Thread waiting = new Thread(() -> {
                try {
                    second.complete(revocations.catchUp());
                } catch (StoreUnavailable e) {
                    second.completeExceptionally(e);
                }
            });
            waiting.start();
            awaitWaiting(waiting);
            store.letGo();

            assertThat(second).succeedsWithin(20, TimeUnit.SECONDS);
            first.join();
        }

        @Test
        void is_not_waited_for_by_who_is_interrupted() {
            Revocations revocations = node();
            store.readHold = new Hold();
            Thread.currentThread().interrupt();

            assertThatThrownBy(revocations::catchUp)
                    .isInstanceOf(StoreUnavailable.class)
                    .hasMessageStartingWith("Interrupted");
            assertThat(Thread.interrupted()).as("still interrupted").isTrue();
        }
    }

    @Nested
    class Starting {
        @Test
        void with_a_store_that_hangs_is_told_though_nobody_asks() {
            store.readHold = new Hold();
            started(impatient());

            assertThat(events).containsExactly(Event.STORE_LOST);
        }

        @Test
        void after_closing_reads_nothing() {
            Revocations revocations = settings().build();
            revocations.close();
            revocations.start();

            assertThat(store.reads).hasValue(0);
        }
    }

    @Nested
    class Closing {
        @Test
        void ends_the_thread_and_what_the_store_was_asked_to_tell() throws Exception {
            Revocations revocations = node();
            store.awaitFollowers(1);
            Thread reader = store.reader;
            awaitWaiting(reader);
            assertThat(reader.isDaemon()).isTrue();
            revocations.close();

            assertEnds(reader);
            assertThat(store.followers()).isZero();
            assertThat(store.closed).isTrue();
        }

        @Test
        void while_the_store_is_being_asked_to_tell_ends_that_too() throws Exception {
            Hold hold = new Hold();
            store.followHold = hold;
            Revocations revocations = node();
            hold.awaitReached();
            Thread reader = store.reader;
            revocations.close();
            store.letGo();

            assertEnds(reader);
            assertThat(store.followers()).isZero();
        }

        private void assertEnds(Thread thread) throws InterruptedException {
            thread.join(TimeUnit.SECONDS.toMillis(20));
            assertThat(thread.isAlive()).isFalse();
        }
    }
}
