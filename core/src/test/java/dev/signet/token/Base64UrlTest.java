package dev.signet.token;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Base64;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class Base64UrlTest {
    private static final String ALPHABET = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_";

    @Test
    void what_was_encoded_decodes() {
        Random random = new Random(1);
        for (int length = 0; length < 300; length++) {
            byte[] bytes = new byte[length];
            random.nextBytes(bytes);
            String text = Base64Url.encode(bytes);
            assertThat(Base64Url.decode(text)).as("%d bytes", length).isEqualTo(bytes);
            assertThat(text).hasSize(Base64Url.encodedLength(length));
        }
    }

    @Test
    void whatever_decodes_encodes_to_the_same_text() {
        Random random = new Random(2);
        for (int round = 0; round < 20_000; round++) {
            StringBuilder text = new StringBuilder();
            for (int length = random.nextInt(70); length > 0; length--) {
                text.append(ALPHABET.charAt(random.nextInt(64)));
            }
            byte[] bytes = Base64Url.decode(text.toString());
            boolean canonical = text.length() % 4 != 1
                    && Base64.getUrlEncoder()
                            .withoutPadding()
                            .encodeToString(Base64.getUrlDecoder().decode(text.toString()))
                            .contentEquals(text);
            assertThat(bytes != null).as("seed 2, round %d: %s", round, text).isEqualTo(canonical);
            assertThat(Base64Url.isCanonical(text.toString()))
                    .as("seed 2, round %d: %s", round, text)
                    .isEqualTo(canonical);
        }
    }

    @Test
    void nothing_but_zeros_decodes() {
        for (int length = 0; length < 50; length++) {
            assertThat(Base64Url.decode(Base64Url.encode(new byte[length]))).isEqualTo(new byte[length]);
        }
    }

    @Test
    void a_part_decodes_where_it_is_told_to() {
        byte[] target = new byte[8];

        int length = Base64Url.decode("..AQID..".getBytes(), 2, 6, target, 4);

        assertThat(length).isEqualTo(3);
        assertThat(target).containsExactly(0, 0, 0, 0, 1, 2, 3, 0);
    }

    @Test
    void a_part_that_is_no_base64url_has_no_length() {
        byte[] target = new byte[80];
        for (int length = 1; length <= 80; length++) {
            byte[] text = ("A".repeat(length - 1) + "!").getBytes(StandardCharsets.US_ASCII);

            assertThat(Base64Url.decode(text, 0, length, target, 0)).isEqualTo(-1);
        }
    }

    @Test
    void a_part_encodes_where_it_is_told_to() {
        Random random = new Random(3);
        byte[] bytes = new byte[120];
        random.nextBytes(bytes);
        for (int length = 0; length <= 100; length++) {
            byte[] text = new byte[150];

            int end = Base64Url.encode(bytes, 7, length, text, 5);

            String expected = Base64Url.encode(Arrays.copyOfRange(bytes, 7, 7 + length));
            assertThat(new String(text, 5, end - 5, StandardCharsets.US_ASCII)).isEqualTo(expected);
            assertThat(text[4]).isZero();
            assertThat(text[end]).isZero();
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"=", "+", "/", " ", "\t", "\r", "\n", "!", "*", ".", "\u0000", "é", "Ａ", "%", "ÿ", "Ā", "Ł"})
    void a_stranger_to_the_alphabet_is_refused_wherever_it_stands(String stranger) {
        for (int length : new int[] {4, 22, 43, 64, 100}) {
            String text = Base64Url.encode(new byte[length]);
            for (int at = 0; at <= text.length(); at++) {
                String longer = text.substring(0, at) + stranger + text.substring(at);
                assertThat(Base64Url.decode(longer)).isNull();
                assertThat(Base64Url.isCanonical(longer)).isFalse();
                if (at < text.length()) {
                    String other = text.substring(0, at) + stranger + text.substring(at + 1);
                    assertThat(Base64Url.decode(other)).isNull();
                    assertThat(Base64Url.isCanonical(other)).isFalse();
                }
            }
        }
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 2, 16, 32, 34, 500})
    void padding_and_trailing_bits_are_refused(int length) {
        byte[] bytes = new byte[length];
        Arrays.fill(bytes, (byte) 0x5a);
        String text = Base64Url.encode(bytes);
        char last = text.charAt(text.length() - 1);

        assertThat(Base64Url.decode(text + "=")).isNull();
        assertThat(Base64Url.decode(text + "==")).isNull();
        assertThat(Base64Url.decode(text.substring(0, text.length() - 1) + ALPHABET.charAt(ALPHABET.indexOf(last) + 1)))
                .isNull();
    }
}
