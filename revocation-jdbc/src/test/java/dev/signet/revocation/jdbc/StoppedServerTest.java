package dev.signet.revocation.jdbc;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.signet.jdbc.Sql;
import dev.signet.revocation.StoreUnavailable;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.postgresql.ds.PGSimpleDataSource;

/** A server that accepts connections and says nothing: stopped by SIGSTOP. */
@Timeout(60)
class StoppedServerTest {
    private static final Duration SHORT = Duration.ofMillis(300);

    private final PostgresServer server = PostgresServer.shared();

    @BeforeEach
    void ours() {
        assumeTrue(server.ours());
        assumeTrue(!System.getProperty("os.name").startsWith("Windows"));
    }

    @Test
    void every_call_returns_while_it_is_stopped_and_few_threads_wait() throws Exception {
        ExecutorService threads = Executors.newFixedThreadPool(30);
        Set<Thread> others = Thread.getAllStackTraces().keySet();
        try (PostgresDatabase database = new PostgresDatabase()) {
            // Without any timeout of its own, and without a pool.
            PGSimpleDataSource plain = new PGSimpleDataSource();
            plain.setURL(database.url());
            JdbcRevocationLog log = database.closing(JdbcRevocationLog.with(plain)
                    .table(database.table)
                    .timeout(SHORT)
                    .open());
            JdbcRevocationLog pooled =
                    database.closing(database.settings().timeout(SHORT).open());
            pooled.read(0, 1);
            List<Future<?>> calls = new ArrayList<>();
            server.signal("STOP");
            try {
                for (int i = 0; i < 10; i++) {
                    String id = "stopped" + i;
                    calls.add(threads.submit(() -> log.append(Entries.session(id))));
                    calls.add(threads.submit(() -> log.read(0, 10)));
                    calls.add(threads.submit(() -> pooled.read(0, 10)));
                }
                for (Future<?> call : calls) {
                    assertThatThrownBy(call::get).hasCauseInstanceOf(StoreUnavailable.class);
                }
                assertThat(Thread.getAllStackTraces().keySet())
                        .filteredOn(thread -> !others.contains(thread)
                                && thread.isAlive()
                                && thread.getName().equals("signet-jdbc-connect"))
                        .hasSizeLessThanOrEqualTo(2 * 8);
            } finally {
                server.signal("CONT");
            }

            assertThat(append(log)).isPositive();
            assertThat(append(pooled)).isPositive();
        } finally {
            threads.shutdown();
        }
    }

    /** What was stopped may take a moment to answer again. */
    private static long append(JdbcRevocationLog log) {
        while (true) {
            try {
                return log.append(Entries.session("again"));
            } catch (StoreUnavailable e) {
                Thread.onSpinWait();
            }
        }
    }

    @Test
    void a_client_that_falls_silent_within_an_append_does_not_hold_up_the_others() throws Exception {
        HeldCommit held = new HeldCommit();
        ExecutorService threads = Executors.newSingleThreadExecutor();
        try (PostgresDatabase database = new PostgresDatabase()) {
            JdbcRevocationLog silent = database.closing(JdbcRevocationLog.with(held.around(database.source()))
                    .table(database.table)
                    .timeout(SHORT)
                    .open());
            JdbcRevocationLog other = database.closing(
                    database.settings().timeout(Duration.ofSeconds(30)).open());
            held.arm();
            Future<Long> never = threads.submit(() -> silent.append(Entries.session("never")));
            held.awaitReached();

            assertThat(other.append(Entries.session("other"))).isPositive();
            held.release();
            assertThatThrownBy(never::get).hasCauseInstanceOf(StoreUnavailable.class);
            assertThat(other.read(0, 10).entries()).hasSize(1);
        } finally {
            threads.shutdown();
        }
    }

    @Test
    void an_append_gives_up_a_lock_that_is_not_free_in_time() throws Exception {
        for (TestDatabase.Kind kind : TestDatabase.Kind.values()) {
            try (TestDatabase database = kind.create();
                    var connection = database.source().getConnection()) {
                JdbcRevocationLog log =
                        database.closing(database.settings().timeout(SHORT).open());
                connection.setAutoCommit(false);
                Sql.execute(connection, "UPDATE " + database.table + "_head SET pos = pos");

                assertThatThrownBy(() -> log.append(Entries.session("a")))
                        .isInstanceOf(StoreUnavailable.class)
                        .hasMessageContaining("a lock was not free in time");
                connection.rollback();
                assertThat(log.append(Entries.session("a"))).isPositive();
            }
        }
    }
}
