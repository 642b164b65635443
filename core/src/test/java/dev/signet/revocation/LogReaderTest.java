package dev.signet.revocation;

import static org.assertj.core.api.Assertions.assertThat;

import dev.signet.revocation.RevocationLog.Entry;
import dev.signet.revocation.RevocationLog.Kind;
import java.time.Duration;
import java.time.Instant;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;

class LogReaderTest {
    private static final int MOST = 100_000;

    private final MovableClock clock = new MovableClock();

    private LogReader readerOf(RevocationLog log, int maxEntries) {
        Settings settings = Revocations.on(log)
                .clock(clock)
                .nanoTime(clock::nanos)
                .maxEntries(maxEntries)
                .settings();
        Events events = new Events(settings.listener());
        StoreCalls calls = new StoreCalls(log.inProcess(), settings.storeTimeout());
        return new LogReader(log, calls, settings, events, new Freshness(settings, events, log.inProcess()));
    }

    private Instant end() {
        return clock.instant().plus(Duration.ofDays(1));
    }

    private void sessions(RevocationLog log, int number) {
        for (int i = 0; i < number; i++) {
            session(log, "s" + i);
        }
    }

    private void session(RevocationLog log, String id) {
        log.append(new Entry(0, id, Kind.SESSION, StoreTestBase.sid(id), "ada", 0, end()));
    }

    private void everyone(RevocationLog log) {
        log.append(new Entry(0, "everyone", Kind.EVERYONE, null, null, 0, end()));
    }

    @Nested
    class Reading {
        private final TestStore store = new TestStore(clock);
        private final LogReader reader = readerOf(store, MOST);

        @BeforeEach
        void forgetful() {
            store.durable = false;
        }

        @Test
        void says_whether_anything_was_new() {
            sessions(store, 1);
            assertThat(reader.pull()).isTrue();
            assertThat(reader.pull()).isFalse();

            session(store, "another");
            assertThat(reader.pull()).isTrue();
        }

        @Test
        void goes_on_after_the_last_entry_of_a_full_page() {
            sessions(store, 2 * LogReader.PAGE - 1);
            reader.pull();

            assertThat(reader.replica().size()).isEqualTo(2 * LogReader.PAGE - 1);
            assertThat(store.reads).hasValue(2);
        }

        @Test
        void counts_each_answer_of_the_store_as_progress() {
            sessions(store, 2 * LogReader.PAGE - 1);
            reader.pull();
            assertThat(reader.progress()).isEqualTo(2);
        }

        @Test
        void counts_what_it_records_again_as_progress_too() {
            sessions(store, 3);
            reader.pull();
            long before = reader.progress();
            store.loseEverything();
            reader.pull();

            assertThat(store.entries()).hasSize(3);
            assertThat(reader.progress() - before)
                    .as("three reads and three appends")
                    .isEqualTo(6);
        }
    }

    @Nested
    class Housekeeping {
        private final CountedLog log = new CountedLog(clock);
        private final LogReader reader = readerOf(log, MOST);

        private void pull(LogReader one) {
            boolean unused = one.pull();
            one.keepHouse();
        }

        @Test
        void is_done_at_the_start_and_after_more_than_an_hour() {
            pull(reader);
            assertThat(log.trims).isEqualTo(1);

            clock.advance(Duration.ofHours(1));
            pull(reader);
            assertThat(log.trims).isEqualTo(1);

            clock.advance(Duration.ofMillis(1));
            pull(reader);
            assertThat(log.trims).isEqualTo(2);
        }

        @Test
        void is_done_after_ten_thousand_entries() {
            pull(reader);
            sessions(log, 9_999);
            pull(reader);
            assertThat(log.trims).isEqualTo(1);

            session(log, "one more");
            pull(reader);
            assertThat(log.trims).isEqualTo(2);
        }

        @Test
        void is_done_at_once_after_an_entry_for_everyone() {
            sessions(log, 20);
            pull(reader);
            assertThat(reader.replica().size()).isEqualTo(20);

            everyone(log);
            pull(reader);
            assertThat(reader.replica().size()).isEqualTo(1);
            assertThat(log.read(0, 100).entries()).hasSize(1);
        }

        @Test
        void is_done_at_each_reading_while_the_list_is_full() {
            LogReader small = readerOf(log, 10);
            pull(small);
            sessions(log, 9);
            pull(small);
            assertThat(log.trims).isEqualTo(1);

            session(log, "one more");
            pull(small);
            pull(small);
            assertThat(log.trims).isEqualTo(3);
        }
    }
}
