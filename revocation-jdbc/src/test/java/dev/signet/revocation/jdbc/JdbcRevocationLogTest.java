package dev.signet.revocation.jdbc;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.zaxxer.hikari.HikariDataSource;
import dev.signet.jdbc.Sql;
import dev.signet.revocation.RevocationLog.Entry;
import dev.signet.revocation.RevocationLog.Kind;
import dev.signet.revocation.StoreUnavailable;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.h2.jdbcx.JdbcDataSource;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class JdbcRevocationLogTest {
    private static final String CANARY = "canary-subject";

    @Test
    void refuses_a_database_that_it_does_not_know() {
        try (HikariDataSource source = TestDatabase.pool("jdbc:hsqldb:mem:other", "sa", "")) {
            assertThatThrownBy(() -> JdbcRevocationLog.on(source))
                    .isInstanceOf(IllegalStateException.class)
                    .hasMessageContaining("HSQL Database Engine")
                    .hasMessageContaining("H2 or PostgreSQL");
        }
    }

    @Test
    void refuses_timeouts_that_are_none() {
        try (H2Database database = new H2Database()) {
            for (Duration timeout : List.of(Duration.ZERO, Duration.ofMillis(49), Duration.ofSeconds(61))) {
                assertThatThrownBy(() -> database.settings().timeout(timeout))
                        .isInstanceOf(IllegalArgumentException.class)
                        .hasMessageContaining("50 ms to 1 minute");
            }
        }
    }

    @ParameterizedTest
    @EnumSource
    void says_what_failed_without_a_statement_or_a_value(TestDatabase.Kind kind) throws Exception {
        try (TestDatabase database = kind.create()) {
            JdbcRevocationLog log = database.log();
            Entry entry = Entries.subject("a", CANARY, 0, Entries.later());
            Entry tooLong = Entries.subject(CANARY.repeat(10), CANARY, 0, Entries.later());
            assertThatThrownBy(() -> log.append(tooLong)).satisfies(JdbcRevocationLogTest::tellsNothing);
            database.execute(
                    "ALTER TABLE " + database.table + " ADD CONSTRAINT no CHECK (subject <> '" + CANARY + "')");
            assertThatThrownBy(() -> log.append(entry)).satisfies(JdbcRevocationLogTest::tellsNothing);
            database.execute("ALTER TABLE " + database.table + " RENAME COLUMN subject TO somebody");
            assertThatThrownBy(() -> log.append(entry)).satisfies(JdbcRevocationLogTest::tellsNothing);
            assertThatThrownBy(() -> log.read(0, 1)).satisfies(JdbcRevocationLogTest::tellsNothing);
            assertThatThrownBy(log::trim).satisfies(JdbcRevocationLogTest::tellsNothing);
        }
    }

    private static void tellsNothing(Throwable failure) {
        assertThat(failure)
                .isInstanceOf(StoreUnavailable.class)
                .hasNoCause()
                .hasMessageContaining("SQLSTATE")
                .hasMessageNotContainingAny(CANARY, "INSERT", "SELECT", "DELETE", "UPDATE");
        assertThat(failure.getSuppressed()).isEmpty();
    }

    @ParameterizedTest
    @EnumSource
    void keeps_every_text_and_time(TestDatabase.Kind kind) {
        try (TestDatabase database = kind.create()) {
            JdbcRevocationLog log = database.log();
            List<Entry> recorded = new ArrayList<>();
            int number = 0;
            for (String subject : List.of("a\0b", "\u0001", "\u0001\\0", "\\0", "DOMAIN\\user", " ", "'\"", "ä€😀")) {
                Entry entry = Entries.subject("id" + number++, subject, number, Instant.ofEpochSecond(number, 1_000));
                recorded.add(entry.at(log.append(entry)));
            }
            Entry orphan = new Entry(0, "z".repeat(64), Kind.SESSION, "\0", null, 0, Instant.ofEpochSecond(-5));
            recorded.add(orphan.at(log.append(orphan)));

            assertThat(log.read(0, 100).entries()).isEqualTo(recorded);
        }
    }

    @ParameterizedTest
    @EnumSource
    void keeps_an_entry_never_shorter_than_told(TestDatabase.Kind kind) {
        try (TestDatabase database = kind.create()) {
            JdbcRevocationLog log = database.log();
            log.append(Entries.subject("nanos", "ada", 0, Instant.ofEpochSecond(10, 1)));
            log.append(Entries.subject("ever", "ada", 0, Instant.MAX));

            assertThat(log.read(0, 10).entries().get(0).keepUntil()).isEqualTo(Instant.ofEpochSecond(10, 1_000));
            assertThat(log.read(0, 10).entries().get(1).keepUntil()).isAfter(Instant.parse("9999-01-01T00:00:00Z"));
        }
    }

    @ParameterizedTest
    @EnumSource
    void drops_a_group_entry_once_a_newer_one_ends_as_much(TestDatabase.Kind kind) throws Exception {
        try (TestDatabase database = kind.create()) {
            if (kind == TestDatabase.Kind.H2) {
                database.execute("SET IGNORECASE TRUE");
            }
            JdbcRevocationLog log = database.log();
            Instant later = Entries.later();
            log.append(Entries.subject("old", "ada", 0, later));
            log.append(Entries.subject("longer", "ada", 0, later.plusSeconds(9)));
            log.append(Entries.subject("new", "ada", 0, later));
            log.append(Entries.subject("less", "ada", 5, later));
            log.append(Entries.subject("Ada", "Ada", 0, later));
            log.append(new Entry(0, "all1", Kind.EVERYONE, null, null, 0, later));
            log.append(new Entry(0, "all2", Kind.EVERYONE, null, null, 0, later));
            log.append(Entries.session("session"));
            log.trim();

            assertThat(log.read(0, 100).entries())
                    .extracting(Entry::id)
                    .containsExactly("longer", "new", "less", "Ada", "all2", "session");
        }
    }

    @ParameterizedTest
    @EnumSource
    void drops_more_than_one_batch_of_what_has_ended(TestDatabase.Kind kind) {
        try (TestDatabase database = kind.create()) {
            JdbcRevocationLog log = database.log();
            List<Entry> ended = new ArrayList<>();
            for (int i = 0; i < 2 * Engine.BATCH + 1; i++) {
                ended.add(Entries.subject("ended" + i, "subject" + i, 0, Instant.EPOCH));
            }
            database.fill(ended);
            log.trim();

            assertThat(log.read(0, 10).entries()).extracting(Entry::id).containsExactly("ended" + 2 * Engine.BATCH);
        }
    }

    @ParameterizedTest
    @EnumSource
    void takes_connections_as_they_come_and_leaves_them_so(TestDatabase.Kind kind) throws Exception {
        try (TestDatabase database = kind.create()) {
            HikariDataSource source = (HikariDataSource) database.source();
            HikariDataSource odd = database.closing(new HikariDataSource());
            odd.setJdbcUrl(source.getJdbcUrl());
            odd.setUsername(source.getUsername());
            odd.setPassword(source.getPassword());
            odd.setAutoCommit(false);
            odd.setTransactionIsolation("TRANSACTION_SERIALIZABLE");
            odd.setMaximumPoolSize(2);
            JdbcRevocationLog log =
                    JdbcRevocationLog.with(odd).table(database.table).open();
            log.append(Entries.session("a"));
            log.trim();
            log.close();

            try (Connection connection = odd.getConnection()) {
                assertThat(connection.getAutoCommit()).isFalse();
                assertThat(connection.getTransactionIsolation()).isEqualTo(Connection.TRANSACTION_SERIALIZABLE);
            }
            assertThatThrownBy(() -> log.read(0, 1)).isInstanceOf(StoreUnavailable.class);
        }
    }

    @Test
    void opens_an_embedded_database_again_that_was_shut_down() throws Exception {
        try (H2Database database = new H2Database()) {
            JdbcDataSource plain = new JdbcDataSource();
            plain.setURL(database.url());
            plain.setUser("sa");
            JdbcRevocationLog log = database.closing(JdbcRevocationLog.on(plain));
            log.append(Entries.session("a"));
            try (Connection connection = plain.getConnection()) {
                Sql.execute(connection, "SHUTDOWN");
            } catch (SQLException e) {
                assertThat(e.getMessage()).contains("already closed");
            }

            assertThat(log.read(0, 10).entries()).hasSize(1);
            assertThat(log.append(Entries.session("b"))).isPositive();
        }
    }
}
