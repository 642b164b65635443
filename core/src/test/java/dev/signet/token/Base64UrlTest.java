package dev.signet.token;

import static org.assertj.core.api.Assertions.assertThat;

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
