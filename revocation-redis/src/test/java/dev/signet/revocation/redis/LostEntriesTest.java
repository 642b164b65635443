package dev.signet.revocation.redis;

import static dev.signet.revocation.redis.Entries.LONGEST;
import static dev.signet.revocation.redis.Entries.ids;
import static dev.signet.revocation.redis.Entries.later;
import static dev.signet.revocation.redis.Entries.sid;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.signet.revocation.Revocation;
import dev.signet.revocation.RevocationListener.Event;
import dev.signet.revocation.RevocationLog.Entry;
import dev.signet.revocation.Revocations;
import dev.signet.revocation.RevocationsBuilder;
import dev.signet.revocation.StoreUnavailable;
import dev.signet.revocation.Verdict;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;

/** What a Redis server can lose, and that it is noticed and made good. */
class LostEntriesTest {
    private static final Duration HOUR = Duration.ofHours(1);
    private static final Duration BOUND = Duration.ofHours(2);

    private final List<AutoCloseable> opened = new ArrayList<>();
    private final List<Event> events = new CopyOnWriteArrayList<>();
    private volatile Duration clockAhead = Duration.ZERO;

    @AfterEach
    void close() throws Exception {
        for (int i = opened.size() - 1; i >= 0; i--) {
            opened.get(i).close();
        }
    }

    private <T extends AutoCloseable> T closing(T resource) {
        opened.add(resource);
        return resource;
    }

    /** Reads when it is told to, not by itself. */
    private RevocationsBuilder settings(RedisRevocationLog log) {
        return Revocations.on(log)
                .clock(() -> Instant.now().plus(clockAhead))
                .pollInterval(HOUR)
                .stalenessBound(BOUND)
                .storeTimeout(Duration.ofSeconds(20))
                .listener((event, detail) -> events.add(event));
    }

    private Revocations started(RevocationsBuilder settings) {
        Revocations revocations = closing(settings.build());
        revocations.start();
        return revocations;
    }

    private Revocations node(Engine engine) {
        return started(settings(engine.log()));
    }

    private Revocations forgetfulNode(Engine engine) {
        return started(settings(forgetfulLog(engine)));
    }

    private RedisRevocationLog forgetfulLog(Engine engine) {
        return RedisRevocationLog.at(engine.address()).mayForget("a test").open();
    }

    private static void signOut(Revocations revocations, String name) {
        revocations.revoke(Revocation.session(sid(name), "ada", later()), LONGEST);
    }

    private static Verdict ask(Revocations revocations, String name, long seq) {
        return revocations.ask(sid(name), "ada", seq);
    }

    private void assertNoticedAndMade(Revocations one, Revocations other, Revocations newcomer, long seq) {
        assertThat(events).contains(Event.ENTRIES_LOST).endsWith(Event.LOSS_SETTLED);
        for (Revocations node : List.of(one, other, newcomer)) {
            assertThat(node.catchUp()).isGreaterThan(seq);
            assertThat(ask(node, "phone", seq)).isEqualTo(Verdict.ENDED);
            assertThat(ask(node, "tablet", seq)).isEqualTo(Verdict.ENDED);
            assertThat(ask(node, "laptop", seq)).isEqualTo(Verdict.LIVE);
            assertThat(node.ask(sid("desk"), "bob", seq - 1)).isEqualTo(Verdict.ENDED);
            assertThat(node.ask(sid("desk"), "bob", seq)).isEqualTo(Verdict.LIVE);
        }
    }

    @Test
    void after_flushall_replicas_record_again_what_they_hold() {
        Engine engine = closing(Engine.durable());
        Revocations one = node(engine);
        Revocations other = node(engine);
        signOut(one, "phone");
        signOut(other, "tablet");
        one.revoke(Revocation.subject("bob"), LONGEST);
        long seq = one.catchUp();
        other.catchUp();
        events.clear();
        engine.operate(redis -> redis.flushAll());

        one.catchUp();
        other.catchUp();

        assertNoticedAndMade(one, other, node(engine), seq);
        assertThat(ids(closing(engine.log())))
                .contains(sid("phone"), sid("tablet"))
                .doesNotHaveDuplicates();
    }

    @Test
    void after_an_older_backup_was_restored_replicas_record_again_what_is_missing() {
        Engine engine = closing(Engine.durable());
        Revocations one = node(engine);
        Revocations other = node(engine);
        signOut(one, "phone");
        Path backup = engine.backUp();
        signOut(other, "tablet");
        one.revoke(Revocation.subject("bob"), LONGEST);
        long seq = one.catchUp();
        other.catchUp();
        events.clear();
        engine.restore(backup);

        one.catchUp();
        other.catchUp();

        assertNoticedAndMade(one, other, node(engine), seq);
        assertThat(ids(closing(engine.log())))
                .contains(sid("phone"), sid("tablet"))
                .doesNotHaveDuplicates();
    }

    @Nested
    class Killed_without_append_only_file {
        private final Engine engine = closing(Engine.forgetful());
        private final Revocations closed = forgetfulNode(engine);
        private final Revocations open = started(settings(forgetfulLog(engine)).failOpen());
        private long seq;

        private void killed() {
            signOut(closed, "phone");
            signOut(open, "tablet");
            closed.revoke(Revocation.subject("bob"), LONGEST);
            seq = closed.catchUp();
            open.catchUp();
            events.clear();
            engine.kill();
        }

        @Test
        void everything_is_gone_and_recorded_again() {
            killed();
            engine.start();
            assertThat(ids(closing(forgetfulLog(engine)))).isEmpty();

            closed.catchUp();
            open.catchUp();

            assertNoticedAndMade(closed, open, forgetfulNode(engine), seq);
        }

        @Test
        void what_is_known_is_answered_within_the_bound_and_the_policy_decides_past_it() {
            killed();
            assertThatThrownBy(closed::catchUp).isInstanceOf(StoreUnavailable.class);
            assertThat(ask(closed, "phone", seq)).isEqualTo(Verdict.ENDED);
            assertThat(ask(closed, "laptop", seq)).isEqualTo(Verdict.LIVE);

            clockAhead = BOUND.plusSeconds(1);

            assertThat(ask(closed, "phone", seq)).isEqualTo(Verdict.ENDED);
            assertThat(ask(closed, "laptop", seq)).isEqualTo(Verdict.UNDECIDED);
            assertThat(ask(open, "laptop", seq)).isEqualTo(Verdict.LIVE);
            assertThatThrownBy(() -> signOut(closed, "laptop")).isInstanceOf(StoreUnavailable.class);
            assertThat(events).contains(Event.STORE_LOST);

            engine.start();
            closed.catchUp();
            assertThat(ask(closed, "laptop", seq)).isEqualTo(Verdict.LIVE);
            assertThat(events).contains(Event.STORE_FOUND);
        }
    }

    @Test
    void nobody_is_answered_while_what_was_lost_cannot_be_recorded_again() {
        Engine engine = closing(Engine.durable());
        Revocations node = node(engine);
        signOut(node, "phone");
        long seq = node.catchUp();
        events.clear();
        engine.operate(redis -> {
            redis.flushAll();
            redis.aclSetUser("default", "-zadd");
        });

        assertThatThrownBy(node::catchUp).isInstanceOf(StoreUnavailable.class);
        assertThat(ask(node, "phone", seq)).isEqualTo(Verdict.ENDED);
        assertThat(ask(node, "laptop", seq)).isEqualTo(Verdict.UNDECIDED);

        engine.operate(redis -> redis.aclSetUser("default", "+zadd"));
        node.catchUp();
        assertThat(ask(node, "laptop", seq)).isEqualTo(Verdict.LIVE);
        assertThat(events).contains(Event.ENTRIES_LOST, Event.LOSS_SETTLED);
    }

    @Test
    void positions_grow_on_over_a_loss() {
        Engine engine = closing(Engine.durable());
        RedisRevocationLog log = closing(engine.log());
        long before = log.append(Entries.session("phone"));
        engine.operate(redis -> redis.flushAll());

        assertThat(log.read(0, 1).head()).isZero();
        assertThat(log.append(Entries.session("tablet"))).isGreaterThan(before);
    }

    @Test
    void a_log_whose_list_of_ids_was_lost_still_records_and_trims() {
        Engine engine = closing(Engine.durable());
        RedisRevocationLog log = closing(engine.log());
        Entry ended = new Entry(
                0,
                "ended",
                Entries.session("x").kind(),
                sid("x"),
                "ada",
                0,
                Instant.now().minusSeconds(1));
        log.append(ended);
        engine.operate(redis -> redis.del("{signet}:ids"));
        long again = log.append(ended);
        log.append(Entries.session("newest"));

        assertThat(again).isPositive();
        log.trim();
        assertThat(ids(log)).containsExactly(sid("newest"));
        engine.operate(redis -> assertThat(redis.zcard("{signet}:ends")).isEqualTo(1));
    }
}
