package dev.signet.token;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.signet.Keeps;
import dev.signet.MovableClock;
import dev.signet.TestKeys;
import dev.signet.Threads;
import dev.signet.Tries;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.Test;

/** Derived keys and their ciphers, used by many threads at once. */
class ConcurrencyTest {
    private static final Instant NOW = MovableClock.NOON;
    private static final int THREADS = 8;

    private final Tokens before = new Tokens(held(TestKeys.secret("k1", 1)), "app", "session", false);
    private final Tokens after =
            new Tokens(held(TestKeys.secret("k1", 1), TestKeys.secret("k2", 2)), "app", "session", false);

    private static HeldKeys held(String... keys) {
        return new HeldKeys(TestKeys.ring(keys), new MovableClock(NOW));
    }

    @Test
    @Keeps("K11")
    void threads_that_seal_and_open_under_two_keys_never_mix_anything_up() throws Exception {
        CountDownLatch ready = new CountDownLatch(THREADS);
        ExecutorService threads = Executors.newFixedThreadPool(THREADS);
        List<Future<Integer>> results = new ArrayList<>();
        for (int i = 0; i < THREADS; i++) {
            int thread = i;
            results.add(threads.submit(() -> {
                ready.countDown();
                ready.await();
                return rounds(thread);
            }));
        }
        int faults = 0;
        for (Future<Integer> result : results) {
            faults += result.get();
        }
        threads.shutdown();

        assertThat(faults).isZero();
    }

    private int rounds(int thread) {
        TokenCodec old = before.tickets();
        TokenCodec codec = after.tickets();
        TokenCodec slots = after.slots("cart");
        int faults = 0;
        for (int round = 0; round < 5_000; round++) {
            ObjectNode claims = Trees.JSON.createObjectNode().put("x".repeat(1 + round % 90), thread * 10_000 + round);
            faults += opens(codec, codec.seal(Trees.writing(claims), NOW), claims) ? 0 : 1;
            faults += opens(codec, old.seal(Trees.writing(claims), NOW), claims) ? 0 : 1;
            faults += round % 10 != 0 || opens(slots, slots.seal(Trees.writing(claims), NOW), claims) ? 0 : 1;
        }
        return faults;
    }

    private static boolean opens(TokenCodec codec, String token, JsonNode claims) {
        return codec.open(token, NOW, Trees::read).equals(Opened.of(claims));
    }

    @Test
    void threads_that_make_and_check_csrf_tokens_never_mix_anything_up() throws Exception {
        List<Callable<Integer>> all = new ArrayList<>();
        for (int i = 0; i < THREADS; i++) {
            String sid = "session" + i;
            all.add(() -> {
                int faults = 0;
                for (int round = 0; round < 2_000; round++) {
                    String token = (round % 2 == 0 ? before : after).csrfToken(sid, NOW);
                    faults += after.csrfTokenFits(token, sid, NOW) ? 0 : 1;
                    faults += after.csrfTokenFits(token, sid + round, NOW) ? 1 : 0;
                }
                return faults;
            });
        }

        assertThat(Threads.sum(all)).isZero();
    }

    @Test
    @Keeps("K5")
    @Tries(55)
    void a_hundred_thousand_tokens_have_as_many_ivs() throws Exception {
        TokenCodec codec = before.tickets();
        CountDownLatch ready = new CountDownLatch(THREADS);
        ExecutorService threads = Executors.newFixedThreadPool(THREADS);
        Callable<List<String>> sealing = () -> {
            ready.countDown();
            ready.await();
            return ivs(codec);
        };
        Set<String> ivs = new HashSet<>();
        try {
            for (Future<List<String>> some : threads.invokeAll(Collections.nCopies(THREADS, sealing))) {
                ivs.addAll(some.get());
            }
        } finally {
            threads.shutdown();
        }

        assertThat(ivs).hasSize(100_000).allMatch(iv -> iv.length() == 16);
    }

    private static List<String> ivs(TokenCodec codec) {
        List<String> ivs = new ArrayList<>();
        for (int i = 0; i < 100_000 / THREADS; i++) {
            ivs.add(codec.seal(Trees.writing(Trees.ANY), NOW).split("\\.", -1)[2]);
        }
        return ivs;
    }
}
