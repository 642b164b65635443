package dev.signet.token;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.fail;

import java.util.Arrays;
import java.util.Random;
import org.junit.jupiter.api.Test;

class EightBytesTest {
    private static boolean isPlain(byte b) {
        return b >= ' ' && b != '"' && b != '\\';
    }

    @Test
    void the_first_byte_that_is_not_plain_is_found_wherever_it_stands() {
        for (int length = 0; length < 20; length++) {
            byte[] text = new byte[length];
            Arrays.fill(text, (byte) 'a');
            assertThat(EightBytes.plain(text, 0, length)).isEqualTo(length);
            for (int at = 0; at < length; at++) {
                for (int b = 0; b < 256; b++) {
                    text[at] = (byte) b;
                    if (EightBytes.plain(text, 0, length) != (isPlain((byte) b) ? length : at)) {
                        fail("byte %d at %d of %d", b, at, length);
                    }
                }
                text[at] = 'a';
            }
        }
    }

    @Test
    void the_first_one_counts_whatever_follows() {
        Random random = new Random(5);
        byte[] text = new byte[40];
        for (int round = 0; round < 50_000; round++) {
            random.nextBytes(text);
            int from = random.nextInt(text.length);
            int end = from + random.nextInt(text.length - from + 1);
            for (int i = from; i < end; i++) {
                text[i] = isPlain(text[i]) || random.nextInt(8) == 0 ? text[i] : (byte) '~';
            }
            int expected = from;
            while (expected < end && isPlain(text[expected])) {
                expected++;
            }
            assertThat(EightBytes.plain(text, from, end))
                    .as("seed 5, round %d", round)
                    .isEqualTo(expected);
        }
    }
}
