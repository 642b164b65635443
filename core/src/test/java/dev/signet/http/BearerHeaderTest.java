package dev.signet.http;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Which {@code Authorization} lines bring a ticket (RFC 6750 §2.1). */
class BearerHeaderTest {
    private static final int LONGEST = 4096;

    private static String ticket(String... lines) {
        return BearerHeader.ticket(List.of(lines));
    }

    @ParameterizedTest
    @ValueSource(strings = {"Bearer a.b-c", "bearer a.b-c", "BEARER a.b-c", "bEaReR a.b-c", "Bearer   a.b-c"})
    void a_ticket_after_the_scheme_in_any_case_and_spaces(String line) {
        assertThat(ticket(line)).isEqualTo("a.b-c");
    }

    @Test
    void every_character_of_token68() {
        String all = "ABCXYZabcxyz0189-._~+/===";
        assertThat(ticket("Bearer " + all)).isEqualTo(all);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                " ",
                "Bearer",
                "Bearer ",
                "Bearer =",
                "Bearera",
                "Bearer\ta",
                "Bearer \ta",
                " Bearer a",
                "Bearer a ",
                "Bearer a b",
                "Bearer a=b",
                "Bearer a,b",
                "Bearer a, Bearer b",
                "Bearer a;b",
                "Bearer \"a\"",
                "Bearer token=a",
                "Bearer: a",
                "Bearer ä",
                "Bearer a\u0000",
                "Bearer a\n",
                "Bearer\u00a0a",
                "Beårer a",
                "Basic YWRhOmxvdmVsYWNl",
                "DPoP a",
                "Digest a",
                "Token a",
                "a"
            })
    void nothing_else_is_one(String line) {
        assertThat(ticket(line)).isEmpty();
    }

    @Test
    void one_line_only() {
        assertThat(ticket()).isEmpty();
        assertThat(ticket("Bearer a", "Bearer a")).isEmpty();
        assertThat(ticket("Bearer a", "Basic b")).isEmpty();
        assertThat(ticket("Bearer a", "")).isEmpty();
    }

    @Test
    void no_longer_than_a_cookie_holds() {
        assertThat(ticket("Bearer " + "a".repeat(LONGEST))).hasSize(LONGEST);
        assertThat(ticket("Bearer " + "a".repeat(LONGEST + 1))).isEmpty();
        assertThat(ticket("Bearer a" + "=".repeat(LONGEST))).isEmpty();
    }
}
