package dev.signet.token;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;

import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class IvsTest {
    private final List<Integer> draws = new ArrayList<>();
    private long now = 1_764_000_000_000L;
    private boolean dry;
    private final Ivs ivs = new Ivs(() -> now, this::random);

    private byte[] random(int count) {
        if (dry) {
            throw new IllegalStateException("no random bytes");
        }
        draws.add(count / Ivs.BYTES);
        return OsRandom.bytes(count);
    }

    private static String next(Ivs ivs) {
        byte[] iv = new byte[Ivs.BYTES + 4];
        ivs.next(iv);
        assertThat(Arrays.copyOfRange(iv, Ivs.BYTES, iv.length)).containsOnly(0);
        return Base64Url.encode(Arrays.copyOf(iv, Ivs.BYTES));
    }

    private Set<String> next(int count) {
        Set<String> all = new HashSet<>();
        for (int i = 0; i < count; i++) {
            all.add(next(ivs));
        }
        return all;
    }

    @Test
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
        byte[] counted = new byte[Ivs.MOST * Ivs.BYTES];
        for (int i = 0; i < Ivs.MOST; i++) {
            ByteBuffer.wrap(counted).putInt(i * Ivs.BYTES, i);
        }
        Ivs known = new Ivs(() -> now, count -> Arrays.copyOf(counted, count));

        for (int drawn = 1; drawn <= Ivs.MOST; drawn *= 2) {
            for (int i = 0; i < drawn; i++) {
                assertThat(next(known))
                        .isEqualTo(Base64Url.encode(Arrays.copyOfRange(counted, i * Ivs.BYTES, (i + 1) * Ivs.BYTES)));
            }
        }
    }

    @Test
    void are_drawn_singly_where_few_are_needed() {
        for (int i = 0; i < 5; i++) {
            next(1);
            now += Ivs.FRESH_MILLIS;
        }

        assertThat(draws).containsExactly(1, 1, 1, 1, 1);
    }

    @Test
    void are_drawn_in_larger_numbers_while_many_are_needed() {
        next(1 + 2 + 4 + 8 + 16 + 32 + 64 + 64 + 1);

        assertThat(draws).containsExactly(1, 2, 4, 8, 16, 32, 64, 64, 64);
    }

    @ParameterizedTest
    @ValueSource(longs = {Ivs.FRESH_MILLIS, 1_000, 86_400_000, -1, -86_400_000})
    void are_not_used_at_another_time(long later) {
        next(1 + 2 + 4 + 1);

        now += later;
        next(1);

        assertThat(draws).containsExactly(1, 2, 4, 8, 1);
    }

    @Test
    void are_used_until_then() {
        next(1 + 2 + 4 + 1);

        now += Ivs.FRESH_MILLIS - 1;
        next(7);

        assertThat(draws).containsExactly(1, 2, 4, 8);
    }

    @ParameterizedTest
    @ValueSource(ints = {0, 1, 3, 4, 7})
    void are_never_used_again_where_there_are_no_more(int before) {
        Set<String> all = new HashSet<>(next(before));

        dry = true;
        now += Ivs.FRESH_MILLIS;
        for (int i = 0; i < 3; i++) {
            assertThatIllegalStateException().isThrownBy(() -> next(1));
        }
        dry = false;
        all.addAll(next(20));

        assertThat(all).hasSize(before + 20);
    }
}
