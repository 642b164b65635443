package dev.signet.revocation;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;

import dev.signet.revocation.RevocationLog.Entry;
import dev.signet.revocation.RevocationLog.Kind;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.concurrent.atomic.AtomicInteger;
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

    @Test
    void trimming_keeps_a_group_as_long_as_the_weaker_one_that_it_drops() {
        RevocationLog log = emptyLog();
        Instant late = clock.instant().plusSeconds(3600);
        log.append(new Entry(
                0, "strong", Kind.SUBJECT, null, "ada", 50, clock.instant().plusSeconds(60)));
        log.append(new Entry(0, "weak", Kind.SUBJECT, null, "ada", 20, late));
        log.append(new Entry(0, "newest", Kind.SUBJECT, null, "bob", 0, late));
        log.trim();

        assertThat(log.read(0, 100).entries())
                .extracting(Entry::id, Entry::keepUntil)
                .containsExactly(tuple("strong", late), tuple("newest", late));
    }

    @Test
    void trimming_forgets_the_ids_of_what_it_drops_and_of_nothing_else() {
        RevocationLog log = emptyLog();
        Entry ended = new Entry(0, "ended", Kind.SESSION, "phone", "ada", 0, clock.instant());
        log.append(ended);
        long kept = log.append(everyone("kept"));
        log.trim();

        assertThat(log.append(everyone("kept"))).isEqualTo(kept);
        assertThat(log.append(ended)).isGreaterThan(kept);
        assertThat(log.read(0, 100).entries()).extracting(Entry::id).containsExactly("kept", "ended");
    }

    @Test
    void tells_a_follower_of_each_append_until_it_stops_following() throws Exception {
        RevocationLog log = emptyLog();
        AtomicInteger told = new AtomicInteger();
        AutoCloseable following = log.follow(told::incrementAndGet);
        log.append(everyone("a"));
        log.append(everyone("b"));
        assertThat(told).hasValue(2);

        following.close();
        log.append(everyone("c"));
        assertThat(told).hasValue(2);
    }

    private Entry everyone(String id) {
        return new Entry(0, id, Kind.EVERYONE, null, null, 0, clock.instant().plusSeconds(60));
    }
}
