package dev.signet.revocation.jdbc;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.zaxxer.hikari.HikariDataSource;
import dev.signet.revocation.RevocationLog.Entry;
import dev.signet.revocation.StoreUnavailable;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

class SchemaTest {
    @Nested
    class The_tables {
        @ParameterizedTest
        @EnumSource
        void are_created_once_however_many_start_at_once(TestDatabase.Kind kind) throws Exception {
            int number = 8;
            CyclicBarrier together = new CyclicBarrier(number);
            ExecutorService threads = Executors.newFixedThreadPool(number);
            try (TestDatabase database = kind.create()) {
                List<Future<Long>> appended = new ArrayList<>();
                for (int i = 0; i < number; i++) {
                    Entry entry = Entries.session("entry" + i);
                    appended.add(threads.submit(() -> {
                        together.await();
                        return database.log().append(entry);
                    }));
                }
                List<Long> positions = new ArrayList<>();
                for (Future<Long> position : appended) {
                    positions.add(position.get());
                }

                assertThat(database.log().read(0, 100).entries())
                        .extracting(Entry::position)
                        .containsExactlyInAnyOrderElementsOf(positions);
                assertThat(database.single("SELECT COUNT(*) FROM " + database.table + "_head"))
                        .isEqualTo("1");
            } finally {
                threads.shutdown();
            }
        }

        @ParameterizedTest
        @EnumSource
        void of_an_older_version_are_brought_up_to_date_with_what_they_hold(TestDatabase.Kind kind) throws Exception {
            try (TestDatabase database = kind.create()) {
                long before = database.log().append(Entries.session("before"));
                JdbcRevocationLog newer = database.closing(database.settings().open(SchemaTest::withNote));

                assertThat(newer.read(0, 10).entries()).extracting(Entry::id).containsExactly("before");
                assertThat(newer.append(Entries.session("after"))).isGreaterThan(before);
                assertThat(database.single("SELECT COUNT(note) FROM " + database.table))
                        .isEqualTo("0");
                assertThat(database.single("SELECT version FROM " + database.table + "_version"))
                        .isEqualTo("2");
            }
        }

        @ParameterizedTest
        @EnumSource
        void of_a_newer_version_are_left_alone(TestDatabase.Kind kind) {
            try (TestDatabase database = kind.create()) {
                database.closing(database.settings().open(SchemaTest::withNote));

                assertThatThrownBy(database::log)
                        .isInstanceOf(IllegalStateException.class)
                        .hasMessageContaining("version 2")
                        .hasMessageContaining("update it");
            }
        }

        @Test
        void are_all_there_for_whoever_may_not_create_any() throws Exception {
            try (PostgresDatabase database = new PostgresDatabase()) {
                String user = "u_" + database.table;
                database.execute(
                        "CREATE ROLE " + user + " LOGIN PASSWORD '" + user + "'",
                        "GRANT USAGE ON SCHEMA " + database.table + " TO " + user);
                HikariDataSource source = database.closing(TestDatabase.pool(database.url(user), null, null));
                JdbcRevocationLog.Builder settings =
                        JdbcRevocationLog.with(source).table(database.table);
                assertThatThrownBy(settings::open)
                        .isInstanceOf(StoreUnavailable.class)
                        .hasMessageContaining("may not do that");
                database.log();
                database.execute("GRANT SELECT, INSERT, UPDATE, DELETE ON ALL TABLES IN SCHEMA " + database.table
                        + " TO " + user);

                JdbcRevocationLog log = database.closing(settings.open());
                log.append(Entries.session("a"));
                log.trim();
                assertThat(log.read(0, 10).entries()).hasSize(1);
                database.execute("DROP OWNED BY " + user, "DROP ROLE " + user);
            }
        }
    }

    private static List<List<String>> withNote(Engine engine) {
        List<List<String>> steps = new ArrayList<>(engine.migrations());
        steps.add(List.of("ALTER TABLE " + engine.tables.entries() + " ADD COLUMN IF NOT EXISTS note VARCHAR(10)"));
        return steps;
    }

    @Nested
    class Names {
        @ParameterizedTest
        @ValueSource(
                strings = {
                    "",
                    "a; DROP TABLE b",
                    "a\" (x int); --",
                    "a'b",
                    "A",
                    "1a",
                    "_a",
                    "a-b",
                    "ä",
                    "a.b",
                    "a12345678901234567890123456789012345678901"
                })
        void that_are_more_than_letters_and_digits_are_refused(String name) {
            try (H2Database database = new H2Database()) {
                JdbcRevocationLog.Builder settings = database.settings();

                assertThatThrownBy(() -> settings.table(name)).isInstanceOf(IllegalArgumentException.class);
                assertThatThrownBy(() -> settings.schema(name)).isInstanceOf(IllegalArgumentException.class);
            }
        }

        @ParameterizedTest
        @EnumSource
        void may_be_words_of_sql(TestDatabase.Kind kind) throws Exception {
            try (TestDatabase database = kind.create()) {
                String schema = kind == TestDatabase.Kind.H2 ? "\"TABLE\"" : "\"table\"";
                database.execute("CREATE SCHEMA " + schema);
                try (JdbcRevocationLog log =
                        database.settings().schema("table").table("select").open()) {
                    log.append(Entries.session("a"));
                    log.trim();

                    assertThat(log.read(0, 10).entries()).hasSize(1);
                } finally {
                    dropSchema(database, schema);
                }
            }
        }

        private void dropSchema(TestDatabase database, String schema) throws SQLException {
            database.execute("DROP SCHEMA " + schema + " CASCADE");
        }

        @ParameterizedTest
        @EnumSource
        void of_a_schema_that_is_not_there_are_told(TestDatabase.Kind kind) {
            try (TestDatabase database = kind.create()) {
                assertThatThrownBy(() -> database.settings().schema("nowhere").open())
                        .isInstanceOf(StoreUnavailable.class)
                        .hasMessageContaining("the schema does not exist");
            }
        }
    }
}
