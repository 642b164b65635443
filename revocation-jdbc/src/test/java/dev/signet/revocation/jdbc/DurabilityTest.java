package dev.signet.revocation.jdbc;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import com.zaxxer.hikari.HikariDataSource;
import dev.signet.revocation.RevocationLog.Entry;
import dev.signet.revocation.StoreUnavailable;
import java.io.BufferedReader;
import java.sql.SQLException;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;

class DurabilityTest {
    @Nested
    class H2_in_a_file {
        @Test
        void holds_what_was_acknowledged_before_its_process_was_killed() throws Exception {
            try (TestDatabase database = new H2Database()) {
                Process process = AppendingProcess.start(database.url() + ";USER=sa", database.table, "killed");
                BufferedReader output = AppendingProcess.output(process);
                assertThat(output.readLine()).isEqualTo("ready");
                AppendingProcess.tell(process, 1_000_000);
                Set<String> acknowledged = new HashSet<>();
                while (acknowledged.size() < 300) {
                    acknowledged.add(output.readLine());
                }
                // Not by the process itself, which would close its output.
                process.toHandle().destroyForcibly();
                ProcessesTest.readUntilDone(output, acknowledged);
                process.waitFor();

                assertThat(acknowledged).hasSizeGreaterThanOrEqualTo(300);
                assertThat(database.log().read(0, 1_000_000).entries())
                        .extracting(Entry::id)
                        // A line that the kill cut short.
                        .containsAll(acknowledged.stream()
                                .filter(id -> id.length() == 22)
                                .toList());
            }
        }

        @Test
        void is_durable_and_opens_again_at_the_same_head() {
            try (H2Database database = new H2Database()) {
                long head = appendOne(database);

                assertThat(database.log().read(0, 10).head()).isEqualTo(head);
                assertThat(database.log().durable()).isTrue();
            }
        }

        private long appendOne(H2Database database) {
            try (JdbcRevocationLog log = database.settings().open()) {
                return log.append(Entries.session("a"));
            }
        }

        @Test
        void is_refused_where_it_may_not_be_made_durable() throws Exception {
            try (H2Database database = new H2Database()) {
                database.log();
                database.execute("CREATE USER app PASSWORD 'app'", "GRANT ALL ON SCHEMA PUBLIC TO app");
                try (HikariDataSource app = TestDatabase.pool(database.url(), "app", "app")) {
                    assertThatThrownBy(() -> JdbcRevocationLog.with(app)
                                    .table(database.table)
                                    .open())
                            .isInstanceOf(IllegalStateException.class)
                            .hasMessageContaining("SET WRITE_DELAY 0")
                            .hasMessageContaining("administrator");
                }
            }
        }

        @Test
        void is_made_durable_though_it_was_told_otherwise() throws Exception {
            try (H2Database database = new H2Database()) {
                database.execute("SET WRITE_DELAY 500");
                database.log();

                assertThat(database.single("SELECT SETTING_VALUE FROM INFORMATION_SCHEMA.SETTINGS"
                                + " WHERE SETTING_NAME = 'WRITE_DELAY'"))
                        .isEqualTo("0");
            }
        }
    }

    @Test
    void h2_in_memory_is_not_durable_and_stays_there_while_the_log_is_open() throws Exception {
        for (String url : List.of("jdbc:h2:mem:here", "jdbc:h2:nioMemFS:here")) {
            try (HikariDataSource source = TestDatabase.pool(url, "sa", "")) {
                source.setIdleTimeout(10_000);
                try (JdbcRevocationLog log = JdbcRevocationLog.on(source)) {
                    log.append(Entries.session("a"));
                    source.getHikariPoolMXBean().softEvictConnections();

                    assertThat(log.durable()).isFalse();
                    assertThat(log.read(0, 10).entries()).hasSize(1);
                }
            }
        }
    }

    @Nested
    class PostgreSQL {
        private final PostgresDatabase database = new PostgresDatabase();

        /** A user who may only read and change rows, and whose commits wait for nothing by default. */
        private HikariDataSource carelessUser() throws SQLException {
            database.log();
            String user = "u_" + database.table;
            database.execute(
                    "CREATE ROLE " + user + " LOGIN PASSWORD '" + user + "'",
                    "ALTER ROLE " + user + " SET synchronous_commit = off",
                    "GRANT USAGE ON SCHEMA " + database.table + " TO " + user,
                    "GRANT SELECT, INSERT, UPDATE, DELETE ON ALL TABLES IN SCHEMA " + database.table + " TO " + user);
            return database.closing(TestDatabase.pool(database.url(user), null, null));
        }

        @Test
        void commits_synchronously_whatever_the_user_has_by_default() throws Exception {
            try (database) {
                JdbcRevocationLog log = database.closing(JdbcRevocationLog.with(carelessUser())
                        .table(database.table)
                        .open());
                database.execute("CREATE TABLE seen (setting text); GRANT INSERT ON seen TO PUBLIC;"
                        + " CREATE FUNCTION look() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN INSERT INTO "
                        + database.table + ".seen VALUES (current_setting('synchronous_commit'));"
                        + " RETURN NULL; END $$;"
                        + " CREATE CONSTRAINT TRIGGER at_commit AFTER INSERT ON " + database.table
                        + " DEFERRABLE INITIALLY DEFERRED FOR EACH ROW EXECUTE FUNCTION look()");
                log.append(Entries.session("a"));

                assertThat(database.single("SELECT string_agg(setting, ',') FROM seen"))
                        .isEqualTo("on");
                assertThat(log.durable()).isTrue();
                database.execute("DROP OWNED BY u_" + database.table, "DROP ROLE u_" + database.table);
            }
        }

        @Test
        void holds_what_was_acknowledged_before_it_was_killed_and_goes_on_after() throws Exception {
            PostgresServer server = PostgresServer.shared();
            assumeTrue(server.ours());
            Set<String> acknowledged = ConcurrentHashMap.newKeySet();
            CountDownLatch many = new CountDownLatch(200);
            ExecutorService threads = Executors.newFixedThreadPool(4);
            try (database) {
                JdbcRevocationLog log = database.closing(JdbcRevocationLog.with(carelessUser())
                        .table(database.table)
                        .open());
                List<Future<?>> writers = IntStream.range(0, 4)
                        .<Future<?>>mapToObj(thread -> threads.submit(() -> {
                            for (int i = 0; ; i++) {
                                String id = thread + "-" + i;
                                log.append(Entries.session(id));
                                acknowledged.add(id);
                                many.countDown();
                            }
                        }))
                        .toList();
                many.await();
                server.crash();
                for (Future<?> writer : writers) {
                    assertThatThrownBy(writer::get).hasCauseInstanceOf(StoreUnavailable.class);
                }

                JdbcRevocationLog after = database.log();
                assertThat(after.read(0, 1_000_000).entries())
                        .extracting(Entry::id)
                        .containsAll(acknowledged);
                assertThat(after.append(Entries.session("after")))
                        .isEqualTo(after.read(0, 1).head());
            } finally {
                threads.shutdownNow();
            }
        }
    }
}
