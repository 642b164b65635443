package dev.signet.revocation;

import static org.assertj.core.api.Assertions.assertThat;

import dev.signet.revocation.RevocationListener.Event;
import dev.signet.revocation.RevocationLog.Entry;
import dev.signet.revocation.RevocationLog.Kind;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class LossWatchTest {
    private final List<Event> events = new ArrayList<>();
    private final LossWatch watch = new LossWatch(new Events((event, detail) -> events.add(event)), true);
    private final Replica replica = new Replica();

    private void everyone(long position) {
        replica.apply(new Entry(position, "e" + position, Kind.EVERYONE, null, null, 0, Instant.MAX));
    }

    @Test
    void tickets_from_further_and_further_beyond_are_one_loss() {
        replica.reached(10);
        assertThat(watch.forgives(100, replica)).isFalse();
        assertThat(watch.forgives(200, replica)).isFalse();
        assertThat(watch.stands(replica)).isTrue();
        assertThat(events).containsExactly(Event.ENTRIES_LOST);

        watch.acknowledge();
        assertThat(watch.stands(replica)).isFalse();
        assertThat(watch.forgives(200, replica)).isTrue();
        assertThat(watch.forgives(201, replica)).isFalse();
        assertThat(events).containsExactly(Event.ENTRIES_LOST, Event.LOSS_SETTLED, Event.ENTRIES_LOST);
    }

    @Test
    void nothing_is_forgiven_before_it_is_acknowledged_nor_because_everyone_was_signed_out() {
        replica.reached(10);
        watch.forgives(100, replica);
        assertThat(watch.forgives(99, replica)).isFalse();
        everyone(11);

        assertThat(watch.stands(replica)).isFalse();
        assertThat(watch.forgives(100, replica)).isFalse();
        assertThat(events).containsExactly(Event.ENTRIES_LOST, Event.LOSS_SETTLED);
    }

    @Test
    void signing_everyone_out_before_the_loss_does_not_settle_it() {
        everyone(10);
        watch.forgives(100, replica);

        assertThat(watch.stands(replica)).isTrue();
        assertThat(events).containsExactly(Event.ENTRIES_LOST);
    }

    @Test
    void without_a_loss_there_is_nothing_to_acknowledge() {
        watch.acknowledge();

        assertThat(watch.stands(replica)).isFalse();
        assertThat(events).isEmpty();
        assertThat(watch.forgives(100, replica)).isFalse();
        assertThat(events).containsExactly(Event.ENTRIES_LOST);
    }
}
