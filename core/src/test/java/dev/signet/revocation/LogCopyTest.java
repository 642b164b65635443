package dev.signet.revocation;

import static org.assertj.core.api.Assertions.assertThat;

import dev.signet.revocation.RevocationLog.Entry;
import dev.signet.revocation.RevocationLog.Kind;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class LogCopyTest {
    private static final int PAGE = LogReader.PAGE;

    private final MovableClock clock = new MovableClock();
    private final RevocationLog from = Revocations.memoryLog(clock);
    private final RevocationLog to = Revocations.memoryLog(clock);

    private void append(int number, Instant keepUntil) {
        for (int i = 0; i < number; i++) {
            String sid = new SessionId(0, i).toString();
            from.append(new Entry(0, sid, Kind.SESSION, sid, "ada", 0, keepUntil));
        }
    }

    private static List<String> ids(RevocationLog log) {
        return log.read(0, 100_000).entries().stream().map(Entry::id).toList();
    }

    private long copy() {
        return LogCopy.copy(from, to, clock.instant());
    }

    @ParameterizedTest
    @ValueSource(ints = {0, 1, PAGE - 1, PAGE, PAGE + 1, 2 * PAGE + 1})
    void copies_every_page_in_order(int entries) {
        append(entries, clock.instant().plusSeconds(1));

        assertThat(copy()).isEqualTo(entries);
        assertThat(ids(to).equals(ids(from))).as("the same ids in order").isTrue();
    }

    @ParameterizedTest
    @ValueSource(ints = {1, PAGE - 1, PAGE, PAGE + 1})
    void of_a_log_in_which_all_has_ended_the_newest_alone_is_copied(int entries) {
        append(entries, clock.instant());

        assertThat(copy()).isEqualTo(1);
        assertThat(ids(to)).containsExactly(new SessionId(0, entries - 1).toString());
    }

    @Test
    void says_how_many_were_copied_by_the_clock_of_the_machine() {
        append(3, Instant.now().plus(Duration.ofDays(1)));

        assertThat(Revocations.copy(from, to)).isEqualTo(3);
    }
}
