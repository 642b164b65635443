package dev.signet.revocation;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import java.util.Base64;
import java.util.HashMap;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class SessionTableTest {
    private static final Instant NOW = Instant.parse("2026-01-01T00:00:00Z");

    private final long seed = new Random().nextLong();
    private final Random random = new Random(seed);
    private final SessionTable table = new SessionTable();

    private SessionId anId() {
        return new SessionId(random.nextLong(), random.nextLong());
    }

    @Test
    void holds_exactly_what_was_added_and_has_not_ended() {
        Map<SessionId, Integer> expected = new HashMap<>();
        for (int i = 1; i <= 100_000; i++) {
            SessionId id = anId();
            int minutes = random.nextInt(100) - 50;
            expected.put(id, minutes);
            table.add(id, i, i % 1000, NOW.plusSeconds(minutes * 60L));
        }
        assertThat(table.size()).as("seed %d", seed).isEqualTo(expected.size());
        assertThat(table.holdsAtLeast(100, 7)).isTrue();
        assertThat(table.holdsAtLeast(101, 7)).isFalse();
        assertThat(table.countUpTo(500)).isEqualTo(500);

        table.drop(NOW, 0);

        expected.forEach((id, minutes) ->
                assertThat(table.contains(id.toString())).as("seed %d", seed).isEqualTo(minutes >= 0));
        assertThat(table.contains(anId().toString())).isFalse();
        table.drop(NOW, 100_001);
        assertThat(table.size()).isZero();
    }

    @Test
    void the_same_id_again_keeps_the_first_position_and_the_later_end() {
        SessionId id = anId();
        table.add(id, 5, 1, NOW.plusSeconds(3600));
        table.add(id, 9, 1, NOW);
        assertThat(table.size()).isEqualTo(1);
        assertThat(table.countUpTo(5)).isEqualTo(1);

        table.drop(NOW.plusSeconds(1800), 0);
        assertThat(table.contains(id.toString())).isTrue();
    }

    @Test
    void ends_beyond_all_reason_are_kept() {
        SessionId id = anId();
        table.add(id, 1, 1, Instant.MAX);
        table.drop(NOW, 0);
        assertThat(table.contains(id.toString())).isTrue();
    }

    @Test
    void an_id_is_the_base64url_of_its_bits() {
        for (int i = 0; i < 1_000; i++) {
            byte[] bits = new byte[16];
            random.nextBytes(bits);
            String text = Base64.getUrlEncoder().withoutPadding().encodeToString(bits);
            assertThat(SessionId.parse(text)).as("seed %d", seed).hasToString(text);
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "AAAAAAAAAAAAAAAAAAAAA",
                "AAAAAAAAAAAAAAAAAAAAAAA",
                "AAAAAAAAAAAAAAAAAAAAAB",
                "AAAAAAAAAAAAAAAAAAAA+A",
                "AAAAAAAAAAAAAAAAAAAAÄA"
            })
    void any_other_text_is_none(String text) {
        assertThat(SessionId.parse(text)).isNull();
    }
}
