package dev.signet.token;

import static org.assertj.core.api.Assertions.assertThat;

import dev.signet.MovableClock;
import dev.signet.TestKeys;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;

class RecentKeysTest {
    private static final Purpose TICKETS = new Purpose("app", "session", TokenKind.TICKET, "");

    private final HeldKeys held = new HeldKeys(TestKeys.ring(), MovableClock.atNoon());
    private final RecentKeys none = new RecentKeys(held.held());

    private SealingKey key(long day) {
        return SealingKey.derive(held.ring().keys().get(0), day, TICKETS);
    }

    private static byte[] tokenOf(SealingKey key) {
        return (new String(key.start(), StandardCharsets.ISO_8859_1) + "iv.ciphertext.tag")
                .getBytes(StandardCharsets.ISO_8859_1);
    }

    private static boolean know(RecentKeys recent, SealingKey key) {
        return recent.of(tokenOf(key)) == key;
    }

    @Test
    void know_nothing_at_first() {
        assertThat(none.of(tokenOf(key(20_000)))).isNull();
        assertThat(none.areOf(held.held())).isTrue();
        assertThat(RecentKeys.NONE.areOf(held.held())).isFalse();
        assertThat(none.areOf(new HeldKeys(TestKeys.ring(), MovableClock.atNoon()).held()))
                .isFalse();
    }

    @Test
    void know_each_by_how_its_tokens_begin() {
        SealingKey today = key(20_001);
        SealingKey yesterday = key(20_000);
        RecentKeys recent = none.with(today).with(yesterday);

        assertThat(recent.of(tokenOf(today))).isSameAs(today);
        assertThat(recent.of(tokenOf(yesterday))).isSameAs(yesterday);
        assertThat(recent.of(tokenOf(key(19_999)))).isNull();
        assertThat(recent.of(new byte[0])).isNull();
    }

    @Test
    void stay_as_they_are_with_one_that_they_know() {
        SealingKey one = key(20_001);
        RecentKeys recent = none.with(key(20_002)).with(one).with(key(20_000));

        assertThat(recent.with(one)).isSameAs(recent);
    }

    @Test
    void are_those_of_the_latest_days_in_whatever_order_they_come() {
        Random random = new Random(17);
        for (int round = 0; round < 50; round++) {
            List<SealingKey> keys = new ArrayList<>();
            for (long day = 0; day < 20; day++) {
                keys.add(key(20_000 + day));
            }
            List<SealingKey> shuffled = new ArrayList<>(keys);
            Collections.shuffle(shuffled, random);
            RecentKeys recent = none;
            for (SealingKey key : shuffled) {
                recent = recent.with(key);
            }

            RecentKeys latest = recent;
            assertThat(keys)
                    .as("seed 17, round %d", round)
                    .filteredOn(key -> know(latest, key))
                    .isEqualTo(keys.subList(20 - RecentKeys.MOST, 20));
        }
    }

    @Test
    void are_not_changed_by_one_of_an_earlier_day_where_there_is_no_room() {
        RecentKeys full = none;
        for (long day = 0; day < RecentKeys.MOST; day++) {
            full = full.with(key(20_000 + day));
        }

        assertThat(full.with(key(19_999))).isSameAs(full);
    }

    @Test
    void of_a_codec_open_tokens_of_many_days_in_turns() {
        Tokens tokens = new Tokens(held, "app", "session", false);
        Instant now = MovableClock.NOON;
        List<String> sealed = new ArrayList<>();
        for (int day = 0; day < 2 * RecentKeys.MOST; day++) {
            sealed.add(tokens.tickets().seal(Trees.writing(Trees.ANY), now.minus(Duration.ofDays(day))));
        }

        for (int round = 0; round < 3; round++) {
            assertThat(sealed)
                    .allSatisfy(token -> assertThat(tokens.tickets().open(token, now, Trees::read))
                            .isEqualTo(Opened.of(Trees.ANY)));
        }
    }
}
