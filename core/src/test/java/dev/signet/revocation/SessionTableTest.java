package dev.signet.revocation;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import java.util.ArrayList;
import java.util.Base64;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.SplittableRandom;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Predicate;
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

    /** The same table, kept in a map. */
    private static final class Model {
        record Row(long position, int subject, long endMinute) {}

        final Map<SessionId, Row> rows = new HashMap<>();

        void add(SessionId id, long position, int subject, long endMinute) {
            rows.merge(
                    id,
                    new Row(position, subject, endMinute),
                    (first, next) ->
                            new Row(first.position(), first.subject(), Math.max(first.endMinute(), next.endMinute())));
        }

        void drop(long minute, long belowPosition) {
            rows.values().removeIf(row -> row.endMinute() <= minute || row.position() < belowPosition);
        }

        long count(Predicate<Row> which) {
            return rows.values().stream().filter(which).count();
        }
    }

    @Test
    void says_the_same_as_a_map_after_whatever_happened() {
        Model model = new Model();
        List<SessionId> known = new ArrayList<>();
        long minute = 0;
        for (int position = 1; position <= 60_000; position++) {
            boolean again = random.nextInt(10) == 0 && !known.isEmpty();
            SessionId id = again ? known.get(random.nextInt(known.size())) : anId();
            Model.Row before = model.rows.get(id);
            // Of a session that was dropped nothing is said any more, and its first position no longer known for sure.
            if (again && before == null) {
                continue;
            }
            known.add(id);
            long end = minute + random.nextInt(1_000);
            int subject = random.nextInt(3_000);
            table.add(id, position, subject, NOW.plusSeconds(60 * end));
            model.add(id, position, subject, end + 1);
            if (random.nextInt(2_000) == 0) {
                minute += random.nextInt(random.nextBoolean() ? 10 : 500);
                long below = random.nextInt(5) == 0 ? position - random.nextInt(20_000) : 0;
                table.drop(NOW.plusSeconds(60 * minute), below);
                model.drop(minute, below);
                agree(model, known, position);
            }
        }
        agree(model, known, 60_000);
    }

    private void agree(Model model, List<SessionId> known, int position) {
        int upTo = random.nextInt(position + 1);
        int subject = random.nextInt(3_000);
        int least = random.nextInt(20);
        Map<SessionId, Long> visited = new HashMap<>();
        table.forEach((id, at, until) -> {
            visited.put(id, at);
            long end = model.rows.get(id).endMinute();
            assertThat(until).as("seed %d", seed).isEqualTo(NOW.plusSeconds(60 * end));
        });
        assertThat(table.size()).as("seed %d", seed).isEqualTo(model.rows.size());
        known.forEach(id ->
                assertThat(table.contains(id.toString())).as("seed %d", seed).isEqualTo(model.rows.containsKey(id)));
        assertThat(table.contains(anId().toString())).as("seed %d", seed).isFalse();
        assertThat(table.countUpTo(upTo)).as("seed %d", seed).isEqualTo((int) model.count(r -> r.position() <= upTo));
        assertThat(table.holdsAtLeast(least, subject))
                .as("seed %d", seed)
                .isEqualTo(model.count(row -> row.subject() == subject) >= least);
        assertThat(visited).as("seed %d", seed).hasSameSizeAs(model.rows);
        visited.forEach((id, at) ->
                assertThat(at).as("seed %d", seed).isEqualTo(model.rows.get(id).position()));
    }

    @Test
    void readers_never_miss_what_they_were_told_of_while_it_grows_and_shrinks() throws Exception {
        int number = 200_000;
        String[] kept = new String[number + 1];
        AtomicInteger told = new AtomicInteger();
        Callable<Long> reading = () -> {
            SplittableRandom choice = new SplittableRandom(seed);
            long missed = 0;
            for (int upTo = told.get(); upTo < number; upTo = told.get()) {
                if (upTo > 0) {
                    missed += table.contains(kept[upTo]) ? 0 : 1;
                    missed += table.contains(kept[1 + choice.nextInt(upTo)]) ? 0 : 1;
                }
            }
            return missed;
        };
        ExecutorService readers = Executors.newFixedThreadPool(2);
        try {
            List<Future<Long>> results = List.of(readers.submit(reading), readers.submit(reading));
            for (int i = 1; i <= number; i++) {
                SessionId id = anId();
                table.add(anId(), 2 * i - 1, 0, NOW.plusSeconds(i));
                table.add(id, 2 * i, 0, Instant.MAX);
                kept[i] = id.toString();
                told.set(i);
                if (i % 10_000 == 0) {
                    table.drop(NOW.plusSeconds(i - random.nextInt(20_000)), 0);
                }
            }
            for (Future<Long> result : results) {
                assertThat(result.get()).as("seed %d", seed).isZero();
            }
        } finally {
            readers.shutdownNow();
        }
    }

    /** Of 100,000 that were never added, so many that the filter does not deny. */
    private int strangersClaimed() {
        int claimed = 0;
        for (int i = 0; i < 100_000; i++) {
            claimed += table.mayContain(anId().toString()) ? 1 : 0;
        }
        return claimed;
    }

    @Test
    void the_filter_denies_nearly_all_strangers_however_many_are_held() {
        for (int i = 1; i <= 200_000; i++) {
            table.add(anId(), i, 0, Instant.MAX);
            if (i == 1_050 || i == 20_000 || i == 200_000) {
                assertThat(strangersClaimed()).as("%d held, seed %d", i, seed).isLessThan(1_500);
            }
        }
    }

    @Test
    void the_filter_forgets_in_time_what_was_dropped() {
        for (int i = 1; i <= 100_000; i++) {
            table.add(anId(), i, 0, Instant.MAX);
            if (i % 100 == 0) {
                table.drop(NOW, i - 1_000);
            }
        }
        assertThat(strangersClaimed()).as("seed %d", seed).isLessThan(1_500);
    }

    @Test
    void what_is_held_is_found_while_one_filter_follows_the_other_and_rows_move() {
        List<String> added = new ArrayList<>();
        int held = 2_000;
        for (int i = 1; i <= 20_000; i++) {
            SessionId id = anId();
            added.add(id.toString());
            table.add(id, i, 0, Instant.MAX);
            if (i % 20 == 0) {
                table.drop(NOW, i - held + 1L);
                assertThat(added.subList(Math.max(0, i - held), i))
                        .as("seed %d", seed)
                        .allMatch(table::contains);
            }
        }
    }

    @Test
    void the_filter_forgets_at_once_when_most_is_dropped() {
        for (int i = 1; i <= 100_000; i++) {
            table.add(anId(), i, 0, Instant.MAX);
        }
        assertThat(strangersClaimed()).as("seed %d", seed).isPositive();
        table.drop(NOW, 100_001);
        assertThat(strangersClaimed()).isZero();
    }

    @Test
    void what_was_dropped_with_few_others_may_come_back() {
        SessionId dropped = anId();
        table.add(dropped, 1, 7, NOW);
        for (int i = 2; i <= 100; i++) {
            table.add(anId(), i, 7, Instant.MAX);
        }
        table.drop(NOW.plusSeconds(60), 0);
        assertThat(table.contains(dropped.toString())).isFalse();
        assertThat(table.size()).isEqualTo(99);
        assertThat(table.holdsAtLeast(100, 7)).isFalse();

        table.add(dropped, 101, 7, NOW.plusSeconds(120));
        assertThat(table.contains(dropped.toString())).isTrue();
        assertThat(table.size()).isEqualTo(100);
    }

    @Test
    void how_many_a_subject_has_is_known_after_others_were_dropped() {
        for (int i = 1; i <= 64; i++) {
            table.add(anId(), i, 7, Instant.MAX);
        }
        table.add(anId(), 65, 8, NOW);
        table.drop(NOW.plusSeconds(60), 0);

        assertThat(table.holdsAtLeast(64, 7)).as("seed %d", seed).isTrue();
        assertThat(table.holdsAtLeast(65, 7)).as("seed %d", seed).isFalse();
    }

    @Test
    void ids_whose_texts_have_one_hash_are_told_apart() {
        String rest = anId().toString().substring(2);
        assertThat("Aa" + rest).hasSameHashCodeAs("BB" + rest);
        SessionId id = SessionId.parse("Aa" + rest);
        assertThat(id).isNotNull();
        table.add(id, 1, 1, Instant.MAX);
        assertThat(table.contains("Aa" + rest)).isTrue();
        assertThat(table.contains("BB" + rest)).isFalse();
        assertThat(table.contains("Aa" + rest + " ")).isFalse();
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
            SessionId id = SessionId.parse(text);
            assertThat(id).as("seed %d", seed).hasToString(text);
            assertThat(SessionId.textHash(id.high(), id.low()))
                    .as("seed %d", seed)
                    .isEqualTo(text.hashCode());
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
                "AAAAAAAAAAAAAAAAAAAAÄA",
                "AAAAAAAAAAAAAAAAAAAA\u0080A"
            })
    void any_other_text_is_none(String text) {
        assertThat(SessionId.parse(text)).isNull();
    }
}
