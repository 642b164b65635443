package dev.signet.token;

import static org.assertj.core.api.Assertions.assertThat;

import dev.signet.Forge;
import dev.signet.Keeps;
import dev.signet.MovableClock;
import dev.signet.TestKeys;
import dev.signet.Tries;
import dev.signet.Vault;
import dev.signet.keys.KeyRing;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The days of derived keys, and how many of them are held. */
class SealingKeysTest {
    private static final Instant NOON = MovableClock.NOON;
    private static final Duration DAY = Duration.ofDays(1);

    private final HeldKeys keys = new HeldKeys(TestKeys.ring(), MovableClock.atNoon());
    private final Tokens tokens = new Tokens(keys, "app", "session", false);

    private static String forged(Instant day) {
        return Forge.seal(Forge.at(day).header("st1+jwt"), Forge.at(NOON).key("csrf", ""), Forge.utf8("{}"));
    }

    private static String genuine(Instant day) {
        return Forge.at(day).ticket("{\"any\":1}");
    }

    private Refusal open(String token, Instant now) {
        return tokens.tickets().open(token, now, Trees::read).refusal();
    }

    private int held() {
        return keys.held().sealingKeys.size();
    }

    @Nested
    @Keeps("T1")
    @Tries(14)
    class Strangers {

        @Test
        void do_not_fill_the_cache() {
            for (int day = 0; day < 400; day++) {
                assertThat(open(forged(NOON.minus(DAY.multipliedBy(day))), NOON))
                        .isEqualTo(Refusal.FORGED);
            }

            assertThat(held()).isZero();
        }

        @Test
        void do_not_empty_the_cache() {
            tokens.tickets().seal(Trees.writing(Trees.ANY), NOON);
            assertThat(open(genuine(NOON.minus(DAY)), NOON)).isNull();
            SealingKey yesterday = find(NOON.minus(DAY));

            for (int day = 0; day < 400; day++) {
                open(forged(NOON.minus(DAY.multipliedBy(day))), NOON);
            }

            assertThat(held()).isEqualTo(2);
            assertThat(find(NOON.minus(DAY))).isNotNull().isSameAs(yesterday);
        }
    }

    @Nested
    class Holders_of_old_tokens {

        @Test
        void fill_256_places_and_leave_what_seals_alone() {
            tokens.tickets().seal(Trees.writing(Trees.ANY), NOON);
            SealingKey today = find(NOON);

            for (int day = 1; day < 400; day++) {
                assertThat(open(genuine(NOON.minus(DAY.multipliedBy(day))), NOON))
                        .isNull();
            }

            assertThat(held()).isEqualTo(257);
            assertThat(find(NOON)).isSameAs(today);
        }

        @Test
        void who_come_often_stay() {
            List<Integer> oftenSeen =
                    IntStream.range(1, 400).filter(day -> day % 4 == 0).boxed().toList();
            List<String> regulars = oftenSeen.stream()
                    .map(day -> genuine(NOON.minus(DAY.multipliedBy(day))))
                    .toList();
            regulars.forEach(token -> open(token, NOON));
            List<SealingKey> theirs = keysOf(oftenSeen);
            for (int day = 1; day < 400; day++) {
                open(genuine(NOON.minus(DAY.multipliedBy(day))), NOON);
                regulars.forEach(token -> open(token, NOON));
            }

            List<SealingKey> kept = keysOf(oftenSeen);
            kept.retainAll(theirs);
            assertThat(kept).hasSizeGreaterThan(95);
        }

        private List<SealingKey> keysOf(List<Integer> days) {
            return days.stream()
                    .map(day -> find(NOON.minus(DAY.multipliedBy(day))))
                    .collect(Collectors.toCollection(ArrayList::new));
        }
    }

    @Test
    void what_opens_nothing_any_more_makes_room() {
        SealingKeys held = new SealingKeys();
        Purpose tickets = new Purpose("app", "session", TokenKind.TICKET, "");
        Random random = new Random(3);
        for (int today = 0; today < 100; today++) {
            for (int i = 0; i < 500; i++) {
                SealingKeys.Name name = new SealingKeys.Name(tickets, "k1", today + random.nextInt(260));
                if (held.find(name) == null) {
                    SealingKey unused = held.keep(name, derive(name));
                }
            }
        }

        assertThat(IntStream.range(0, 99).filter(day -> held.find(new SealingKeys.Name(tickets, "k1", day)) != null))
                .as("seed 3: days that are over")
                .hasSizeLessThan(10);
    }

    @Test
    void what_seals_is_held_for_today_and_yesterday() {
        for (int day = 0; day < 10; day++) {
            tokens.tickets().seal(Trees.writing(Trees.ANY), NOON.plus(DAY.multipliedBy(day)));
        }

        assertThat(held()).isEqualTo(2);
        assertThat(find(NOON.plus(DAY.multipliedBy(9)))).isNotNull();
        assertThat(find(NOON.plus(DAY.multipliedBy(8)))).isNotNull();
    }

    @Test
    void what_opens_is_kept_once() {
        SealingKeys held = new SealingKeys();
        SealingKeys.Name name = new SealingKeys.Name(new Purpose("app", "session", TokenKind.TICKET, ""), "k1", 1);
        SealingKey first = derive(name);

        assertThat(held.keep(name, first)).isSameAs(first);
        assertThat(held.keep(name, derive(name))).isSameAs(first);
        SealingKey sealing = held.pin(name, derive(name));
        assertThat(held.keep(name, derive(name))).isSameAs(sealing);
    }

    @Test
    void what_seals_is_derived_once() {
        SealingKeys held = new SealingKeys();
        SealingKeys.Name name = new SealingKeys.Name(new Purpose("app", "session", TokenKind.TICKET, ""), "k1", 1);
        SealingKey first = derive(name);

        assertThat(held.findPinned(name)).isNull();
        assertThat(held.pin(name, first)).isSameAs(first);
        assertThat(held.pin(name, derive(name))).isSameAs(first);
        assertThat(held.findPinned(name)).isSameAs(first);
    }

    @Test
    void a_key_hands_out_the_ciphers_that_it_was_given_back() {
        SealingKey key = derive(new SealingKeys.Name(new Purpose("app", "session", TokenKind.TICKET, ""), "k1", 1));
        AesGcm one = key.borrow();
        AesGcm other = key.borrow();
        assertThat(other).isNotSameAs(one);

        key.giveBack(one);
        key.giveBack(other);

        assertThat(List.of(key.borrow(), key.borrow())).containsExactlyInAnyOrder(one, other);
        assertThat(key.borrow()).isNotIn(one, other);
    }

    private static SealingKey derive(SealingKeys.Name name) {
        return SealingKey.derive(TestKeys.ring().keys().get(0), name.day(), name.purpose());
    }

    @Test
    void a_change_of_the_ring_forgets_every_derived_key() {
        Vault vault = new Vault(TestKeys.secret("k1", 1));
        HeldKeys followed = new HeldKeys(KeyRing.from(vault), MovableClock.atNoon());
        TokenCodec codec = new Tokens(followed, "app", "session", false).tickets();
        String token = codec.seal(Trees.writing(Trees.ANY), NOON);
        vault.put(TestKeys.secret("k1", 2));

        followed.refresh();
        followed.close();

        assertThat(codec.open(token, NOON, Trees::read).refusal()).isEqualTo(Refusal.FORGED);
    }

    private SealingKey find(Instant day) {
        long number = day.atOffset(ZoneOffset.UTC).toLocalDate().toEpochDay();
        return keys.held()
                .sealingKeys
                .find(new SealingKeys.Name(new Purpose("app", "session", TokenKind.TICKET, ""), "k1", number));
    }

    @Nested
    @Keeps("K5")
    @Tries(55)
    class The_day_of_a_token {

        @ParameterizedTest
        @CsvSource({"2026-03-01T23:59:59.999Z, 20513", "2026-03-02T00:00:00Z, 20514", "1970-01-01T00:00:00Z, 0"})
        void is_that_of_its_sealing_in_utc(Instant now, String day) {
            String token = tokens.tickets().seal(Trees.writing(Trees.ANY), now);

            byte[] header = Base64Url.decode(token.substring(0, token.indexOf('.')));
            assertThat(new String(header)).contains("\"kid\":\"k1." + day + "\"");
            assertThat(open(token, now)).isNull();
        }

        @Test
        void may_be_yesterday() {
            String token = tokens.tickets().seal(Trees.writing(Trees.ANY), Instant.parse("2026-03-01T23:59:59Z"));

            assertThat(open(token, Instant.parse("2026-03-02T00:00:00Z"))).isNull();
            assertThat(open(token, Instant.parse("2026-03-03T00:00:01Z"))).isNull();
        }

        @ParameterizedTest
        @CsvSource({"2026-03-01T23:50:00Z,", "2026-03-01T23:49:59Z, RETIRED_KEY", "2026-02-28T12:00:00Z, RETIRED_KEY"})
        void may_be_tomorrow_within_the_largest_skew(Instant now, Refusal refusal) {
            assertThat(open(genuine(Instant.parse("2026-03-02T00:00:00Z")), now))
                    .isEqualTo(refusal);
        }

        @ParameterizedTest
        @CsvSource({"2026-03-05T00:09:59Z,", "2026-03-05T00:10:00Z, RETIRED_KEY", "2027-03-05T00:00:00Z, RETIRED_KEY"})
        void may_lie_as_long_ago_as_the_longest_lifetime(Instant now, Refusal refusal) {
            HeldKeys threeDays =
                    new HeldKeys(TestKeys.ring().withLongestLifetime(Duration.ofDays(3)), MovableClock.atNoon());
            TokenCodec codec = new Tokens(threeDays, "app", "session", false).tickets();

            assertThat(codec.open(genuine(NOON), now, Trees::read).refusal()).isEqualTo(refusal);
        }

        @Test
        void is_looked_at_before_anything_is_derived() {
            assertThat(open(forged(NOON.minus(DAY.multipliedBy(500))), NOON)).isEqualTo(Refusal.RETIRED_KEY);
            assertThat(open(forged(NOON.plus(DAY.multipliedBy(2))), NOON)).isEqualTo(Refusal.RETIRED_KEY);
        }

        @Test
        void is_looked_at_again_though_its_key_is_at_hand() {
            String token = tokens.tickets().seal(Trees.writing(Trees.ANY), NOON);
            assertThat(open(token, NOON)).isNull();

            assertThat(open(token, NOON.plus(DAY.multipliedBy(402)))).isEqualTo(Refusal.RETIRED_KEY);
            assertThat(open(token, NOON.minus(DAY))).isEqualTo(Refusal.RETIRED_KEY);
        }
    }
}
