package dev.signet.revocation;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Random;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class BloomFilterTest {
    private static final int STRANGERS = 100_000;

    private final long seed = new Random().nextLong();

    private long hash(int number) {
        return new SplittableRandom(seed + number).nextLong();
    }

    @ParameterizedTest
    @ValueSource(ints = {0, 1, 48, 100_000})
    void claims_all_that_it_holds_and_few_others(int held) {
        BloomFilter filter = new BloomFilter(held);
        for (int i = 0; i < held; i++) {
            filter.add(hash(i));
        }
        int claimed = 0;
        for (int i = 0; i < held; i++) {
            assertThat(filter.mayHold(hash(i))).as("seed %d", seed).isTrue();
        }
        for (int i = held; i < held + STRANGERS; i++) {
            claimed += filter.mayHold(hash(i)) ? 1 : 0;
        }
        assertThat(claimed).as("seed %d", seed).isLessThan(held < 100 ? STRANGERS / 10 : STRANGERS / 50);
    }

    @Test
    void claims_nothing_while_it_is_empty() {
        BloomFilter filter = new BloomFilter(1_000);
        for (int i = 0; i < STRANGERS; i++) {
            assertThat(filter.mayHold(hash(i))).as("seed %d", seed).isFalse();
        }
    }
}
