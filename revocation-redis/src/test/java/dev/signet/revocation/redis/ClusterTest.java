package dev.signet.revocation.redis;

import static dev.signet.revocation.redis.Entries.ids;
import static dev.signet.revocation.redis.Entries.session;
import static dev.signet.revocation.redis.Entries.sid;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.signet.revocation.StoreUnavailable;
import java.time.Duration;
import java.util.Set;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import redis.clients.jedis.HostAndPort;
import redis.clients.jedis.RedisClusterClient;

/** The smallest cluster: two nodes with half of the slots each. */
class ClusterTest {
    private static final int SLOTS = 16_384;
    private static final Duration HASTE = Duration.ofMillis(200);

    @Test
    void a_log_lives_on_one_node_of_a_cluster_whichever_that_is() throws Exception {
        try (Engine one = node();
                Engine other = node()) {
            form(one, other);
            HostAndPort entrance = new HostAndPort("127.0.0.1", one.port());
            try (RedisClusterClient client =
                    RedisClusterClient.builder().nodes(Set.of(entrance)).build()) {
                for (String prefix : new String[] {"a", "b", "c", "d"}) {
                    use(RedisRevocationLog.on(client).keyPrefix(prefix));
                }
            }
            one.operate(redis -> assertThat(redis.dbSize()).isBetween(1L, 15L));
            other.operate(redis -> assertThat(redis.dbSize()).isBetween(1L, 15L));
        }
    }

    private static void use(RedisRevocationLog.Builder settings) throws Exception {
        Semaphore news = new Semaphore(0);
        try (RedisRevocationLog log = settings.open()) {
            AutoCloseable following = log.follow(news::release);
            log.append(session("phone"));
            assertThat(news.tryAcquire(60, TimeUnit.SECONDS)).isTrue();
            following.close();
            log.trim();
            assertThat(ids(log)).containsExactly(sid("phone"));
        }
        try (RedisRevocationLog confirmed = settings.replicas(1).timeout(HASTE).open()) {
            assertThatThrownBy(() -> confirmed.append(session("phone")))
                    .isInstanceOf(StoreUnavailable.class)
                    .hasMessageContaining("0 of 1 replicas");
        }
    }

    private static Engine node() {
        return Engine.started("--appendonly", "yes", "--cluster-enabled", "yes");
    }

    private static void form(Engine one, Engine other) {
        one.operate(redis -> redis.clusterAddSlots(IntStream.range(0, SLOTS / 2).toArray()));
        other.operate(
                redis -> redis.clusterAddSlots(IntStream.range(SLOTS / 2, SLOTS).toArray()));
        one.operate(redis -> redis.clusterMeet("127.0.0.1", other.port()));
        for (Engine node : new Engine[] {one, other}) {
            node.operate(redis -> {
                while (!redis.clusterInfo().contains("cluster_state:ok")) {
                    Thread.onSpinWait();
                }
            });
        }
    }
}
