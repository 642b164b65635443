package dev.signet.revocation.redis;

import static dev.signet.revocation.redis.Entries.LONGEST;
import static dev.signet.revocation.redis.Entries.session;
import static dev.signet.revocation.redis.Entries.sid;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.signet.revocation.Revocation;
import dev.signet.revocation.Revocations;
import dev.signet.revocation.StoreUnavailable;
import dev.signet.revocation.Verdict;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** A server that is stopped, or a network that swallows everything: connections stand and nothing comes back. */
@Timeout(60)
class FrozenServerTest {
    private static final Duration SHORT = Duration.ofMillis(300);
    private static final int CALLERS = 60;

    private final Engine engine = Engine.durable();
    private final RedisRevocationLog log =
            RedisRevocationLog.at(engine.address()).timeout(SHORT).open();

    @AfterEach
    void stop() {
        log.close();
        engine.close();
    }

    @Test
    void calls_return_by_themselves() {
        log.append(session("phone"));
        engine.freeze();

        assertThatThrownBy(() -> log.append(session("tablet")))
                .isInstanceOf(StoreUnavailable.class)
                .hasMessage("Redis did not answer in time");
        assertThatThrownBy(() -> log.read(0, 1)).isInstanceOf(StoreUnavailable.class);
        assertThatThrownBy(log::trim).isInstanceOf(StoreUnavailable.class);

        engine.thaw();
        assertThat(log.append(session("tablet"))).isPositive();
    }

    @Test
    void threads_stay_bounded_and_everything_works_again_afterwards() throws Exception {
        try (Revocations revocations = Revocations.on(log).storeTimeout(SHORT).build()) {
            revocations.start();
            long seq = revocations.catchUp();
            engine.freeze();
            ExecutorService people = Executors.newFixedThreadPool(CALLERS);
            List<Future<Long>> signOuts = new ArrayList<>();
            for (int i = 0; i < CALLERS; i++) {
                String name = "frozen" + i;
                signOuts.add(people.submit(() -> signOut(revocations, name)));
            }
            for (Future<Long> signOut : signOuts) {
                assertThatThrownBy(signOut::get)
                        .isInstanceOf(ExecutionException.class)
                        .hasCauseInstanceOf(StoreUnavailable.class);
            }
            people.shutdown();
            assertThat(signetThreads()).hasSizeLessThanOrEqualTo(16 + 3);

            engine.thaw();
            atLast(() -> signOut(revocations, "phone"));
            atLast(revocations::catchUp);
            assertThat(revocations.ask(sid("phone"), "ada", seq)).isEqualTo(Verdict.ENDED);
        }
    }

    private static long signOut(Revocations revocations, String name) {
        return revocations.revoke(Revocation.session(sid(name), "ada", Entries.later()), LONGEST);
    }

    /** As a person would: the first tries may still find the calls that were abandoned. */
    private static void atLast(Runnable call) {
        while (true) {
            try {
                call.run();
                return;
            } catch (StoreUnavailable e) {
                Thread.onSpinWait();
            }
        }
    }

    private static List<String> signetThreads() {
        return Thread.getAllStackTraces().keySet().stream()
                .map(Thread::getName)
                .filter(name -> name.startsWith("signet"))
                .toList();
    }
}
