package dev.signet.index.jdbc;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import com.zaxxer.hikari.HikariDataSource;
import dev.signet.Keeps;
import dev.signet.ListedSession;
import dev.signet.Session;
import dev.signet.SessionLimit;
import dev.signet.Sessions;
import dev.signet.SessionsBuilder;
import dev.signet.SignIn;
import dev.signet.TooManySessions;
import dev.signet.keys.KeyRing;
import dev.signet.revocation.Revocations;
import dev.signet.revocation.StoreUnavailable;
import dev.signet.revocation.jdbc.PostgresServer;
import java.util.Set;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.hsqldb.jdbc.JDBCDataSource;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** A database that is killed, stopped, emptied, or not there. */
@Timeout(120)
class LostDatabaseTest {
    private final KeyRing keys = KeyRing.generate();
    private final Revocations revocations = Revocations.inMemory();

    private SessionsBuilder settings(HikariDataSource source) {
        return Sessions.with(keys).revocations(revocations).index(JdbcSessionIndex.on(source));
    }

    private static boolean isLive(Sessions sessions, Session session) {
        return sessions.verify(sessions.issue(session)).active().isPresent();
    }

    /** What was killed may take a moment to answer again. */
    private static Session startedAtLast(Sessions sessions) {
        while (true) {
            try {
                return sessions.start("ada");
            } catch (StoreUnavailable notYet) {
                Thread.onSpinWait();
            }
        }
    }

    @ParameterizedTest
    @EnumSource
    @Keeps("S12")
    void a_limit_counts_on_after_a_kill_in_the_middle(Databases database) throws Exception {
        assumeTrue(database != Databases.POSTGRES || PostgresServer.shared().ours());
        ExecutorService threads = Executors.newSingleThreadExecutor();
        try (HikariDataSource source = database.open();
                Sessions sessions =
                        settings(source).limit(SessionLimit.endingOldest(2)).build()) {
            Session first = sessions.start("ada");
            Future<Boolean> signingIn = threads.submit(() -> {
                for (int i = 0; i < 50; i++) {
                    startedAtLast(sessions);
                }
                return true;
            });
            database.crash(source);
            database.crash(source);
            assertThat(signingIn.get()).isTrue();

            Session last = startedAtLast(sessions);
            assertThat(isLive(sessions, last)).isTrue();
            assertThat(isLive(sessions, first)).isFalse();
            assertThat(sessions.devices().of("ada")).hasSize(2);
        } finally {
            threads.shutdownNow();
        }
    }

    @Test
    @Keeps({"S11", "S12"})
    void a_database_that_hangs_keeps_nobody_out_without_a_limit_and_everybody_with_one() throws Exception {
        assumeTrue(PostgresServer.shared().ours());
        assumeTrue(!System.getProperty("os.name").startsWith("Windows"));
        try (HikariDataSource source = Databases.POSTGRES.open();
                Sessions sessions = settings(source).build();
                Sessions limited = Sessions.with(keys)
                        .revocations(revocations)
                        .index(JdbcSessionIndex.on(source, "limited"))
                        .limit(SessionLimit.refusing(1))
                        .build()) {
            Session bob = limited.start("bob");
            PostgresServer.shared().signal("STOP");
            try {
                Session ada = sessions.start(SignIn.as("ada").label("Firefox on Linux"));
                Session admin = sessions.restart(ada, Set.of("ADMIN")).orElseThrow();
                sessions.renew(admin);
                assertThat(isLive(sessions, admin)).isTrue();
                assertThatExceptionOfType(StoreUnavailable.class)
                        .isThrownBy(() -> sessions.devices().of("ada"));

                assertThatExceptionOfType(StoreUnavailable.class).isThrownBy(() -> limited.start("bob"));
                assertThatExceptionOfType(StoreUnavailable.class).isThrownBy(() -> limited.restart(bob, Set.of()));
                limited.renew(bob);
                assertThat(isLive(limited, bob)).isTrue();
            } finally {
                PostgresServer.shared().signal("CONT");
            }

            while (true) {
                try {
                    assertThat(sessions.devices().of("ada"))
                            .extracting(ListedSession::label)
                            .containsExactly("Firefox on Linux");
                    break;
                } catch (StoreUnavailable notYet) {
                    Thread.onSpinWait();
                }
            }
            assertThatExceptionOfType(TooManySessions.class).isThrownBy(() -> limited.start("bob"));
        }
    }

    @ParameterizedTest
    @EnumSource
    void tables_that_somebody_dropped_are_made_again(Databases database) throws Exception {
        try (HikariDataSource source = database.open();
                Sessions sessions =
                        settings(source).limit(SessionLimit.refusing(1)).build()) {
            sessions.start("ada");
            Databases.execute(source, "DROP TABLE signet_sessions");
            sessions.start("ada");
            Databases.execute(source, "DROP TABLE signet_sessions_turn");

            assertThatExceptionOfType(TooManySessions.class).isThrownBy(() -> sessions.start("ada"));
        }
    }

    @Test
    void one_that_is_down_at_the_start_is_asked_again_and_its_password_not_told() {
        try (HikariDataSource source = new HikariDataSource()) {
            source.setJdbcUrl("jdbc:postgresql://localhost:1/nothing?user=nobody&password=canary");
            source.setConnectionTimeout(300);
            source.setInitializationFailTimeout(-1);
            try (JdbcSessionIndex index = JdbcSessionIndex.on(source)) {
                assertThatExceptionOfType(StoreUnavailable.class)
                        .isThrownBy(() -> index.of("ada"))
                        .withMessageContaining("the connection failed")
                        .withMessageNotContainingAny("canary", "ada")
                        .withNoCause();
            }
        }
    }

    @Test
    void another_database_or_name_is_refused_at_the_start() {
        JDBCDataSource other = new JDBCDataSource();
        other.setUrl("jdbc:hsqldb:mem:index");

        assertThatIllegalStateException()
                .isThrownBy(() -> JdbcSessionIndex.on(other))
                .withMessageContaining("H2 or PostgreSQL");
        assertThatIllegalArgumentException().isThrownBy(() -> JdbcSessionIndex.on(other, "a; DROP TABLE b"));
    }
}
