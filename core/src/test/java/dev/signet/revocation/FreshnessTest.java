package dev.signet.revocation;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class FreshnessTest {
    private static final Duration MINUTE = Duration.ofMinutes(1);

    private final MovableClock clock = new MovableClock();
    private final List<String> told = new ArrayList<>();

    private Freshness freshness(RevocationsBuilder settings) {
        Settings all = settings.clock(clock)
                .nanoTime(clock::nanos)
                .listener((event, detail) -> told.add(detail))
                .settings();
        return new Freshness(all, new Events(all.listener()), false);
    }

    private static RevocationsBuilder settings() {
        return Revocations.on(new NoLog());
    }

    @Test
    void staleness_is_the_time_since_the_confirmation_by_the_clock_that_went_further() {
        Freshness freshness = freshness(settings());
        assertThat(freshness.staleness()).isEqualTo(Duration.ofNanos(Long.MAX_VALUE));
        clock.advance(Duration.ofHours(1));
        freshness.confirm(freshness.now());
        assertThat(freshness.staleness()).isZero();

        clock.advance(MINUTE);
        assertThat(freshness.staleness()).isEqualTo(MINUTE);
        clock.moveWallClock(MINUTE);
        assertThat(freshness.staleness()).isEqualTo(MINUTE.multipliedBy(2));
        clock.moveWallClock(MINUTE.multipliedBy(-2));
        assertThat(freshness.staleness()).isEqualTo(MINUTE);
    }

    @Test
    void the_longest_bound_there_is_never_passes() {
        Freshness freshness = freshness(settings().stalenessBound(Duration.ofSeconds(Long.MAX_VALUE)));
        freshness.confirm(freshness.now());
        clock.advance(Duration.ofDays(36_500));

        assertThat(freshness.check(freshness.confirmed())).isTrue();
        assertThat(told).isEmpty();
    }

    @Test
    void a_loss_tells_whether_requests_are_refused() {
        freshness(settings()).check(null);
        freshness(settings().failOpen()).check(null);

        assertThat(told).hasSize(2);
        assertThat(told.get(0)).contains("are refused");
        assertThat(told.get(1)).contains("are answered from what is known");
    }
}
