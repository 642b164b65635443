package dev.signet.revocation;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class SessionRowsTest {
    private final SessionRows rows = new SessionRows();

    private void fill(int number) {
        for (int row = 0; row < number; row++) {
            rows.add(row, -row, 10 * row, row % 7, 60);
        }
    }

    @Test
    void are_none_at_first() {
        assertThat(rows.countUpTo(Long.MAX_VALUE)).isZero();
    }

    @Test
    void are_all_visited_when_they_are_full() {
        fill(SessionRows.CAPACITY);
        List<Long> visited = new ArrayList<>();
        rows.forEach((id, position, until) -> {
            visited.add(position);
            assertThat(until).isEqualTo(Instant.ofEpochSecond(3600));
        });

        assertThat(visited)
                .hasSize(SessionRows.CAPACITY)
                .startsWith(0L, 10L, 20L)
                .isSorted();
        assertThat(rows.countUpTo(10 * SessionRows.CAPACITY)).isEqualTo(SessionRows.CAPACITY);
    }

    @Test
    void come_back_as_they_were_added() {
        fill(20);

        assertThat(rows.high(9)).isEqualTo(9);
        assertThat(rows.low(9)).isEqualTo(-9);
        assertThat(rows.position(9)).isEqualTo(90);
        assertThat(rows.subject(9)).isEqualTo(2);
        assertThat(rows.endMinute(9)).isEqualTo(60);
    }

    @Test
    void are_told_apart_by_both_halves_of_the_id() {
        rows.add(1, 2, 10, 0, 60);

        assertThat(rows.has(0, 1, 2)).isTrue();
        assertThat(rows.has(0, 1, 3)).isFalse();
        assertThat(rows.has(0, 3, 2)).isFalse();
    }

    @Test
    void count_up_to_a_position_and_with_it() {
        fill(20);

        assertThat(rows.countUpTo(-1)).isZero();
        assertThat(rows.countUpTo(89)).isEqualTo(9);
        assertThat(rows.countUpTo(90)).isEqualTo(10);
        assertThat(rows.countUpTo(1_000)).isEqualTo(20);
    }

    @Test
    void tell_the_subjects_of_those_that_were_not_dropped() {
        for (int row = 0; row < 4; row++) {
            rows.add(row, row, row, 10 + row, row % 2 == 0 ? 60 : 61);
        }
        List<Integer> subjects = new ArrayList<>();
        rows.dropOthers(60, 0);
        rows.forEachSubject(subjects::add);

        assertThat(subjects).containsExactly(11, 13);
    }

    @Test
    void that_were_dropped_count_again_when_they_are_prolonged() {
        fill(3);
        rows.dropOthers(60, 0);
        assertThat(rows.countUpTo(20)).isZero();

        assertThat(rows.prolong(1, 90)).as("had been dropped").isTrue();
        assertThat(rows.prolong(1, 80)).as("had been dropped").isFalse();

        assertThat(rows.endMinute(1)).isEqualTo(90);
        assertThat(rows.countUpTo(20)).isEqualTo(1);
    }
}
