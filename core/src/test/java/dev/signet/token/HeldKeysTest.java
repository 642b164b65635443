package dev.signet.token;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;

import dev.signet.Keeps;
import dev.signet.MovableClock;
import dev.signet.PolledVault;
import dev.signet.TestKeys;
import dev.signet.Tries;
import dev.signet.Vault;
import dev.signet.keys.Key;
import dev.signet.keys.KeyRing;
import dev.signet.keys.KeySource;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.FutureTask;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicReference;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;

class HeldKeysTest {
    private static final Instant NOON = MovableClock.NOON;
    private static final Duration SECOND = Duration.ofSeconds(1);
    private static final String OLD = TestKeys.secret("old", 1);
    private static final String NEW = TestKeys.secret("new", 2);

    private final MovableClock clock = MovableClock.atNoon();
    private final Vault vault = new Vault(OLD);
    private final HeldKeys keys = new HeldKeys(KeyRing.from(vault), clock);

    @AfterEach
    void stop_following() {
        keys.close();
    }

    private String primary() {
        return keys.sealing(clock.instant()).id();
    }

    private static HeldKeys fixed(String... jwks) {
        return new HeldKeys(TestKeys.ring(jwks), MovableClock.atNoon());
    }

    @Nested
    class The_primary {

        @ParameterizedTest
        @CsvSource({"-1, new", "0, new", "1, old"})
        void is_the_key_with_the_latest_start_that_has_come(int secondsFromNow, String primary) {
            String next = TestKeys.secret("new", 2, TestKeys.from(NOON.plusSeconds(secondsFromNow)));

            assertThat(fixed(OLD, next).sealing(NOON).id()).isEqualTo(primary);
            assertThat(fixed(next, OLD).sealing(NOON).id()).isEqualTo(primary);
        }

        @ParameterizedTest
        @CsvSource({"-1, old", "0, old", "1, ending"})
        void is_no_key_that_is_not_accepted_any_more(int secondsFromNow, String primary) {
            String ending = TestKeys.secret(
                    "ending", 2, TestKeys.from(NOON.minusSeconds(9)), TestKeys.until(NOON.plusSeconds(secondsFromNow)));

            assertThat(fixed(OLD, ending).sealing(NOON).id()).isEqualTo(primary);
        }

        @Test
        void is_the_same_for_keys_that_were_asked_before_at_other_times() {
            Random random = new Random(51);
            for (int round = 0; round < 200; round++) {
                String[] ring = new String[1 + random.nextInt(4)];
                ring[0] = OLD;
                for (int i = 1; i < ring.length; i++) {
                    Instant from = NOON.plusSeconds(random.nextInt(8));
                    Instant until = random.nextBoolean() ? from.plusSeconds(1 + random.nextInt(8)) : Instant.MAX;
                    ring[i] = until.equals(Instant.MAX)
                            ? TestKeys.secret("k" + i, i + 1, TestKeys.from(from))
                            : TestKeys.secret("k" + i, i + 1, TestKeys.from(from), TestKeys.until(until));
                }
                HeldKeys asked = fixed(ring);
                for (int ask = 0; ask < 20; ask++) {
                    Instant now = NOON.plusMillis(500L * random.nextInt(30));
                    assertThat(asked.sealing(now).id())
                            .as("seed 51, round %d, %s", round, now)
                            .isEqualTo(fixed(ring).sealing(now).id());
                }
            }
        }

        @Test
        void is_the_one_made_later_of_two_that_start_together() {
            String earlier = TestKeys.secret("z", 1, "\"iat\":100");
            String later = TestKeys.secret("a", 2, "\"iat\":200");

            assertThat(fixed(earlier, later).sealing(NOON).id()).isEqualTo("a");
            assertThat(fixed(later, earlier).sealing(NOON).id()).isEqualTo("a");
        }

        @Test
        void of_a_ring_whose_only_key_starts_later_is_missing() {
            HeldKeys early = fixed(TestKeys.secret("k", 1, TestKeys.from(NOON.plus(SECOND))));

            assertThatIllegalStateException()
                    .isThrownBy(() -> early.sealing(NOON))
                    .withMessageContaining("nbf");
            assertThat(early.sealing(NOON.plus(SECOND)).id()).isEqualTo("k");
        }

        @Test
        void that_signs_is_another_than_the_one_that_encrypts() {
            HeldKeys both = fixed(OLD, TestKeys.ecdsa("sign", 0));

            assertThat(both.sealing(NOON).id()).isEqualTo("old");
            assertThat(both.signing(NOON).id()).isEqualTo("sign");
            assertThatIllegalStateException()
                    .isThrownBy(() -> fixed(OLD).signing(NOON))
                    .withMessageContaining("P-256");
            assertThatIllegalStateException()
                    .isThrownBy(() -> fixed(TestKeys.ecdsa("sign", 0)).sealing(NOON));
        }

        @Test
        void seals_at_once_if_it_was_there_at_the_start() {
            assertThat(primary()).isEqualTo("old");
        }

        @Test
        void changes_only_after_a_key_was_held_for_two_polling_intervals() {
            clock.forward(Duration.ofMinutes(7));
            vault.put(OLD, TestKeys.secret("new", 2, TestKeys.from(NOON)));
            keys.refresh();
            assertThat(primary()).isEqualTo("old");

            clock.forward(Vault.POLL.multipliedBy(2).minus(SECOND));
            assertThat(primary()).isEqualTo("old");

            clock.forward(SECOND);
            assertThat(primary()).isEqualTo("new");
        }

        @Test
        void is_counted_from_when_a_key_was_first_seen_not_from_the_last_reading() {
            vault.put(OLD, TestKeys.secret("new", 2, TestKeys.from(NOON)));
            keys.refresh();
            clock.forward(Vault.POLL);
            keys.refresh();
            vault.put(OLD, TestKeys.secret("new", 2, TestKeys.from(NOON)), TestKeys.secret("third", 3));
            keys.refresh();
            clock.forward(Vault.POLL);

            assertThat(primary()).isEqualTo("new");
        }

        @Test
        void is_the_one_held_for_longest_when_none_was_held_long_enough() {
            vault.put(TestKeys.secret("a", 2, TestKeys.from(NOON.minusSeconds(1))));
            keys.refresh();
            clock.forward(SECOND);
            vault.put(
                    TestKeys.secret("a", 2, TestKeys.from(NOON.minusSeconds(1))),
                    TestKeys.secret("b", 3, TestKeys.from(NOON)));
            keys.refresh();

            assertThat(primary()).isEqualTo("a");
        }
    }

    @Nested
    @Keeps("K4")
    @Tries(53)
    class A_reading {

        @Test
        void that_changes_nothing_forgets_nothing() {
            HeldKeys.Held held = keys.held();

            keys.refresh();

            assertThat(keys.held()).isSameAs(held);
        }

        @Test
        void that_removes_a_key_takes_it_away_at_once() {
            vault.put(NEW);
            keys.refresh();

            assertThat(keys.find("old")).isEmpty();
            assertThat(primary()).isEqualTo("new");
        }

        @Test
        void that_drops_a_public_half_is_a_rotation() {
            Vault signing = new Vault(OLD, TestKeys.ecdsa("s2", 1), TestKeys.ecdsaPublic("s1", 0));
            try (HeldKeys signers = new HeldKeys(KeyRing.from(signing), clock)) {
                signing.put(OLD, TestKeys.ecdsa("s2", 1));
                signers.refresh();

                assertThat(signers.find("s1")).isEmpty();
            }
        }

        @Test
        void that_only_changes_a_date_is_a_change() {
            vault.put(TestKeys.secret("old", 1, TestKeys.until(NOON.plusSeconds(60))));
            keys.refresh();

            assertThat(keys.ring().key("old").flatMap(Key::acceptedUntil)).contains(NOON.plusSeconds(60));
        }

        @Test
        void keeps_the_longest_lifetime_of_the_ring() {
            HeldKeys shorter = new HeldKeys(KeyRing.from(vault).withLongestLifetime(Duration.ofDays(3)), clock);
            vault.put(OLD, NEW);
            shorter.refresh();
            shorter.close();

            assertThat(shorter.ring().keys()).hasSize(2);
            assertThat(shorter.ring().longestLifetime()).isEqualTo(Duration.ofDays(3));
        }

        static Stream<String> no_rings() {
            return Stream.of(
                    "",
                    "not JSON",
                    "{\"keys\":[]}",
                    TestKeys.set("{\"kty\":\"oct\",\"k\":\"c2hvcnQ\"}"),
                    TestKeys.set(OLD, OLD),
                    TestKeys.set(TestKeys.ecdsaPublic("p", 0)));
        }

        @ParameterizedTest
        @MethodSource("no_rings")
        void of_no_ring_keeps_the_one_that_is_held(String text) {
            HeldKeys.Held held = keys.held();
            vault.write(text);

            keys.refresh();

            assertThat(keys.held()).isSameAs(held);
        }

        @Test
        void after_a_broken_one_is_taken_again() {
            vault.breakDown();
            keys.refresh();
            keys.refresh();
            assertThat(primary()).isEqualTo("old");

            vault.put(OLD, NEW);
            keys.refresh();
            assertThat(keys.find("new")).isPresent();
        }

        static Stream<String> rings_that_cannot_seal() {
            return Stream.of(
                    TestKeys.set(TestKeys.ecdsa("sign", 0)),
                    TestKeys.set(TestKeys.secret("later", 2, TestKeys.from(NOON.plusSeconds(3600)))));
        }

        @ParameterizedTest
        @MethodSource("rings_that_cannot_seal")
        void of_a_ring_that_cannot_seal_keeps_the_one_that_can(String text) {
            primary();
            vault.write(text);

            keys.refresh();

            assertThat(primary()).isEqualTo("old");
        }
    }

    @Nested
    @Tries({8, 53})
    class An_unknown_key_id {
        private final int readsAtStart = vault.reads();

        private int reads() {
            return vault.reads() - readsAtStart;
        }

        @Test
        void is_looked_up_at_the_source_once() {
            vault.put(OLD, NEW);

            assertThat(keys.find("new")).isPresent();
            assertThat(keys.find("new")).isPresent();
            assertThat(reads()).isEqualTo(1);
        }

        @Test
        void that_is_sought_in_vain_is_not_sought_again() {
            for (int i = 0; i < 100; i++) {
                clock.forward(Vault.POLL);
                assertThat(keys.find("nobody")).isEmpty();
            }

            assertThat(reads()).isEqualTo(1);
        }

        @Test
        void is_sought_again_once_the_ring_has_changed() {
            keys.find("new");
            vault.put(OLD, TestKeys.secret("third", 3));
            keys.refresh();
            vault.put(OLD, NEW);

            assertThat(keys.find("new")).isPresent();
        }

        @Test
        void costs_three_readings_in_a_polling_interval_however_many_come() {
            for (int i = 0; i < 1000; i++) {
                keys.find("stranger" + i);
            }
            assertThat(reads()).isEqualTo(3);

            clock.forward(Vault.POLL.minus(SECOND));
            keys.find("stranger1001");
            assertThat(reads()).isEqualTo(3);

            clock.forward(SECOND);
            for (int i = 0; i < 1000; i++) {
                keys.find("other" + i);
            }
            assertThat(reads()).isEqualTo(6);
        }

        @Test
        void is_remembered_as_one_of_1024() {
            for (int i = 0; i < 1100; i++) {
                clock.forward(Vault.POLL);
                keys.find("s" + i);
            }
            assertThat(reads()).isEqualTo(1100);

            for (int i = 0; i < 1024; i++) {
                keys.find("s" + i);
            }
            assertThat(reads()).isEqualTo(1100);

            clock.forward(Vault.POLL);
            keys.find("s1024");
            assertThat(reads()).isEqualTo(1101);
        }

        @Test
        void costs_nothing_where_the_ring_has_no_source() {
            assertThat(fixed(OLD).find("nobody")).isEmpty();
        }

        @Test
        void is_looked_up_by_one_thread_after_the_other() throws Exception {
            inAnotherThread(() -> keys.find("nobody"));
            inAnotherThread(keys::refresh);
            vault.put(OLD, NEW);

            assertThat(keys.find("new")).isPresent();
        }

        private void inAnotherThread(Runnable action) throws InterruptedException {
            Thread thread = new Thread(action);
            thread.start();
            thread.join();
        }

        @Test
        void is_just_unknown_to_whoever_would_have_to_wait_for_a_slow_source() throws Exception {
            SlowVault slow = new SlowVault();
            try (HeldKeys waiting = new HeldKeys(KeyRing.from(slow), clock)) {
                Thread first = slow.heldReaderOf(waiting);

                assertThat(waiting.find("old")).isPresent();
                assertThat(waiting.find("new")).isEmpty();
                Thread.currentThread().interrupt();
                assertThat(waiting.find("new")).isEmpty();
                assertThat(Thread.interrupted()).isTrue();

                slow.release();
                first.join();
                assertThat(waiting.find("new")).isPresent();
            }
        }

        /** Whoever gets no turn on a busy processor for a quarter of a second gives up waiting, and tries again. */
        @Test
        void is_found_by_whoever_waited_for_another_threads_reading() throws Exception {
            Optional<Key> found = Optional.empty();
            for (int i = 0; found.isEmpty() && i < 20; i++) {
                found = soughtDuringAReading();
            }
            assertThat(found).isPresent();
        }

        private Optional<Key> soughtDuringAReading() throws Exception {
            SlowVault slow = new SlowVault();
            try (HeldKeys waiting = new HeldKeys(KeyRing.from(slow), clock)) {
                Thread reader = slow.heldReaderOf(waiting);
                FutureTask<Optional<Key>> seeking = new FutureTask<>(() -> waiting.find("new"));
                Thread seeker = new Thread(seeking);
                seeker.start();
                while (seeker.isAlive() && seeker.getState() != Thread.State.TIMED_WAITING) {
                    Thread.onSpinWait();
                }
                slow.release();
                reader.join();
                return seeking.get();
            }
        }

        @Test
        void of_a_broken_source_is_just_unknown() {
            vault.breakDown();

            assertThat(keys.find("new")).isEmpty();
            assertThat(keys.find("old")).isPresent();
        }
    }

    @Nested
    class A_source {

        @Test
        void is_read_again_by_a_daemon_until_the_tokens_are_closed() throws Exception {
            PolledVault polled = new PolledVault();
            Tokens tokens = new Tokens(new HeldKeys(KeyRing.from(polled), clock), "app", "session", false);
            assertThat(polled.reader().isDaemon()).isTrue();

            tokens.close();

            assertThat(polled.isLeftAlone()).isTrue();
        }

        @Test
        void that_throws_an_error_is_read_again() {
            AtomicReference<Error> error = new AtomicReference<>();
            AtomicReference<String> text = new AtomicReference<>(TestKeys.set(OLD));
            KeySource source = () -> {
                Error now = error.get();
                if (now != null) {
                    throw now;
                }
                return text.get();
            };
            try (HeldKeys held = new HeldKeys(KeyRing.from(source), clock)) {
                error.set(new NoClassDefFoundError("vault"));
                held.refresh();
                assertThat(held.find("new")).isEmpty();

                error.set(null);
                text.set(TestKeys.set(NEW));
                held.refresh();
                assertThat(held.find("old")).isEmpty();
                assertThat(held.find("new")).isPresent();
            }
        }

        @Test
        void that_fails_is_warned_of_when_that_begins_and_when_it_ends() {
            vault.breakDown();
            assertThat(said(keys::refresh))
                    .singleElement()
                    .asString()
                    .contains("vault cannot be used", "the vault is closed");
            assertThat(said(keys::refresh)).isEmpty();

            vault.put(OLD);
            assertThat(said(keys::refresh)).singleElement().asString().contains("vault can be read again");
            assertThat(said(keys::refresh)).isEmpty();
        }

        private List<String> said(Runnable action) {
            ByteArrayOutputStream log = new ByteArrayOutputStream();
            PrintStream before = System.err;
            System.setErr(new PrintStream(log, true, StandardCharsets.UTF_8));
            try {
                action.run();
            } finally {
                System.setErr(before);
            }
            return log.toString(StandardCharsets.UTF_8)
                    .lines()
                    .filter(line -> line.contains("HeldKeys"))
                    .toList();
        }
    }

    /** Has a new key, once it answers. */
    private static final class SlowVault implements KeySource {
        private final CountDownLatch reading = new CountDownLatch(1);
        private final CountDownLatch released = new CountDownLatch(1);
        private volatile boolean holds;

        /** A thread that reads this for the keys, and waits until it is released. */
        Thread heldReaderOf(HeldKeys keys) throws InterruptedException {
            holds = true;
            Thread reader = new Thread(keys::refresh);
            reader.start();
            assertThat(reading.await(10, TimeUnit.SECONDS)).isTrue();
            return reader;
        }

        void release() {
            released.countDown();
        }

        @Override
        public String read() throws IOException {
            if (!holds) {
                return TestKeys.set(OLD);
            }
            reading.countDown();
            try {
                if (!released.await(10, TimeUnit.SECONDS)) {
                    throw new IOException("nobody released it");
                }
            } catch (InterruptedException stopped) {
                throw new IOException(stopped);
            }
            return TestKeys.set(OLD, NEW);
        }

        @Override
        public Duration pollInterval() {
            return Vault.POLL;
        }
    }
}
