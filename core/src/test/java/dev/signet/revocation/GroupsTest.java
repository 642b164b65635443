package dev.signet.revocation;

import static org.assertj.core.api.Assertions.assertThat;

import dev.signet.revocation.RevocationLog.Entry;
import dev.signet.revocation.RevocationLog.Kind;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.Test;

class GroupsTest {
    private static final Instant NOW = Instant.parse("2026-01-01T00:00:00Z");
    private static final Instant SOON = NOW.plusSeconds(60);
    private static final Instant LATE = NOW.plusSeconds(3600);

    private final Groups groups = new Groups();

    private static Entry ada(String id, long upTo, Instant keepUntil) {
        return new Entry(upTo, id, Kind.SUBJECT, null, "ada", upTo, keepUntil);
    }

    private static Entry everyone(String id, long upTo, Instant keepUntil) {
        return new Entry(upTo, id, Kind.EVERYONE, null, null, upTo, keepUntil);
    }

    private static Entry sessionAt(long position) {
        return new Entry(position, "session", Kind.SESSION, "phone", "ada", 0, LATE);
    }

    @Test
    void of_two_for_one_subject_the_stronger_stands_until_the_later_end() {
        Entry strong = ada("strong", 20, SOON);
        Entry weak = ada("weak", 10, LATE);
        for (List<Entry> order : List.of(List.of(strong, weak), List.of(weak, strong))) {
            Groups either = new Groups();
            order.forEach(either::apply);

            assertThat(either.held(strong)).isEqualTo(ada("strong", 20, LATE));
            assertThat(either.held(weak)).isNull();
        }
    }

    @Test
    void of_two_that_end_the_same_the_newer_stands() {
        groups.apply(ada("first", 20, LATE));
        groups.apply(ada("second", 20, LATE));

        assertThat(groups.held(ada("second", 20, LATE))).isNotNull();
        assertThat(groups.held(ada("first", 20, LATE))).isNull();
    }

    @Test
    void everyone_covers_the_sessions_recorded_before_and_no_later_one() {
        groups.apply(everyone("all", 20, LATE));

        assertThat(groups.cover(sessionAt(19))).isTrue();
        assertThat(groups.cover(sessionAt(20))).isFalse();
    }

    @Test
    void a_subjects_entry_is_dropped_once_everyones_ends_as_much() {
        groups.apply(ada("ada", 20, LATE));
        groups.apply(everyone("less", 19, LATE));
        groups.drop(NOW);
        assertThat(groups.size()).isEqualTo(2);

        groups.apply(everyone("as much", 20, LATE));
        groups.drop(NOW);
        assertThat(groups.size()).isEqualTo(1);
        assertThat(groups.end("ada", 19)).isTrue();
    }

    @Test
    void what_is_left_ends_as_much_as_before_when_the_strongest_is_dropped() {
        groups.apply(ada("ada", 20, LATE));
        groups.apply(everyone("all", 10, LATE));
        groups.apply(new Entry(30, "bob", Kind.SUBJECT, null, "bob", 30, SOON));
        assertThat(groups.end("bob", 29)).isTrue();

        groups.drop(SOON);
        assertThat(groups.end("bob", 29)).isFalse();
        assertThat(groups.end("ada", 19)).isTrue();
        assertThat(groups.end("ada", 20)).isFalse();
        assertThat(groups.end("bob", 9)).isTrue();
        assertThat(groups.end("bob", 10)).isFalse();
    }

    @Test
    void counts_the_subjects_whose_entry_ends_no_more_than_that() {
        groups.apply(ada("ada", 20, LATE));
        groups.apply(new Entry(30, "bob", Kind.SUBJECT, null, "bob", 30, LATE));

        assertThat(groups.countEndingUpTo(19)).isZero();
        assertThat(groups.countEndingUpTo(20)).isEqualTo(1);
        assertThat(groups.countEndingUpTo(30)).isEqualTo(2);
    }
}
