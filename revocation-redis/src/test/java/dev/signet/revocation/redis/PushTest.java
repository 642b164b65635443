package dev.signet.revocation.redis;

import static dev.signet.revocation.redis.Entries.session;
import static org.assertj.core.api.Assertions.assertThat;

import java.util.Arrays;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

class PushTest {
    private static final Logger LOG = LoggerFactory.getLogger(PushTest.class);

    private final Engine engine = Engine.durable();
    private final RedisRevocationLog writer = engine.log();
    private final RedisRevocationLog reader = engine.log();
    private final Semaphore news = new Semaphore(0);
    private AutoCloseable following;

    @AfterEach
    void stop() throws Exception {
        following.close();
        writer.close();
        reader.close();
        engine.close();
    }

    private void awaitNews() throws InterruptedException {
        assertThat(news.tryAcquire(60, TimeUnit.SECONDS)).isTrue();
    }

    @Test
    void each_append_is_told() throws Exception {
        following = reader.follow(news::release);
        int number = 200;
        long[] micros = new long[number];
        for (int i = 0; i < number; i++) {
            news.drainPermits();
            writer.append(session("session" + i));
            long acknowledged = System.nanoTime();
            awaitNews();
            micros[i] = (System.nanoTime() - acknowledged) / 1_000;
        }
        Arrays.sort(micros);
        LOG.info(
                "from acknowledged append to callback: p50 {} us, p99 {} us",
                micros[number / 2],
                micros[number * 99 / 100]);
    }

    @Test
    void what_was_appended_before_is_told_once_at_the_beginning() throws Exception {
        writer.append(session("phone"));
        following = reader.follow(news::release);
        awaitNews();
    }

    @Test
    void is_taken_up_again_after_its_connection_was_cut() throws Exception {
        following = reader.follow(news::release);
        writer.append(session("phone"));
        awaitNews();
        engine.operate(redis -> redis.sendCommand(() -> "CLIENT".getBytes(), "KILL", "TYPE", "normal"));
        news.drainPermits();
        writer.append(session("tablet"));

        awaitNews();
    }

    @Test
    void is_taken_up_again_after_the_server_was_killed_and_emptied() throws Exception {
        following = reader.follow(news::release);
        writer.append(session("phone"));
        awaitNews();
        engine.kill();
        engine.start();
        engine.operate(redis -> redis.flushAll());
        news.drainPermits();
        writer.append(session("tablet"));

        awaitNews();
    }

    @Test
    void is_left_out_where_the_log_is_only_to_be_polled() throws Exception {
        Semaphore unwanted = new Semaphore(0);
        try (RedisRevocationLog silent =
                        RedisRevocationLog.at(engine.address()).withoutPush().open();
                AutoCloseable nothing = silent.follow(unwanted::release)) {
            following = reader.follow(news::release);
            silent.append(session("phone"));
            awaitNews();

            assertThat(nothing).isNotNull();
        }
        assertThat(unwanted.availablePermits()).isZero();
    }

    @Test
    void ends_when_it_is_closed() throws Exception {
        following = reader.follow(news::release);
        writer.append(session("phone"));
        awaitNews();
        Thread thread = Thread.getAllStackTraces().keySet().stream()
                .filter(each -> each.getName().equals("signet-redis-push"))
                .findAny()
                .orElseThrow();
        following.close();
        writer.append(session("tablet"));

        thread.join(60_000);
        assertThat(thread.isAlive()).isFalse();
    }
}
