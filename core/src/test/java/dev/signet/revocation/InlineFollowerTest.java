package dev.signet.revocation;

import static org.assertj.core.api.Assertions.assertThat;

import dev.signet.Threads;
import dev.signet.revocation.RevocationLog.Entry;
import dev.signet.revocation.RevocationLog.Kind;
import java.time.Instant;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class InlineFollowerTest {
    private final MovableClock clock = new MovableClock();
    private final CountedLog log = new CountedLog(clock);
    private final Revocations revocations = Revocations.on(log).clock(clock).build();

    @BeforeEach
    void start() {
        revocations.start();
        log.reads = 0;
    }

    private void end(String name) {
        String sid = StoreTestBase.sid(name);
        log.append(
                new Entry(0, sid, Kind.SESSION, sid, "ada", 0, clock.instant().plusSeconds(60)));
    }

    private Verdict ask(String name) {
        return revocations.ask(StoreTestBase.sid(name), "ada", 0);
    }

    @Test
    void reads_nothing_while_the_log_has_not_moved() {
        for (int i = 0; i < 10; i++) {
            assertThat(ask("phone")).isEqualTo(Verdict.LIVE);
        }

        assertThat(log.reads).isZero();
    }

    @Test
    void reads_once_for_all_that_was_appended_since_somebody_asked() {
        end("phone");
        end("laptop");
        assertThat(log.reads).isZero();

        assertThat(ask("phone")).isEqualTo(Verdict.ENDED);
        assertThat(ask("laptop")).isEqualTo(Verdict.ENDED);
        assertThat(log.reads).isEqualTo(1);
    }

    @Test
    void reads_at_each_append_while_somebody_listens() throws Exception {
        AtomicInteger changes = new AtomicInteger();
        AutoCloseable listening = revocations.onChange(changes::incrementAndGet);
        end("phone");
        end("laptop");
        assertThat(changes).hasValue(2);

        listening.close();
        end("tablet");
        assertThat(changes).hasValue(2);
        assertThat(log.reads).isEqualTo(2);
    }

    @Test
    void lets_nobody_wait_while_it_keeps_house() {
        List<Verdict> answers = new CopyOnWriteArrayList<>();
        log.whileTrimming = () -> Threads.elsewhere(() -> answers.add(ask("laptop")));
        Instant later = clock.instant().plusSeconds(60);
        log.append(new Entry(0, "everyone", Kind.EVERYONE, null, null, 0, later));

        assertThat(ask("phone")).isEqualTo(Verdict.ENDED);
        assertThat(log.trims).isEqualTo(2);
        assertThat(answers).containsExactly(Verdict.ENDED);
    }

    @Test
    void stops_following_when_it_is_closed() {
        assertThat(log.followers).isEqualTo(1);
        revocations.close();

        assertThat(log.followers).isZero();
        assertThat(log.closed).isTrue();
    }
}
