package dev.signet.index.jdbc;

import static org.assertj.core.api.Assertions.assertThat;

import com.zaxxer.hikari.HikariDataSource;
import dev.signet.Keeps;
import dev.signet.Session;
import dev.signet.SessionLimit;
import dev.signet.Sessions;
import dev.signet.TooManySessions;
import dev.signet.keys.KeyRing;
import dev.signet.revocation.RevocationLog;
import dev.signet.revocation.Revocations;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Queue;
import java.util.concurrent.Callable;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** One person signs in many times at once, on two instances with one database and one revocation log. */
@Keeps("S12")
@Timeout(120)
class ParallelSignInsTest {
    private static final int LIMIT = 3;
    private static final int THREADS = 8;
    private static final int EACH = 10;

    private final KeyRing keys = KeyRing.generate();
    private final RevocationLog log = Revocations.memoryLog(InstantSource.system());
    private final ExecutorService threads = Executors.newFixedThreadPool(THREADS + 1);

    @AfterEach
    void stop() {
        threads.shutdownNow();
    }

    private Sessions instance(HikariDataSource source, SessionLimit limit) {
        return Sessions.with(keys)
                .revocations(Revocations.on(log).build())
                .index(JdbcSessionIndex.on(source))
                .limit(limit)
                .build();
    }

    private static Optional<Session> tryToStart(Sessions sessions) {
        try {
            return Optional.of(sessions.start("ada"));
        } catch (TooManySessions refused) {
            return Optional.empty();
        }
    }

    private static boolean isLive(Sessions sessions, Session session) {
        return sessions.verifyAtStore(sessions.issue(session)).active().isPresent();
    }

    private Queue<Session> signInOften(List<Sessions> instances) throws Exception {
        Queue<Session> started = new ConcurrentLinkedQueue<>();
        CyclicBarrier together = new CyclicBarrier(THREADS);
        List<Callable<Boolean>> people = IntStream.range(0, THREADS)
                .<Callable<Boolean>>mapToObj(i -> () -> {
                    together.await();
                    for (int n = 0; n < EACH; n++) {
                        tryToStart(instances.get(i % instances.size())).ifPresent(started::add);
                    }
                    return true;
                })
                .toList();
        for (Future<Boolean> person : threads.invokeAll(people)) {
            assertThat(person.get()).isTrue();
        }
        return started;
    }

    @ParameterizedTest
    @EnumSource
    void no_more_than_the_limit_are_let_in(Databases database) throws Exception {
        try (HikariDataSource source = database.open();
                Sessions one = instance(source, SessionLimit.refusing(LIMIT));
                Sessions other = instance(source, SessionLimit.refusing(LIMIT))) {
            Queue<Session> started = signInOften(List.of(one, other));

            assertThat(started).hasSize(LIMIT).allMatch(session -> isLive(one, session));
            assertThat(one.devices().of("ada")).hasSize(LIMIT);
        }
    }

    @ParameterizedTest
    @EnumSource
    void no_more_than_the_limit_live_when_the_oldest_are_ended(Databases database) throws Exception {
        AtomicBoolean over = new AtomicBoolean();
        try (HikariDataSource source = database.open();
                Sessions one = instance(source, SessionLimit.endingOldest(LIMIT));
                Sessions other = instance(source, SessionLimit.endingOldest(LIMIT));
                JdbcSessionIndex index = JdbcSessionIndex.on(source)) {
            Future<List<Integer>> watched = threads.submit(() -> {
                List<Integer> rows = new ArrayList<>();
                while (!over.get()) {
                    rows.add(index.of("ada").size());
                }
                return rows;
            });
            Queue<Session> started = signInOften(List.of(one, other));
            over.set(true);

            assertThat(watched.get()).allMatch(rows -> rows <= LIMIT);
            assertThat(started).hasSize(THREADS * EACH);
            List<Session> live =
                    started.stream().filter(session -> isLive(other, session)).toList();
            assertThat(live).hasSize(LIMIT);
            assertThat(other.devices().of("ada"))
                    .extracting(row -> row.id())
                    .containsExactlyInAnyOrderElementsOf(
                            live.stream().map(Session::id).toList());
        }
    }
}
