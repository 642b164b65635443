package dev.signet.revocation;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;

class SessionPartTest {
    private static final int MINUTE = 100;
    private static final int ROWS = 1_600;

    private final SessionPart part = new SessionPart(48);

    private static SessionId id(int number) {
        return new SessionId(number, number);
    }

    /** Adds the session that ends in that minute; true unless it was held already. */
    private boolean add(int number, int endMinute) {
        SessionId id = id(number);
        return part.add(id, number, number % 5, endMinute);
    }

    private boolean holds(int number) {
        return part.holds(id(number));
    }

    /** So many sessions, of which the first ones end now and the others later. */
    private void fill(int ending, int staying) {
        for (int number = 1; number <= ending + staying; number++) {
            add(number, number <= ending ? MINUTE : MINUTE + 1);
        }
    }

    private List<SessionRows> blocks() {
        List<SessionRows> blocks = new ArrayList<>();
        part.blocks().forEach(blocks::add);
        return blocks;
    }

    @Nested
    class Dropping {
        @Test
        void up_to_a_sixteenth_leaves_the_others_where_they_are() {
            fill(ROWS / 16, ROWS - ROWS / 16);
            List<SessionRows> before = blocks();

            assertThat(part.drop(MINUTE, 0)).isEqualTo(1_500);
            assertThat(blocks()).isEqualTo(before);
            assertThat(holds(100)).isFalse();
            assertThat(holds(101)).isTrue();
        }

        @Test
        void more_than_a_sixteenth_gives_their_place_back() {
            fill(ROWS / 16 + 1, ROWS - ROWS / 16 - 1);
            List<SessionRows> before = blocks();

            assertThat(part.drop(MINUTE, 0)).isEqualTo(1_499);
            assertThat(blocks()).hasSize(6).doesNotContainAnyElementsOf(before);
            assertThat(before).hasSize(7);
            assertThat(part.count(rows -> rows.countOf(0))).isEqualTo(300);
            assertThat(part.count(rows -> rows.countOf(1))).isEqualTo(299);
        }

        @Test
        void one_that_had_been_dropped_and_came_back_works_again() {
            fill(1, ROWS);
            part.drop(MINUTE, 0);

            assertThat(add(1, MINUTE + 1)).isTrue();
            assertThat(holds(1)).isTrue();

            assertThat(part.drop(MINUTE, 2)).isEqualTo(ROWS);
            assertThat(holds(1)).isFalse();
        }
    }

    @Nested
    class Memory {
        @Test
        void stays_in_proportion_while_it_grows() {
            for (int number = 1; number <= 10_000; number++) {
                add(number, MINUTE);
                assertThat(part.limit()).isBetween(number, Math.max(48, number * 4 / 3));
            }
        }

        @Test
        void is_given_back_when_most_are_dropped() {
            fill(9_000, 1_000);
            part.drop(MINUTE, 0);

            assertThat(part.limit()).isEqualTo(1_000 * 9 / 8);
            assertThat(blocks()).hasSize(4);
        }
    }
}
