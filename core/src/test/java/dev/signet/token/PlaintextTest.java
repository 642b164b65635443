package dev.signet.token;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class PlaintextTest {
    private static byte[] ascii(String text) {
        return text.getBytes(StandardCharsets.US_ASCII);
    }

    @Test
    void it_grows_and_leaves_nothing_where_it_was() {
        byte[] small = new byte[4];
        Plaintext plaintext = new Plaintext(small);

        plaintext.put(ascii("abc"));
        plaintext.put('d');
        assertThat(plaintext.buffer()).isSameAs(small);
        plaintext.put('e');

        assertThat(plaintext.toBytes()).isEqualTo(ascii("abcde"));
        assertThat(small).containsOnly(0);
    }

    @Test
    void it_grows_to_what_is_asked_for_at_once() {
        Plaintext plaintext = new Plaintext(new byte[4]);
        plaintext.put('a');

        assertThat(plaintext.room(100)).hasSize(101);
        assertThat(plaintext.room(101)).hasSize(202);
        assertThat(plaintext.size()).isEqualTo(1);
    }

    @ParameterizedTest
    @ValueSource(ints = {0, 1, 1023, 1024, 1025, 2049})
    void so_many_first_bytes_are_wiped(int length) {
        byte[] bytes = new byte[length + 1];
        Arrays.fill(bytes, (byte) 1);

        Plaintext.wipe(bytes, length);

        byte[] wiped = new byte[length + 1];
        wiped[length] = 1;
        assertThat(bytes).isEqualTo(wiped);
    }

    @Test
    void it_is_empty_and_blank_once_it_is_wiped() {
        Plaintext plaintext = new Plaintext();
        plaintext.put(ascii("abc"));

        plaintext.wipe();

        assertThat(plaintext.size()).isZero();
        assertThat(plaintext.buffer()).containsOnly(0);
    }
}
