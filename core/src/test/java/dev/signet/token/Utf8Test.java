package dev.signet.token;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.fail;

import java.nio.ByteBuffer;
import java.nio.CharBuffer;
import java.nio.charset.CharsetDecoder;
import java.nio.charset.CoderResult;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import org.junit.jupiter.api.Test;

class Utf8Test {
    private static final CharsetDecoder DECODER = StandardCharsets.UTF_8.newDecoder();
    private static final int[] EDGES = {0x22, 0x7f, 0x80, 0x9f, 0xbf, 0xc0, 0xff};

    private static boolean isOneCharacter(byte[] bytes, int length) {
        CharBuffer text = CharBuffer.allocate(4);
        CoderResult result = DECODER.reset().decode(ByteBuffer.wrap(bytes, 0, length), text, true);
        return result.isUnderflow() && Character.codePointCount(text.flip(), 0, text.length()) == 1;
    }

    private static void assertAsTheJdkSays(byte[] bytes, int length) {
        if ((Utf8.sequence(bytes, 0, length) == length) != isOneCharacter(bytes, length)) {
            fail(Arrays.toString(Arrays.copyOf(bytes, length)));
        }
    }

    @Test
    void characters_are_what_the_jdk_decodes() {
        byte[] bytes = new byte[4];
        for (int first = 0x80; first < 256; first++) {
            bytes[0] = (byte) first;
            assertThat(Utf8.sequence(bytes, 0, 1)).isZero();
            for (int second = 0; second < 256; second++) {
                bytes[1] = (byte) second;
                assertAsTheJdkSays(bytes, 2);
                for (int third : EDGES) {
                    bytes[2] = (byte) third;
                    assertAsTheJdkSays(bytes, 3);
                    for (int fourth : EDGES) {
                        bytes[3] = (byte) fourth;
                        assertAsTheJdkSays(bytes, 4);
                    }
                }
            }
        }
    }
}
