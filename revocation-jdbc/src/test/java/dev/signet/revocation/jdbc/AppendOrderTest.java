package dev.signet.revocation.jdbc;

import static org.assertj.core.api.Assertions.assertThat;

import dev.signet.revocation.Revocation;
import dev.signet.revocation.RevocationLog.Entry;
import dev.signet.revocation.RevocationLog.Page;
import dev.signet.revocation.Revocations;
import dev.signet.revocation.Verdict;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class AppendOrderTest {
    private static final Duration PATIENT = Duration.ofMinutes(1);

    @ParameterizedTest
    @EnumSource
    void nobody_overtakes_an_append_that_has_its_position_and_is_not_committed(TestDatabase.Kind kind)
            throws Exception {
        HeldCommit held = new HeldCommit();
        ExecutorService threads = Executors.newCachedThreadPool();
        try (TestDatabase database = kind.create()) {
            JdbcRevocationLog first = database.closing(JdbcRevocationLog.with(held.around(database.source()))
                    .table(database.table)
                    .timeout(PATIENT)
                    .open());
            JdbcRevocationLog others =
                    database.closing(database.settings().timeout(PATIENT).open());
            Revocations reader = database.closing(Revocations.on(database.log())
                    .pollInterval(Duration.ofHours(1))
                    .stalenessBound(Duration.ofHours(2))
                    .storeTimeout(PATIENT)
                    .build());
            reader.start();
            held.arm();
            Future<Long> one = threads.submit(() -> first.append(Entries.subject("one", "ada", 0, Entries.later())));
            held.awaitReached();
            List<Future<Long>> three = new ArrayList<>();
            for (int i = 0; i < 3; i++) {
                Entry entry = Entries.session("other" + i);
                three.add(threads.submit(() -> others.append(entry)));
            }
            database.awaitBlocked(3);

            // A sign-in while the sign-out everywhere is on its way: that one lies above it, and ends it.
            long seq = reader.catchUp();
            Page meanwhile = others.read(0, 10);
            assertThat(meanwhile.entries()).extracting(Entry::id).containsExactly("first");
            assertThat(three).noneMatch(Future::isDone);
            held.release();

            assertThat(one.get()).isGreaterThan(seq).isGreaterThan(meanwhile.head());
            for (Future<Long> other : three) {
                assertThat(other.get()).isGreaterThan(one.get());
            }
            assertThat(reader.catchUp()).isGreaterThan(seq);
            assertThat(reader.ask(Entries.sid("phone"), "ada", seq)).isEqualTo(Verdict.ENDED);
            assertThat(reader.ask(Entries.sid("other0"), "ada", seq)).isEqualTo(Verdict.ENDED);
            assertThat(others.read(0, 10).entries())
                    .hasSize(5)
                    .extracting(Entry::position)
                    .isSorted();
        } finally {
            held.release();
            threads.shutdown();
        }
    }

    @ParameterizedTest
    @EnumSource
    void an_entry_told_twice_at_once_is_recorded_once(TestDatabase.Kind kind) throws Exception {
        ExecutorService threads = Executors.newFixedThreadPool(6);
        try (TestDatabase database = kind.create()) {
            JdbcRevocationLog log = database.log();
            for (int round = 0; round < 10; round++) {
                Entry entry = Entries.session("entry" + round);
                List<Future<Long>> positions = new ArrayList<>();
                for (int i = 0; i < 6; i++) {
                    positions.add(threads.submit(() -> log.append(entry)));
                }
                for (Future<Long> position : positions) {
                    assertThat(position.get()).isEqualTo(positions.get(0).get());
                }
            }
            assertThat(log.read(0, 100).entries()).hasSize(10);
        } finally {
            threads.shutdown();
        }
    }

    @ParameterizedTest
    @EnumSource
    void positions_go_on_from_a_head_that_is_ahead_of_the_clock(TestDatabase.Kind kind) throws Exception {
        try (TestDatabase database = kind.create()) {
            JdbcRevocationLog log = database.log();
            long ahead = log.append(Entries.session("a")) + Duration.ofDays(1).toMillis();
            database.execute("UPDATE " + database.table + "_head SET pos = " + ahead);

            assertThat(log.read(0, 10).head()).isEqualTo(ahead);
            assertThat(log.append(Entries.session("b"))).isEqualTo(ahead + 1);
            assertThat(log.append(Entries.session("c"))).isEqualTo(ahead + 2);
        }
    }

    @ParameterizedTest
    @EnumSource
    void a_revocation_is_in_force_on_another_node_after_its_catch_up(TestDatabase.Kind kind) {
        try (TestDatabase database = kind.create();
                Revocations one = Revocations.on(database.log()).build();
                Revocations other = Revocations.on(database.log()).build()) {
            one.revoke(Revocation.session(Entries.sid("phone"), "ada"), Entries.LONGEST);
            long seq = other.catchUp();

            assertThat(other.ask(Entries.sid("phone"), "ada", seq)).isEqualTo(Verdict.ENDED);
            assertThat(other.ask(Entries.sid("laptop"), "ada", seq)).isEqualTo(Verdict.LIVE);
        }
    }
}
