package dev.signet.revocation.jdbc;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.zaxxer.hikari.HikariDataSource;
import dev.signet.revocation.Revocation;
import dev.signet.revocation.Revocations;
import dev.signet.revocation.StoreUnavailable;
import dev.signet.revocation.Verdict;
import java.nio.file.Path;
import java.time.Duration;
import java.util.UUID;
import org.h2.jdbcx.JdbcDataSource;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A database that cannot be used when the application starts. */
class UnreachableTest {
    private static final String CANARY = "canary-password";

    @TempDir
    private Path folder;

    @Test
    void one_that_is_down_fails_each_call_and_not_the_start() {
        try (HikariDataSource source = new HikariDataSource()) {
            source.setJdbcUrl("jdbc:postgresql://localhost:1/nothing?user=nobody&password=" + CANARY);
            source.setConnectionTimeout(300);
            source.setInitializationFailTimeout(-1);
            try (JdbcRevocationLog log = JdbcRevocationLog.on(source)) {
                assertThat(log.durable()).isTrue();
                assertThatThrownBy(() -> log.read(0, 1)).satisfies(UnreachableTest::saysThatTheConnectionFailed);
                assertThatThrownBy(() -> log.append(Entries.session("a")))
                        .satisfies(UnreachableTest::saysThatTheConnectionFailed);
                assertThatThrownBy(log::trim).satisfies(UnreachableTest::saysThatTheConnectionFailed);
                assertThatThrownBy(() -> log.follow(() -> {})).satisfies(UnreachableTest::saysThatTheConnectionFailed);
            }
        }
    }

    private static void saysThatTheConnectionFailed(Throwable failure) {
        assertThat(failure)
                .isInstanceOf(StoreUnavailable.class)
                .hasNoCause()
                .hasMessageContaining("the connection failed")
                .hasMessageNotContaining(CANARY);
    }

    @Test
    void one_that_answers_later_is_prepared_and_followed_then() throws Exception {
        try (PostgresDatabase database = new PostgresDatabase()) {
            String user = database.table + "_late";
            database.execute(
                    "CREATE ROLE " + user + " LOGIN PASSWORD '" + user + "' CONNECTION LIMIT 0",
                    "GRANT ALL ON SCHEMA " + database.table + " TO " + user);
            try (HikariDataSource source = new HikariDataSource()) {
                source.setJdbcUrl(database.url(user));
                source.setConnectionTimeout(300);
                source.setInitializationFailTimeout(-1);
                try (Revocations revocations = Revocations.on(JdbcRevocationLog.on(source))
                        .storeTimeout(Duration.ofSeconds(10))
                        .build()) {
                    assertThatThrownBy(revocations::catchUp).isInstanceOf(StoreUnavailable.class);
                    assertThat(revocations.ask(sid(), "ada", 0)).isEqualTo(Verdict.UNDECIDED);
                    assertThat(revocations.status().answering()).isFalse();

                    database.execute("ALTER ROLE " + user + " CONNECTION LIMIT -1");
                    while (!revocations.status().answering()) {
                        Thread.onSpinWait();
                    }
                    assertThat(revocations.revoke(Revocation.subject("ada"), Duration.ofHours(1)))
                            .isPositive();
                }
            } finally {
                database.execute("DROP OWNED BY " + user, "DROP ROLE " + user);
            }
        }
    }

    private static String sid() {
        return UUID.randomUUID().toString();
    }

    @Test
    void one_that_refuses_the_password_fails_the_start() {
        try (PostgresDatabase database = new PostgresDatabase();
                HikariDataSource source = new HikariDataSource()) {
            source.setJdbcUrl(database.url("nobody-there"));
            source.setConnectionTimeout(300);
            source.setInitializationFailTimeout(-1);

            assertThatThrownBy(() -> JdbcRevocationLog.on(source))
                    .isInstanceOf(StoreUnavailable.class)
                    .hasMessageContaining("does not accept the user or password");
        }
    }

    @Test
    void a_file_that_another_process_has_open_fails_the_start_and_says_so() throws Exception {
        String url = "jdbc:h2:file:" + folder.resolve("revocations");
        Process other = AppendingProcess.start(url, "log", "other");
        try {
            assertThat(AppendingProcess.output(other).readLine()).isEqualTo("ready");
            JdbcDataSource source = new JdbcDataSource();
            source.setURL(url);
            assertThatThrownBy(() -> JdbcRevocationLog.on(source))
                    .isInstanceOf(StoreUnavailable.class)
                    .hasMessageContaining("another process has the file open");
        } finally {
            other.destroyForcibly().waitFor();
        }
    }
}
