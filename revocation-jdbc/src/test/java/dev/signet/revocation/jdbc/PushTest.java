package dev.signet.revocation.jdbc;

import static org.assertj.core.api.Assertions.assertThat;

import dev.signet.revocation.Revocation;
import dev.signet.revocation.Revocations;
import dev.signet.revocation.Verdict;
import java.time.Duration;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.LinkedBlockingQueue;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** What is waited for here never comes without a push. */
@Timeout(60)
class PushTest {
    private final PostgresDatabase database = new PostgresDatabase();
    private final BlockingQueue<String> calls = new LinkedBlockingQueue<>();

    @AfterEach
    void close() {
        database.close();
    }

    private AutoCloseable follow(JdbcRevocationLog log) throws InterruptedException {
        AutoCloseable following = log.follow(() -> calls.add("changed"));
        // The first call says that it listens.
        calls.take();
        calls.clear();
        return following;
    }

    @Test
    void whoever_follows_is_called_when_another_appends() throws Exception {
        JdbcRevocationLog other = database.log();
        follow(database.log());
        other.append(Entries.session("a"));

        assertThat(calls.take()).isEqualTo("changed");
    }

    @Test
    void it_listens_again_after_its_connection_was_cut() throws Exception {
        JdbcRevocationLog other = database.log();
        follow(database.log());
        for (int i = 0; i < 2; i++) {
            database.execute("SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE query = 'LISTEN \""
                    + database.table + "\"'");
            calls.take();
            calls.clear();
            other.append(Entries.session("a" + i));

            assertThat(calls.take()).isEqualTo("changed");
        }
    }

    @Test
    void a_revocation_is_in_force_on_another_node_before_anybody_polls() throws Exception {
        CountDownLatch changed = new CountDownLatch(1);
        try (Revocations one = node();
                Revocations other = node()) {
            one.start();
            long seq = other.catchUp();
            other.onChange(changed::countDown);
            one.revoke(Revocation.session(Entries.sid("phone"), "ada"), Entries.LONGEST);
            changed.await();

            assertThat(other.ask(Entries.sid("phone"), "ada", seq)).isEqualTo(Verdict.ENDED);
        }
    }

    private Revocations node() {
        return Revocations.on(database.log())
                .pollInterval(Duration.ofHours(1))
                .stalenessBound(Duration.ofHours(2))
                .build();
    }

    @Test
    void no_connection_listens_after_the_end_or_without_push() throws Exception {
        follow(database.log()).close();
        JdbcRevocationLog silent =
                database.closing(database.settings().withoutPush().open());
        silent.follow(() -> calls.add("changed"));
        silent.append(Entries.session("a"));

        while (!"0"
                .equals(database.single(
                        "SELECT count(*) FROM pg_stat_activity WHERE query = 'LISTEN \"" + database.table + "\"'"))) {
            Thread.onSpinWait();
        }
        assertThat(calls).isEmpty();
    }
}
