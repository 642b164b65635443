package dev.signet.revocation;

import static org.assertj.core.api.Assertions.assertThat;

import dev.signet.revocation.RevocationLog.Entry;
import dev.signet.revocation.RevocationLog.Kind;
import java.time.Duration;
import java.time.InstantSource;
import org.junit.jupiter.api.Test;

class MemoryLogTest extends RevocationLogContract {
    private final MovableClock clock = new MovableClock();

    @Override
    protected RevocationLog emptyLog() {
        return Revocations.memoryLog(clock);
    }

    @Override
    protected RevocationLog sameStore(RevocationLog log) {
        return log;
    }

    @Override
    protected InstantSource storeClock() {
        return clock;
    }

    @Test
    void the_head_follows_the_clock_and_never_goes_back() {
        RevocationLog log = emptyLog();
        assertThat(log.read(0, 1).head()).isEqualTo(clock.millis());

        clock.advance(Duration.ofSeconds(5));
        long head = log.read(0, 1).head();
        assertThat(head).isEqualTo(clock.millis());

        clock.moveWallClock(Duration.ofHours(-1));
        assertThat(log.read(0, 1).head()).isEqualTo(head);
        assertThat(log.append(everyone("a"))).isEqualTo(head + 1);
    }

    @Test
    void trimming_drops_what_newer_groups_end_anyway() {
        RevocationLog log = emptyLog();
        for (int i = 0; i < 100; i++) {
            log.append(new Entry(
                    0, "s" + i, Kind.SUBJECT, null, "ada", 0, clock.instant().plusSeconds(60)));
        }
        log.trim();
        assertThat(log.read(0, 100).entries()).extracting(Entry::id).containsExactly("s99");

        log.append(everyone("e1"));
        log.append(everyone("e2"));
        log.trim();
        assertThat(log.read(0, 100).entries()).extracting(Entry::id).containsExactly("e2");
    }

    private Entry everyone(String id) {
        return new Entry(0, id, Kind.EVERYONE, null, null, 0, clock.instant().plusSeconds(60));
    }
}
