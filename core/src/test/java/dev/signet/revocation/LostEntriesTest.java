package dev.signet.revocation;

import static org.assertj.core.api.Assertions.assertThat;

import dev.signet.Keeps;
import dev.signet.Tries;
import dev.signet.revocation.RevocationListener.Event;
import dev.signet.revocation.RevocationLog.Entry;
import dev.signet.revocation.RevocationLog.Kind;
import dev.signet.revocation.TestStore.Hold;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

@Keeps("R4")
@Tries(51)
class LostEntriesTest extends StoreTestBase {
    @Nested
    class An_empty_durable_log {
        @Test
        void signs_everyone_out_once_however_many_nodes_find_it() {
            Revocations one = node();
            node();

            assertThat(store.entries()).extracting(Entry::kind).containsExactly(Kind.EVERYONE);
            assertThat(events).containsExactly(Event.FOUND_EMPTY);
            assertThat(one.ask(sid("old"), "ada", 1)).isEqualTo(Verdict.ENDED);
            assertThat(one.ask(sid("new"), "ada", one.catchUp())).isEqualTo(Verdict.LIVE);
        }

        @Test
        void is_not_empty_after_a_copy() {
            RevocationLog memory = Revocations.memoryLog(clock);
            memory.append(new Entry(0, "past", Kind.SESSION, sid("past"), "ada", 0, clock.instant()));
            long copied = LogCopy.copy(memory, store, clock.instant());

            assertThat(copied).isEqualTo(1);
            assertThat(node().ask(sid("old"), "ada", 1)).isEqualTo(Verdict.LIVE);
            assertThat(events).isEmpty();
        }
    }

    private enum Disaster {
        EVERYTHING_GONE {
            @Override
            void strike(TestStore store, List<Entry> dump) {
                store.loseEverything();
            }
        },
        OLDER_DUMP {
            @Override
            void strike(TestStore store, List<Entry> dump) {
                store.restore(dump);
            }
        },
        OLDER_DUMP_AND_ON {
            @Override
            void strike(TestStore store, List<Entry> dump) {
                store.restore(dump);
                for (int i = 0; i < 10; i++) {
                    store.append(new Entry(
                            0,
                            "later" + i,
                            Kind.SUBJECT,
                            null,
                            "zoe",
                            0,
                            dump.get(0).keepUntil()));
                }
            }
        };

        abstract void strike(TestStore store, List<Entry> dump);
    }

    /** Acknowledged, and the store does not answer the reading that follows. */
    @Nested
    class An_entry_that_nobody_has_read {
        private final Revocations one = node();
        private final Revocations open = started(settings().failOpen());
        private final long seq = one.catchUp();
        private final List<Entry> before = store.entries();

        private void record(Revocations node, Revocation what) {
            open.catchUp();
            events.clear();
            store.unreadable = true;
            node.revoke(what, LONGEST);
        }

        @Test
        void counts_on_its_own_instance_at_once() {
            record(one, session("phone"));

            assertThat(one.ask(sid("phone"), "ada", seq)).isEqualTo(Verdict.ENDED);
            assertThat(one.ask(sid("laptop"), "ada", seq)).isEqualTo(Verdict.LIVE);
        }

        @Test
        void counts_for_as_long_as_the_store_is_away_under_fail_open() {
            record(open, session("phone"));
            clock.advance(BOUND.plusSeconds(1));

            assertThat(open.ask(sid("phone"), "ada", seq)).isEqualTo(Verdict.ENDED);
            assertThat(open.ask(sid("laptop"), "ada", seq)).isEqualTo(Verdict.LIVE);
        }

        @Test
        void counts_as_a_group_against_earlier_positions() {
            record(open, Revocation.subject("ada"));

            assertThat(open.ask(sid("laptop"), "ada", seq)).isEqualTo(Verdict.ENDED);
            assertThat(open.ask(sid("laptop"), "bob", seq)).isEqualTo(Verdict.LIVE);
            assertThat(open.groupEndedAfter("ada", seq)).isTrue();
            assertThat(open.groupEndedAfter("bob", seq)).isFalse();
        }

        @ParameterizedTest
        @ValueSource(booleans = {false, true})
        void is_recorded_again_if_the_store_forgot_it(boolean others) {
            record(one, session("phone"));
            store.restore(before);
            if (others) {
                store.append(new Entry(0, "later", Kind.SUBJECT, null, "zoe", 0, end()));
            }
            store.unreadable = false;

            one.catchUp();
            open.catchUp();

            assertThat(events).containsExactly(Event.ENTRIES_LOST, Event.LOSS_SETTLED);
            assertThat(store.entries()).extracting(Entry::session).contains(sid("phone"));
            for (Revocations node : List.of(one, open, node())) {
                assertThat(node.ask(sid("phone"), "ada", seq)).isEqualTo(Verdict.ENDED);
                assertThat(node.ask(sid("laptop"), "ada", seq)).isEqualTo(Verdict.LIVE);
            }
        }

        @Test
        void ends_what_would_go_on_in_its_place() {
            record(one, session("phone"));
            store.restore(before);
            store.unreadable = false;

            assertThat(one.revokeUnlessEnded(session("phone"), LONGEST, sid("phone"), "ada", seq))
                    .isEmpty();
        }

        @Test
        void does_not_hide_that_nothing_else_was_there() {
            store.unreadable = true;
            store.loseEverything();
            Revocations late = node();
            late.revoke(session("phone"), LONGEST);
            store.loseEverything();
            store.unreadable = false;
            events.clear();

            long after = late.catchUp();

            assertThat(events).contains(Event.FOUND_EMPTY);
            assertThat(late.ask(sid("phone"), "ada", after)).isEqualTo(Verdict.ENDED);
            assertThat(late.ask(sid("old"), "ada", seq - 1)).isEqualTo(Verdict.ENDED);
            assertThat(late.ask(sid("new"), "ada", after)).isEqualTo(Verdict.LIVE);
        }

        @Test
        void that_ends_a_group_ends_no_more_of_it_when_it_is_recorded_again() {
            record(one, Revocation.subject("ada"));
            long since = store.entries().get(store.entries().size() - 1).position();
            store.restore(before);
            store.unreadable = false;

            one.catchUp();

            assertThat(one.ask(sid("old"), "ada", seq)).isEqualTo(Verdict.ENDED);
            assertThat(one.ask(sid("new"), "ada", since)).isEqualTo(Verdict.LIVE);
        }

        @Test
        void that_was_found_is_not_missed_once_it_is_trimmed() {
            record(one, session("phone"));
            store.unreadable = false;
            one.catchUp();
            clock.advance(LONGEST.plus(Duration.ofDays(2)));
            store.append(new Entry(0, "newest", Kind.SUBJECT, null, "bob", 0, end()));
            store.trim();

            one.catchUp();

            assertThat(events).doesNotContain(Event.ENTRIES_LOST);
            assertThat(store.entries()).extracting(Entry::session).doesNotContain(sid("phone"));
        }
    }

    @Nested
    class A_log_that_lost_entries {
        @ParameterizedTest
        @EnumSource(Disaster.class)
        void gets_them_again_from_whoever_holds_them(Disaster disaster) {
            Revocations one = node();
            Revocations other = node();
            one.revoke(session("before"), LONGEST);
            List<Entry> dump = store.entries();
            one.revoke(session("phone"), LONGEST);
            one.revoke(Revocation.session("foreign id", "ada", end()), LONGEST);
            one.revoke(Revocation.subject("bob"), LONGEST);
            long seq = one.catchUp();
            other.catchUp();
            List<Entry> held = store.entries();
            events.clear();
            disaster.strike(store, dump);

            one.catchUp();
            other.catchUp();

            assertThat(events).containsExactly(Event.ENTRIES_LOST, Event.LOSS_SETTLED);
            assertThat(store.entries())
                    .extracting(Entry::id)
                    .containsAll(held.stream().map(Entry::id).toList());
            assertThat(store.entries()).extracting(Entry::id).doesNotHaveDuplicates();
            for (Revocations node : List.of(one, other, node())) {
                assertThat(node.ask(sid("before"), "ada", seq)).isEqualTo(Verdict.ENDED);
                assertThat(node.ask(sid("phone"), "ada", seq)).isEqualTo(Verdict.ENDED);
                assertThat(node.ask("foreign id", "ada", seq)).isEqualTo(Verdict.ENDED);
                assertThat(node.ask(sid("tablet"), "bob", seq - 1)).isEqualTo(Verdict.ENDED);
                assertThat(node.ask(sid("tablet"), "bob", seq)).isEqualTo(Verdict.LIVE);
                assertThat(node.ask(sid("laptop"), "ada", seq)).isEqualTo(Verdict.LIVE);
            }
        }

        @Test
        void leaves_everybody_undecided_until_that_is_done() {
            assertThat(answerWhileMending(settings())).isEqualTo(Verdict.UNDECIDED);
        }

        @Test
        void is_answered_from_what_is_known_under_fail_open() {
            assertThat(answerWhileMending(settings().failOpen())).isEqualTo(Verdict.LIVE);
        }

        private Verdict answerWhileMending(RevocationsBuilder settings) {
            Revocations revocations = started(settings);
            revocations.revoke(session("phone"), LONGEST);
            long seq = revocations.catchUp();
            store.lose(entry -> true);
            Hold hold = new Hold();
            store.appendHold = hold;
            CompletableFuture<Long> mended = CompletableFuture.supplyAsync(revocations::catchUp);
            hold.awaitReached();

            assertThat(revocations.ask(sid("phone"), "ada", seq)).isEqualTo(Verdict.ENDED);
            Verdict meanwhile = revocations.ask(sid("laptop"), "ada", seq);
            store.letGo();
            mended.join();
            assertThat(revocations.ask(sid("laptop"), "ada", seq)).isEqualTo(Verdict.LIVE);
            return meanwhile;
        }

        @Test
        void is_mended_in_the_end_though_the_store_fails_meanwhile() {
            Revocations revocations = node();
            revocations.revoke(session("phone"), LONGEST);
            long seq = revocations.catchUp();
            events.clear();
            store.loseEverything();
            store.failBeforeRecording(1);

            assertThat(revocations.askStore(sid("laptop"), "ada", seq)).isEqualTo(Verdict.UNDECIDED);
            assertThat(revocations.ask(sid("laptop"), "ada", seq)).isEqualTo(Verdict.UNDECIDED);
            clock.advance(Duration.ofSeconds(1));
            assertThat(revocations.askStore(sid("laptop"), "ada", seq)).isEqualTo(Verdict.LIVE);
            assertThat(events).containsExactly(Event.ENTRIES_LOST, Event.LOSS_SETTLED);
        }

        @Test
        void is_not_suspected_because_the_last_entry_known_was_trimmed_in_its_time() {
            Revocations one = node();
            Revocations other = node();
            one.revoke(session("phone"), LONGEST);
            other.catchUp();
            events.clear();
            clock.advance(LONGEST.plus(Duration.ofDays(2)));
            store.append(new Entry(0, "newest", Kind.SUBJECT, null, "bob", 0, end()));
            store.trim();

            long seq = other.catchUp();

            assertThat(events).doesNotContain(Event.ENTRIES_LOST);
            assertThat(other.ask(sid("laptop"), "ada", seq)).isEqualTo(Verdict.LIVE);
        }

        @Test
        void of_which_nothing_is_in_force_any_more_begins_with_everyone_signed_out() {
            Revocations revocations = node();
            long seq = revocations.catchUp();
            clock.advance(Appender.LONGEST_LIFETIME.plus(Appender.MARGIN));
            events.clear();
            store.loseEverything();
            long after = revocations.catchUp();

            assertThat(store.entries()).extracting(Entry::kind).containsExactly(Kind.EVERYONE);
            assertThat(events).containsExactly(Event.ENTRIES_LOST, Event.FOUND_EMPTY, Event.LOSS_SETTLED);
            assertThat(revocations.ask(sid("old"), "ada", seq)).isEqualTo(Verdict.ENDED);
            assertThat(revocations.ask(sid("new"), "ada", after)).isEqualTo(Verdict.LIVE);
        }

        @Test
        void does_not_let_a_restart_win_over_what_it_forgot() {
            Revocations revocations = node();
            long seq = revocations.catchUp();
            revocations.revoke(session("phone"), LONGEST);
            store.lose(entry -> entry.kind() == Kind.SESSION);

            assertThat(revocations.revokeUnlessEnded(session("phone"), LONGEST, sid("phone"), "ada", seq))
                    .isEmpty();
        }
    }

    @Nested
    class A_ticket_from_beyond_the_log {
        private Revocations revocations;
        private long beyond;

        private void found(boolean durable) {
            store.durable = durable;
            revocations = started(settings().failOpen());
            events.clear();
            beyond = revocations.catchUp() + 1_000;
            assertThat(revocations.ask(sid("ticket"), "ada", beyond)).isEqualTo(Verdict.UNDECIDED);
        }

        private Verdict another() {
            return revocations.ask(sid("another"), "ada", revocations.position());
        }

        @Test
        void tells_that_a_durable_log_lost_entries_and_nobody_is_answered() {
            found(true);

            assertThat(another()).isEqualTo(Verdict.UNDECIDED);
            assertThat(revocations.askStore(sid("another"), "ada", revocations.position()))
                    .isEqualTo(Verdict.UNDECIDED);
            assertThat(revocations.status().answering()).isFalse();
            assertThat(events).containsExactly(Event.ENTRIES_LOST);
        }

        @Test
        void only_concerns_itself_if_the_log_is_not_durable() {
            found(false);

            assertThat(another()).isEqualTo(Verdict.LIVE);
            assertThat(events).isEmpty();
        }

        @Test
        void matters_no_more_once_everyone_is_signed_out() {
            found(true);
            clock.advance(Duration.ofMinutes(1));
            revocations.revoke(Revocation.everyone(), LONGEST);

            assertThat(another()).isEqualTo(Verdict.LIVE);
            assertThat(revocations.ask(sid("ticket"), "ada", beyond)).isEqualTo(Verdict.ENDED);
            assertThat(events).containsExactly(Event.ENTRIES_LOST, Event.LOSS_SETTLED);
        }

        @Test
        void stays_undecided_where_the_new_log_has_not_come_so_far() {
            found(true);
            revocations.revoke(Revocation.everyone(), LONGEST);

            assertThat(another()).isEqualTo(Verdict.LIVE);
            assertThat(revocations.ask(sid("ticket"), "ada", beyond)).isEqualTo(Verdict.UNDECIDED);
        }

        @Test
        void stands_once_the_loss_is_acknowledged_but_a_later_one_is_a_new_loss() {
            found(true);
            revocations.acknowledgeLoss();

            assertThat(another()).isEqualTo(Verdict.LIVE);
            assertThat(revocations.ask(sid("ticket"), "ada", beyond)).isEqualTo(Verdict.LIVE);
            assertThat(revocations.ask(sid("ticket"), "ada", beyond + 1)).isEqualTo(Verdict.UNDECIDED);
            assertThat(events).containsExactly(Event.ENTRIES_LOST, Event.LOSS_SETTLED, Event.ENTRIES_LOST);
        }
    }
}
