package dev.signet.revocation.jdbc;

import static org.assertj.core.api.Assertions.assertThat;

import dev.signet.jdbc.Sql;
import dev.signet.revocation.Revocation;
import dev.signet.revocation.RevocationListener.Event;
import dev.signet.revocation.RevocationLog.Entry;
import dev.signet.revocation.Revocations;
import dev.signet.revocation.RevocationsBuilder;
import dev.signet.revocation.Verdict;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;

class LostLogTest {
    private final List<Event> events = new CopyOnWriteArrayList<>();

    private enum Disaster {
        ENTRIES_TRUNCATED {
            @Override
            void strike(TestDatabase database) throws SQLException {
                database.execute("TRUNCATE TABLE " + database.table);
            }
        },
        ALL_TRUNCATED {
            @Override
            void strike(TestDatabase database) throws SQLException {
                database.execute("TRUNCATE TABLE " + database.table, "TRUNCATE TABLE " + database.table + "_head");
            }
        },
        TABLES_DROPPED {
            @Override
            void strike(TestDatabase database) throws SQLException {
                database.execute("DROP TABLE " + database.table, "DROP TABLE " + database.table + "_head");
            }
        },
        EMPTY_DATABASE {
            @Override
            void strike(TestDatabase database) throws SQLException {
                database.dropEverything();
            }
        },
        OLDER_DUMP {
            @Override
            void strike(TestDatabase database) throws SQLException {
                database.restoreDump();
            }
        };

        abstract void strike(TestDatabase database) throws SQLException;
    }

    static Stream<Arguments> disasters() {
        return Stream.of(TestDatabase.Kind.values())
                .flatMap(kind -> Stream.of(Disaster.values()).map(disaster -> Arguments.of(kind, disaster)));
    }

    private RevocationsBuilder node(TestDatabase database) {
        return Revocations.on(database.closing(
                        database.settings().timeout(Duration.ofMinutes(1)).open()))
                .pollInterval(Duration.ofHours(1))
                .stalenessBound(Duration.ofHours(2))
                .storeTimeout(Duration.ofMinutes(1))
                .listener((event, detail) -> events.add(event));
    }

    private static Revocation session(String name) {
        return Revocation.session(Entries.sid(name), "ada", Entries.later());
    }

    @ParameterizedTest
    @MethodSource("disasters")
    void what_was_lost_is_recorded_again_from_what_a_node_holds(TestDatabase.Kind kind, Disaster disaster)
            throws Exception {
        try (TestDatabase database = kind.create();
                Revocations one = node(database).build();
                Revocations other = node(database).build()) {
            one.start();
            one.revoke(session("before"), Entries.LONGEST);
            database.dump();
            one.revoke(session("phone"), Entries.LONGEST);
            one.revoke(Revocation.subject("bob"), Entries.LONGEST);
            long seq = one.catchUp();
            other.catchUp();
            events.clear();
            disaster.strike(database);

            long mended = one.catchUp();
            other.catchUp();

            assertThat(mended).isGreaterThanOrEqualTo(seq);
            // A push may have told both.
            assertThat(events).contains(Event.ENTRIES_LOST, Event.LOSS_SETTLED);
            JdbcRevocationLog log = database.log();
            assertThat(log.read(0, 100).entries()).extracting(Entry::id).doesNotHaveDuplicates();
            try (Revocations fresh = node(database).build()) {
                for (Revocations node : List.of(one, other, fresh)) {
                    assertThat(node.ask(Entries.sid("before"), "ada", seq)).isEqualTo(Verdict.ENDED);
                    assertThat(node.ask(Entries.sid("phone"), "ada", seq)).isEqualTo(Verdict.ENDED);
                    assertThat(node.ask(Entries.sid("tablet"), "bob", seq - 1)).isEqualTo(Verdict.ENDED);
                    assertThat(node.ask(Entries.sid("laptop"), "ada", seq)).isEqualTo(Verdict.LIVE);
                }
            }
        }
    }

    @ParameterizedTest
    @CsvSource({"H2, false, UNDECIDED", "H2, true, LIVE", "POSTGRES, false, UNDECIDED", "POSTGRES, true, LIVE"})
    void until_then_the_policy_decides(TestDatabase.Kind kind, boolean failOpen, Verdict meanwhile) throws Exception {
        CountDownLatch noticed = new CountDownLatch(1);
        try (TestDatabase database = kind.create()) {
            RevocationsBuilder settings = node(database).listener((event, detail) -> {
                if (event == Event.ENTRIES_LOST) {
                    noticed.countDown();
                }
            });
            Revocations node = database.closing((failOpen ? settings.failOpen() : settings).build());
            node.start();
            node.revoke(session("phone"), Entries.LONGEST);
            long seq = node.catchUp();
            database.execute("DELETE FROM " + database.table);
            CompletableFuture<Long> mended;
            try (Connection connection = database.source().getConnection()) {
                connection.setAutoCommit(false);
                Sql.execute(connection, "UPDATE " + database.table + "_head SET pos = pos");
                mended = CompletableFuture.supplyAsync(node::catchUp);
                noticed.await();

                assertThat(node.ask(Entries.sid("laptop"), "ada", seq)).isEqualTo(meanwhile);
                assertThat(node.ask(Entries.sid("phone"), "ada", seq)).isEqualTo(Verdict.ENDED);
                connection.rollback();
            }
            mended.join();
            assertThat(node.ask(Entries.sid("laptop"), "ada", seq)).isEqualTo(Verdict.LIVE);
        }
    }

    @ParameterizedTest
    @CsvSource({"H2, POSTGRES", "POSTGRES, H2"})
    void a_log_moves_from_one_database_to_another(TestDatabase.Kind from, TestDatabase.Kind to) {
        try (TestDatabase source = from.create();
                TestDatabase target = to.create()) {
            JdbcRevocationLog old = source.log();
            List<Entry> entries = new ArrayList<>();
            for (int i = 0; i < 20; i++) {
                entries.add(Entries.session("entry" + i));
                old.append(entries.get(i));
            }
            JdbcRevocationLog log = target.log();

            assertThat(Revocations.copy(old, log)).isEqualTo(20);
            assertThat(log.read(0, 100).entries())
                    .extracting(Entry::id)
                    .isEqualTo(entries.stream().map(Entry::id).toList());
        }
    }
}
