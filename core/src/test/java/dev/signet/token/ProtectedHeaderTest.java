package dev.signet.token;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

class ProtectedHeaderTest {

    private static ProtectedHeader parse(String json) {
        return ProtectedHeader.parse(Base64Url.encode(json.getBytes(StandardCharsets.UTF_8)), TokenKind.TICKET);
    }

    @ParameterizedTest
    @EnumSource(
            value = TokenKind.class,
            names = {"TICKET", "VISITOR", "SLOT", "NESTED"})
    void is_read_as_it_was_written(TokenKind kind) {
        for (String keyId : new String[] {"a", "z", "A", "Z", "0", "9", "-", "_", "abcdefghijkl"}) {
            for (long day : new long[] {0, 9, 10, 20_513, 9_999_999}) {
                ProtectedHeader header = new ProtectedHeader(keyId, day, kind);

                assertThat(ProtectedHeader.parse(header.encoded(), kind)).isEqualTo(header);
            }
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"`", "{", "@", "[", "/", ":", ",", "^", "!", "~", "\u007f"})
    void has_no_key_id_with_a_neighbour_of_the_alphabet(String neighbour) {
        for (String keyId : new String[] {neighbour, "k" + neighbour, neighbour + "k"}) {
            ProtectedHeader odd = new ProtectedHeader(keyId, 1, TokenKind.TICKET);

            assertThat(ProtectedHeader.parse(odd.encoded(), TokenKind.TICKET)).isNull();
        }
    }

    @Test
    void has_an_end_that_is_not_part_of_its_start() {
        assertThat(parse("{\"alg\":\"dir\",\"enc\":\"A256GCM\",\"kid\":\"k1.1\",\"typ\":\"st1+jwt\"}"))
                .isNotNull();
        assertThat(parse("{\"alg\":\"dir\",\"enc\":\"A256GCM\",\"kid\":\"\",\"typ\":\"st1+jwt\"}"))
                .isNull();
        assertThat(parse("{\"alg\":\"dir\",\"enc\":\"A256GCM\",\"kid\":\",\"typ\":\"st1+jwt\"}"))
                .isNull();
    }
}
