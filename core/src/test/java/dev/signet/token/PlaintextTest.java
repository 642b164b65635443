package dev.signet.token;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;

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

    @Test
    void it_is_empty_and_blank_once_it_is_wiped() {
        Plaintext plaintext = new Plaintext();
        plaintext.put(ascii("abc"));
        plaintext.characters()[0] = 'a';

        plaintext.wipe();

        assertThat(plaintext.size()).isZero();
        assertThat(plaintext.buffer()).containsOnly(0);
        assertThat(plaintext.characters()).containsOnly('\0');
    }

    @Test
    void it_lets_go_of_what_it_left() {
        byte[] lent = new byte[16];
        Plaintext plaintext = new Plaintext(lent);
        plaintext.put(ascii("abc"));

        plaintext.leave();
        plaintext.put(ascii("later"));

        assertThat(lent).containsOnly(0);
        assertThat(plaintext.toBytes()).isEqualTo(ascii("later"));
    }
}
