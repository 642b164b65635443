package dev.signet;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** What every index has to do, whatever it is made of. */
public abstract class SessionIndexContract {
    private static final Instant NOON = Instant.parse("2026-03-01T12:00:00Z");
    private static final Duration IDLE = Duration.ofMinutes(30);
    private static final long POSITION = 1_772_366_400_000L;

    private SessionIndex index;

    /** An index on an empty store. */
    protected abstract SessionIndex emptyIndex();

    @BeforeEach
    void open() {
        index = emptyIndex();
    }

    @AfterEach
    void close() {
        index.close();
    }

    protected static ListedSession row(String subject, String id, Instant seen) {
        return new ListedSession(
                subject,
                id,
                "Firefox on Linux",
                NOON,
                seen,
                seen.plus(IDLE),
                NOON.plus(Duration.ofHours(12)),
                POSITION);
    }

    private static ListedSession row(String id) {
        return row("ada", id, NOON);
    }

    @Test
    void gives_back_what_was_put() {
        ListedSession row = row("a");
        index.put(row);

        assertThat(index.of("ada")).containsExactly(row);
        assertThat(index.of("bob")).isEmpty();
    }

    @Test
    void keeps_subjects_apart_that_look_alike() {
        List<String> subjects = List.of("ada", "Ada", "ada ", "", "a\0da", "\u0001a\\0da", "ådä", "a' OR '1'='1", "𝒶");
        subjects.forEach(subject -> index.put(row(subject, "of " + subjects.indexOf(subject), NOON)));

        for (String subject : subjects) {
            assertThat(index.of(subject)).containsExactly(row(subject, "of " + subjects.indexOf(subject), NOON));
        }
    }

    @Test
    void brings_rows_up_to_date_in_whatever_order_news_arrive() {
        ListedSession early = row("a");
        ListedSession late = row("ada", "a", NOON.plusSeconds(60)).labelled("");
        ListedSession reissued =
                new ListedSession("ada", "a", "", NOON, NOON, early.lapsesAt(), early.endsAt(), POSITION + 5);
        ListedSession all = new ListedSession(
                "ada", "a", early.label(), NOON, late.lastSeenAt(), late.lapsesAt(), early.endsAt(), POSITION + 5);

        for (List<ListedSession> order : List.of(
                List.of(early, late, reissued), List.of(late, reissued, early), List.of(reissued, early, late))) {
            order.forEach(index::put);
            assertThat(index.of("ada")).containsExactly(all);
            index.remove(all);
        }
    }

    @Test
    void lists_what_was_seen_last_first() {
        index.put(row("ada", "old", NOON));
        index.put(row("ada", "new", NOON.plusSeconds(2)));
        index.put(row("ada", "middle", NOON.plusSeconds(1)));

        assertThat(index.of("ada")).extracting(ListedSession::id).containsExactly("new", "middle", "old");
    }

    @Test
    void removes_a_row_unless_it_was_seen_later() {
        ListedSession known = row("a");
        index.put(row("ada", "a", NOON.plusSeconds(60)));

        index.remove(known);
        assertThat(index.of("ada")).hasSize(1);
        index.remove(known.seenAt(NOON.plusSeconds(60)));
        assertThat(index.of("ada")).isEmpty();
        index.remove(known);
    }

    @Test
    @Keeps("S12")
    void removes_no_row_whose_session_went_on_at_a_later_position() {
        ListedSession known = row("a");
        ListedSession alone = new ListedSession(
                "ada",
                "a",
                known.label(),
                NOON,
                known.lastSeenAt(),
                known.lapsesAt(),
                known.endsAt(),
                known.position() + 1);
        index.put(alone);

        index.remove(known);
        assertThat(index.of("ada")).containsExactly(alone);
        index.remove(alone);
        assertThat(index.of("ada")).isEmpty();
    }

    @Test
    void adds_up_to_a_number() {
        assertThat(index.add(row("a"), 2)).isEmpty();
        assertThat(index.add(row("b"), 2)).isEmpty();
        assertThat(index.add(row("c"), 2)).extracting(ListedSession::id).containsExactly("a", "b");
        assertThat(index.add(row("bob", "d", NOON), 2)).isEmpty();

        index.remove(row("a"));
        assertThat(index.add(row("c"), 2)).isEmpty();
        assertThat(index.of("ada")).extracting(ListedSession::id).containsExactly("b", "c");
    }

    @Test
    void drops_what_lapsed() {
        index.put(row("ada", "lapsed", NOON));
        index.put(row("ada", "live", NOON.plusSeconds(1)));
        index.put(row("bob", "lapsed too", NOON));

        index.trim(NOON.plus(IDLE));
        assertThat(index.of("ada")).hasSize(2);
        index.trim(NOON.plus(IDLE).plusSeconds(1));
        assertThat(index.of("ada")).extracting(ListedSession::id).containsExactly("live");
        assertThat(index.of("bob")).isEmpty();
    }

    @Test
    void keeps_a_bounded_number_of_a_subject() {
        IntStream.rangeClosed(0, SessionIndex.MOST).forEach(i -> index.put(row("ada", "id" + i, NOON.plusSeconds(i))));

        List<ListedSession> kept = index.of("ada");
        assertThat(kept).hasSize(SessionIndex.MOST);
        assertThat(kept).extracting(ListedSession::id).doesNotContain("id0").contains("id1");
    }

    @Test
    @Keeps("S12")
    void lets_no_more_in_at_once_than_there_is_room_for() throws Exception {
        int threads = 8;
        ExecutorService pool = Executors.newFixedThreadPool(threads);
        try {
            for (int round = 0; round < 10; round++) {
                String subject = "round" + round;
                CyclicBarrier together = new CyclicBarrier(threads);
                List<Callable<Boolean>> calls = IntStream.range(0, threads)
                        .<Callable<Boolean>>mapToObj(i -> () -> {
                            together.await();
                            return index.add(row(subject, subject + " " + i, NOON), 3)
                                    .isEmpty();
                        })
                        .toList();
                List<Boolean> added = new ArrayList<>();
                for (Future<Boolean> call : pool.invokeAll(calls)) {
                    added.add(call.get());
                }
                assertThat(added).filteredOn(Boolean::booleanValue).hasSize(3);
                assertThat(index.of(subject)).hasSize(3);
            }
        } finally {
            pool.shutdownNow();
        }
    }
}
