package dev.signet.revocation;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.signet.revocation.RevocationLog.Entry;
import dev.signet.revocation.RevocationLog.Kind;
import dev.signet.revocation.RevocationLog.Page;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.Callable;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** What every store has to do, whatever it is made of. */
public abstract class RevocationLogContract {
    private static final Duration DAY = Duration.ofDays(1);

    private final List<Revocations> opened = new ArrayList<>();
    private RevocationLog log;

    /** A log on an empty store. */
    protected abstract RevocationLog emptyLog();

    /** Another log on the same store, as another process would open it. */
    protected abstract RevocationLog sameStore(RevocationLog log);

    /** The store's clock. */
    protected abstract InstantSource storeClock();

    /** Puts the entries into the log as if they had been appended one by one; for stores where many take long. */
    protected void fill(RevocationLog log, List<Entry> entries) {
        entries.forEach(log::append);
    }

    @BeforeEach
    void open() {
        log = emptyLog();
    }

    @AfterEach
    void close() {
        opened.forEach(Revocations::close);
        log.close();
    }

    private Instant later() {
        return storeClock().instant().plus(DAY);
    }

    private static Entry session(String id, Instant keepUntil) {
        return new Entry(0, id, Kind.SESSION, sid(id), "ada", 0, keepUntil);
    }

    private static String sid(String id) {
        UUID bits = UUID.nameUUIDFromBytes(id.getBytes(StandardCharsets.UTF_8));
        return new SessionId(bits.getMostSignificantBits(), bits.getLeastSignificantBits()).toString();
    }

    private Entry subject(String id, String subject, long upTo) {
        return new Entry(0, id, Kind.SUBJECT, null, subject, upTo, later());
    }

    private List<String> ids() {
        return log.read(0, 1_000).entries().stream().map(Entry::id).toList();
    }

    private Revocations replica() {
        return replica(storeClock());
    }

    private Revocations replica(InstantSource clock) {
        Revocations revocations = Revocations.on(sameStore(log))
                .clock(clock)
                .stalenessBound(DAY)
                .storeTimeout(Duration.ofMinutes(1))
                .build();
        revocations.start();
        opened.add(revocations);
        return revocations;
    }

    @Test
    void an_empty_log_has_no_entries() {
        assertThat(log.read(0, 10).entries()).isEmpty();
    }

    @Test
    void positions_grow_and_begin_at_the_stores_clock() {
        long clock = storeClock().millis();
        long first = log.append(session("a", later()));
        long second = log.append(session("b", later()));

        assertThat(first).isGreaterThanOrEqualTo(clock);
        assertThat(second).isGreaterThan(first);
    }

    @Test
    void an_entry_comes_back_as_it_was_at_its_position() {
        Instant until = Instant.ofEpochSecond(later().getEpochSecond());
        Entry session = new Entry(0, "a-_1", Kind.SESSION, sid("a"), "ada", 0, until);
        Entry orphan = new Entry(0, "b", Kind.SESSION, "any text as id", null, 0, until);
        Entry subject = new Entry(0, "c", Kind.SUBJECT, null, "Ada Lovelace ä€😀", 17, until);
        Entry everyone = new Entry(0, "d", Kind.EVERYONE, null, null, 0, until);
        List<Entry> recorded = new ArrayList<>();
        for (Entry entry : List.of(session, orphan, subject, everyone)) {
            recorded.add(entry.at(log.append(entry)));
        }

        assertThat(sameStore(log).read(0, 10).entries()).isEqualTo(recorded);
    }

    @Test
    void the_same_id_again_changes_nothing_and_returns_the_first_position() {
        long first = log.append(session("a", later()));
        log.append(session("b", later()));

        assertThat(log.append(session("a", later().plus(DAY)))).isEqualTo(first);
        assertThat(ids()).containsExactly("a", "b");
    }

    @Test
    void reads_from_a_position_at_most_so_many() {
        log.append(session("a", later()));
        long second = log.append(session("b", later()));
        long third = log.append(session("c", later()));

        Page page = log.read(second, 1);
        assertThat(page.entries()).extracting(Entry::id).containsExactly("b");
        assertThat(page.head()).isGreaterThanOrEqualTo(third);
        assertThat(log.read(second + 1, 10).entries()).extracting(Entry::id).containsExactly("c");
        assertThat(log.read(third + 1, 10).entries()).isEmpty();
    }

    @Test
    void what_is_appended_after_a_head_was_handed_out_lies_above_it() {
        log.append(session("a", later()));
        long head = log.read(0, 10).head();

        assertThat(log.append(session("b", later()))).isGreaterThan(head);
    }

    @Test
    void trimming_drops_what_has_ended_to_the_moment() {
        Instant now = storeClock().instant();
        log.append(session("past", now.minus(DAY)));
        log.append(session("now", now));
        log.append(session("live", later()));
        log.append(session("newest", later()));
        log.trim();

        assertThat(ids()).containsExactly("live", "newest");
    }

    @Test
    void trimming_keeps_the_newest_even_if_it_has_ended() {
        Instant past = storeClock().instant().minus(DAY);
        log.append(session("a", past));
        long newest = log.append(session("b", past));
        log.trim();

        assertThat(ids()).containsExactly("b");
        assertThat(log.append(session("c", later()))).isGreaterThan(newest);
    }

    @Test
    void trimming_never_weakens_what_groups_end() {
        log.append(subject("strong", "ada", 50));
        log.append(subject("weak", "ada", 20));
        log.append(subject("other", "bob", 10));
        log.append(session("newest", later()));
        log.trim();

        assertThat(ids()).contains("strong", "other", "newest");
    }

    @Test
    void a_sign_in_in_the_millisecond_of_a_sign_out_everywhere_stands() {
        Revocations revocations = replica();
        long before = revocations.catchUp();
        long everywhere = revocations.revoke(Revocation.subject("ada"), DAY);
        long after = revocations.catchUp();

        assertThat(everywhere).isGreaterThan(before);
        assertThat(revocations.ask(sid("old"), "ada", before)).isEqualTo(Verdict.ENDED);
        assertThat(revocations.ask(sid("new"), "ada", after)).isEqualTo(Verdict.LIVE);
        assertThat(revocations.groupEndedAfter("ada", before)).isTrue();
        assertThat(revocations.groupEndedAfter("ada", after)).isFalse();
    }

    @Test
    void nodes_whose_clocks_are_ten_seconds_apart_agree_on_what_came_first() {
        Revocations ahead = replica(() -> storeClock().instant().plusSeconds(5));
        Revocations behind = replica(() -> storeClock().instant().minusSeconds(5));
        long old = ahead.catchUp();
        behind.revoke(Revocation.subject("ada"), DAY);
        long between = ahead.catchUp();
        ahead.revoke(Revocation.subject("ada"), DAY);
        long young = behind.catchUp();

        for (Revocations node : List.of(ahead, behind)) {
            node.catchUp();
            assertThat(node.ask(sid("old"), "ada", old)).isEqualTo(Verdict.ENDED);
            assertThat(node.ask(sid("between"), "ada", between)).isEqualTo(Verdict.ENDED);
            assertThat(node.ask(sid("young"), "ada", young)).isEqualTo(Verdict.LIVE);
        }
    }

    @Test
    void a_copied_log_ends_the_same_and_nothing_more() {
        log.append(session("gone", storeClock().instant().minus(DAY)));
        log.append(session("a", later()));
        long group = log.append(subject("b", "bob", 0));
        RevocationLog target =
                Revocations.memoryLog(() -> storeClock().instant().plus(DAY));

        assertThat(LogCopy.copy(log, target, storeClock().instant())).isEqualTo(2);
        assertThat(target.read(0, 10).entries())
                .extracting(Entry::id, Entry::endsBefore)
                .satisfies(all -> {
                    assertThat(all.get(0).toList()).first().isEqualTo("a");
                    assertThat(all.get(1).toList()).containsExactly("b", group);
                });
        assertThatThrownBy(() -> Revocations.copy(log, target)).isInstanceOf(IllegalStateException.class);
    }

    @Test
    void twelve_appenders_and_three_replicas_agree() throws Exception {
        int threads = 12;
        int each = 100;
        List<Revocations> replicas = List.of(replica(), replica(), replica());
        long before = log.read(0, 1_000).entries().size();
        CyclicBarrier together = new CyclicBarrier(threads + 1);
        AtomicBoolean appended = new AtomicBoolean();
        ExecutorService executor = Executors.newFixedThreadPool(threads + 1);
        try {
            List<Future<Boolean>> writers = new ArrayList<>();
            for (int i = 0; i < threads; i++) {
                int thread = i;
                writers.add(executor.submit(() -> {
                    together.await();
                    Revocations revocations = replicas.get(thread % replicas.size());
                    for (int n = 0; n < each; n++) {
                        String sid = sid(thread + "-" + n);
                        revocations.revoke(Revocation.session(sid, "subject" + thread + "-" + n, later()), DAY);
                        assertThat(revocations.ask(sid, "subject" + thread + "-" + n, 0))
                                .isEqualTo(Verdict.ENDED);
                    }
                    return true;
                }));
            }
            Future<List<Long>> reader = executor.submit(following(together, appended));
            for (Future<Boolean> writer : writers) {
                assertThat(writer.get()).isTrue();
            }
            appended.set(true);
            assertThat(reader.get()).isEqualTo(allPositions()).isSorted().doesNotHaveDuplicates();
        } finally {
            appended.set(true);
            executor.shutdown();
        }
        for (Revocations revocations : replicas) {
            revocations.catchUp();
            assertThat(revocations.status().entries()).isEqualTo(before + threads * each);
            for (int i = 0; i < threads * each; i++) {
                String name = i / each + "-" + i % each;
                assertThat(revocations.ask(sid(name), "subject" + name, Long.MAX_VALUE))
                        .isEqualTo(Verdict.ENDED);
            }
        }
    }

    /** Reads on and on from where it last was; sees everything only if nothing ever appears behind it. */
    private Callable<List<Long>> following(CyclicBarrier together, AtomicBoolean appended) {
        return () -> {
            RevocationLog own = sameStore(log);
            List<Long> seen = new ArrayList<>();
            long next = 0;
            together.await();
            while (true) {
                boolean last = appended.get();
                Page page = own.read(next, 50);
                page.entries().forEach(entry -> seen.add(entry.position()));
                if (last && page.entries().isEmpty()) {
                    return seen;
                }
                next = page.entries().size() < 50
                        ? Math.max(next, page.head() + 1)
                        : page.entries().get(49).position() + 1;
            }
        };
    }

    private List<Long> allPositions() {
        return log.read(0, 100_000).entries().stream().map(Entry::position).toList();
    }

    @Test
    void a_hundred_thousand_entries_are_all_found_by_a_new_replica() {
        int number = 100_000;
        Instant until = later();
        fill(
                log,
                IntStream.range(0, number)
                        .mapToObj(i -> session("entry" + i, until))
                        .toList());
        Revocations revocations = replica();

        assertThat(revocations.status().entries()).isEqualTo(number);
        for (int i = 0; i < number; i++) {
            assertThat(revocations.ask(sid("entry" + i), "ada", Long.MAX_VALUE)).isEqualTo(Verdict.ENDED);
        }
        assertThat(revocations.ask(sid("another"), "ada", 0)).isEqualTo(Verdict.LIVE);
    }
}
