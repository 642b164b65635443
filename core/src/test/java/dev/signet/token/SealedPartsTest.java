package dev.signet.token;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class SealedPartsTest {
    private static final String BEFORE = "header..";

    /** IV, ciphertext and tag. */
    private static byte[] sealed(int ciphertext, Random random) {
        byte[] sealed = new byte[AesGcm.IV_BYTES + ciphertext + AesGcm.TAG_BYTES];
        random.nextBytes(sealed);
        return sealed;
    }

    /** The same parts one by one. */
    private static String spelled(byte[] sealed) {
        int tag = sealed.length - AesGcm.TAG_BYTES;
        return Base64Url.encode(Arrays.copyOf(sealed, AesGcm.IV_BYTES)) + "."
                + Base64Url.encode(Arrays.copyOfRange(sealed, AesGcm.IV_BYTES, tag)) + "."
                + Base64Url.encode(Arrays.copyOfRange(sealed, tag, sealed.length));
    }

    private static byte @Nullable [] decoded(byte[] text) {
        ByteBuffer sealed = SealedParts.decode(text.clone(), BEFORE.length());
        return sealed == null ? null : Arrays.copyOf(sealed.array(), sealed.limit());
    }

    /** Of ciphertext, in bytes; 20, 68 and 164 leave two characters after whole blocks of 64, for which vector code is delicate (JDK-8392044). */
    static IntStream sizes() {
        return IntStream.of(0, 1, 2, 3, 20, 40, 68, 164);
    }

    private static byte[] ascii(String text) {
        return text.getBytes(StandardCharsets.ISO_8859_1);
    }

    @Test
    void parts_of_every_length_are_spelled_as_one_by_one() {
        Random random = new Random(4);
        for (int ciphertext = 0; ciphertext < 300; ciphertext++) {
            byte[] sealed = sealed(ciphertext, random);
            byte[] text = ascii("!".repeat(600));

            int end = SealedParts.encode(
                    Arrays.copyOf(sealed, sealed.length + SealedParts.LONGEST_GAP), ciphertext, text, 5);

            assertThat(new String(text, 5, end - 5, StandardCharsets.ISO_8859_1))
                    .isEqualTo(spelled(sealed));
            assertThat(end - 5).isEqualTo(SealedParts.encodedLength(ciphertext));
            assertThat(text[4]).isEqualTo((byte) '!');
            assertThat(text[end]).isEqualTo((byte) '!');
        }
    }

    @Test
    void what_was_spelled_decodes() {
        Random random = new Random(5);
        for (int ciphertext = 0; ciphertext < 300; ciphertext++) {
            byte[] sealed = sealed(ciphertext, random);

            assertThat(decoded(ascii(BEFORE + spelled(sealed)))).isEqualTo(sealed);
        }
    }

    @ParameterizedTest
    @MethodSource("sizes")
    void whatever_a_changed_character_makes_is_refused_or_spelled_so(int ciphertext) {
        byte[] text = ascii(BEFORE + spelled(sealed(ciphertext, new Random(6))));
        int decodes = 0;
        for (int at = BEFORE.length(); at < text.length; at++) {
            byte[] changed = text.clone();
            for (int character = 0; character < 256; character++) {
                changed[at] = (byte) character;
                decodes += decodesToWhatIsSpelledSo(changed) ? 1 : 0;
            }
        }
        // The last character of a part stands for fewer than six bits where it is not the fourth of its group.
        int refusedAtItsEnd = ciphertext % 3 == 0 ? 0 : 64 - (ciphertext % 3 == 1 ? 4 : 16);
        int dots = 2;
        assertThat(decodes)
                .as("seed 6")
                .isEqualTo(64 * (text.length - BEFORE.length() - dots) + dots - refusedAtItsEnd - (64 - 4));
    }

    @ParameterizedTest
    @MethodSource("sizes")
    void whatever_more_or_fewer_characters_make_is_refused_or_spelled_so(int ciphertext) {
        String text = spelled(sealed(ciphertext, new Random(7)));
        int decodes = 0;
        for (int at = 0; at <= text.length(); at++) {
            assertThat(decoded(ascii(BEFORE + text.substring(0, at))) != null).isEqualTo(at == text.length());
            for (String more : List.of("A", "AA", "AAA", "=", "==", "A=", "A==", "AA=", "AA==", ".")) {
                String longer = BEFORE + text.substring(0, at) + more + text.substring(at);
                decodes += decodesToWhatIsSpelledSo(ascii(longer)) ? 1 : 0;
            }
            for (int fewer = 1; fewer <= at; fewer++) {
                String shorter = BEFORE + text.substring(0, at - fewer) + text.substring(at);
                decodes += decodesToWhatIsSpelledSo(ascii(shorter)) ? 1 : 0;
            }
        }
        assertThat(decodes)
                .as("texts with a ciphertext of another length, seed 7")
                .isGreaterThan(0);
    }

    @Test
    void a_ciphertext_may_be_empty_but_not_missing() {
        assertThat(decoded(ascii(BEFORE + "A".repeat(16) + "." + "A".repeat(22))))
                .isNull();
        assertThat(decoded(ascii(BEFORE + "A".repeat(16) + ".." + "A".repeat(22))))
                .hasSize(28);
    }

    /** False for what is refused; fails for a text that is not the one spelling of what it decodes to. */
    private static boolean decodesToWhatIsSpelledSo(byte[] text) {
        byte[] sealed = decoded(text);
        if (sealed == null) {
            return false;
        }
        assertThat(BEFORE + spelled(sealed)).isEqualTo(new String(text, StandardCharsets.ISO_8859_1));
        return true;
    }
}
