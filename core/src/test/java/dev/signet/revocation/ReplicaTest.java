package dev.signet.revocation;

import static org.assertj.core.api.Assertions.assertThat;

import dev.signet.revocation.RevocationLog.Entry;
import dev.signet.revocation.RevocationLog.Kind;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.Test;

class ReplicaTest {
    private static final Instant NOW = Instant.parse("2026-01-01T00:00:00Z");
    private static final Instant LATE = NOW.plusSeconds(3600);

    private final Replica replica = new Replica();

    private void session(long position) {
        String sid = new SessionId(position, position).toString();
        replica.apply(new Entry(position, sid, Kind.SESSION, sid, "ada", 0, LATE));
    }

    private void subject(long position) {
        replica.apply(new Entry(position, "s" + position, Kind.SUBJECT, null, "subject" + position, 0, LATE));
    }

    private static Entry foreign(long position, Instant keepUntil) {
        return new Entry(position, "f" + position, Kind.SESSION, "foreign id", "ada", 0, keepUntil);
    }

    @Test
    void knows_everything_up_to_the_entry_last_applied() {
        session(7);

        assertThat(replica.position()).isEqualTo(7);
    }

    @Test
    void the_oldest_tenth_is_counted_by_sessions_and_subjects_alike() {
        for (int i = 1; i <= 100; i++) {
            if (i % 2 == 0) {
                session(10 * i);
            } else {
                subject(10 * i);
            }
        }

        assertThat(replica.afterOldestTenth()).as("just after the eleventh").isEqualTo(111);
    }

    @Test
    void a_session_with_a_foreign_id_ended_twice_is_kept_until_the_later_end() {
        for (List<Entry> twice :
                List.of(List.of(foreign(1, NOW), foreign(2, LATE)), List.of(foreign(1, LATE), foreign(2, NOW)))) {
            Replica either = new Replica();
            twice.forEach(either::apply);
            assertThat(either.size()).isEqualTo(1);

            either.drop(NOW);
            assertThat(either.holds("foreign id")).isTrue();
            either.drop(LATE);
            assertThat(either.holds("foreign id")).isFalse();
        }
    }

    @Test
    void a_foreign_id_ends_whatever_the_position_of_the_ticket() {
        subject(5);
        replica.apply(foreign(10, NOW));
        assertThat(replica.ends("foreign id", "ada", Long.MAX_VALUE)).isTrue();
        assertThat(replica.ends("another", "ada", 4)).isFalse();
        assertThat(replica.ends("another", "subject5", 4)).isTrue();

        replica.drop(NOW);
        assertThat(replica.ends("foreign id", "ada", 4)).isFalse();
        assertThat(replica.ends("another", "subject5", 4)).isTrue();
    }

    @Test
    void groups_end_up_to_their_positions_also_when_the_latest_was_dropped() {
        subject(10);
        replica.apply(new Entry(20, "s20", Kind.SUBJECT, null, "subject20", 0, NOW));
        assertThat(replica.ends("sid", "subject10", 9)).isTrue();
        assertThat(replica.ends("sid", "subject10", 10)).isFalse();
        assertThat(replica.ends("sid", "subject20", 19)).isTrue();
        assertThat(replica.ends("sid", "subject20", 20)).isFalse();

        replica.drop(NOW);
        assertThat(replica.ends("sid", "subject20", 19)).isFalse();
        assertThat(replica.ends("sid", "subject10", 9)).isTrue();

        replica.apply(new Entry(30, "all", Kind.EVERYONE, null, null, 0, LATE));
        assertThat(replica.ends("sid", "subject20", 29)).isTrue();
        assertThat(replica.ends("sid", "subject20", 30)).isFalse();
    }
}
