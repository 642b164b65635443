package dev.signet.token;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;

import dev.signet.Keeps;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class RandomStockTest {
    private static final int PIECE = 12;

    private final List<Integer> draws = new ArrayList<>();
    private long now = 1_764_000_000_000L;
    private boolean dry;
    private final RandomStock stock = new RandomStock(PIECE, () -> now, this::random);

    private byte[] random(int count) {
        if (dry) {
            throw new IllegalStateException("no random bytes");
        }
        draws.add(count / PIECE);
        return OsRandom.bytes(count);
    }

    private static String next(RandomStock stock) {
        byte[] piece = new byte[PIECE + 4];
        stock.next(piece);
        assertThat(Arrays.copyOfRange(piece, PIECE, piece.length)).containsOnly(0);
        return Base64Url.encode(Arrays.copyOf(piece, PIECE));
    }

    private Set<String> next(int count) {
        Set<String> all = new HashSet<>();
        for (int i = 0; i < count; i++) {
            all.add(next(stock));
        }
        return all;
    }

    @Test
    @Keeps("K5")
    void are_all_different() {
        Set<String> all = new HashSet<>();
        for (int i = 0; i < 2_000; i++) {
            all.addAll(next(10));
            now += i % 3;
        }

        assertThat(all).hasSize(20_000);
    }

    @Test
    void are_what_was_drawn_one_after_the_other() {
        byte[] known = OsRandom.bytes(RandomStock.MOST * PIECE);
        RandomStock one = new RandomStock(PIECE, () -> now, count -> Arrays.copyOf(known, count));

        for (int drawn = 1; drawn <= RandomStock.MOST; drawn *= 2) {
            for (int i = 0; i < drawn; i++) {
                assertThat(next(one))
                        .isEqualTo(Base64Url.encode(Arrays.copyOfRange(known, i * PIECE, (i + 1) * PIECE)));
            }
        }
    }

    @Test
    void are_drawn_singly_where_few_are_needed() {
        for (int i = 0; i < 5; i++) {
            next(1);
            now += 10;
        }

        assertThat(draws).containsExactly(1, 1, 1, 1, 1);
    }

    @Test
    void are_drawn_in_larger_numbers_while_many_are_needed() {
        next(1 + 2 + 4 + 8 + 16 + 32 + 64 + 64 + 1);

        assertThat(draws).containsExactly(1, 2, 4, 8, 16, 32, 64, 64, 64);
    }

    @ParameterizedTest
    @ValueSource(longs = {10, 11, 100, 86_400_000, -1, -86_400_000})
    void are_not_used_at_another_time(long later) {
        next(1 + 2 + 4 + 1);

        now += later;
        next(1);

        assertThat(draws).containsExactly(1, 2, 4, 8, 1);
    }

    @Test
    void are_used_until_then_however_often_they_are_asked_for() {
        next(1 + 2 + 4 + 1);

        now += 9;
        next(1);
        assertThat(draws).containsExactly(1, 2, 4, 8);

        now += 1;
        next(1);
        assertThat(draws).containsExactly(1, 2, 4, 8, 1);
    }

    @Test
    void age_while_they_are_drawn() {
        RandomStock slow = new RandomStock(PIECE, () -> now, count -> {
            now += count / PIECE == 4 ? 10 : 0;
            return random(count);
        });

        for (int i = 0; i < 1 + 2 + 1 + 1; i++) {
            next(slow);
        }

        assertThat(draws).containsExactly(1, 2, 4, 1);
    }

    @ParameterizedTest
    @CsvSource({"1, 0", "3, 0", "7, 0", "1, 9", "7, 9", "0, 10", "1, 10", "3, 10", "4, 10", "7, 10"})
    void are_not_used_again_where_drawing_fails(int before, long later) {
        Set<String> all = next(before);

        dry = true;
        now += later;
        for (int i = 0; i < 3; i++) {
            assertThatIllegalStateException().isThrownBy(() -> next(1));
        }
        dry = false;
        all.addAll(next(20));

        assertThat(all).hasSize(before + 20);
    }

    @Test
    void are_given_up_before_others_are_drawn() {
        next(1 + 2 + 1);

        dry = true;
        now += 10;
        assertThatIllegalStateException().isThrownBy(() -> next(1));
        dry = false;
        now -= 10;
        next(1);

        assertThat(draws).containsExactly(1, 2, 4, 8);
    }

    @Test
    void of_several_stocks_differ() {
        Set<String> all = new HashSet<>();
        for (int number = 0; number < 100; number++) {
            RandomStock each = RandomStock.of(PIECE);
            for (int i = 0; i < 100; i++) {
                all.add(next(each));
            }
        }

        assertThat(all).hasSize(10_000);
    }
}
