package dev.signet.revocation.redis;

import static dev.signet.revocation.redis.Entries.ids;
import static dev.signet.revocation.redis.Entries.session;
import static dev.signet.revocation.redis.Entries.sid;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.signet.revocation.StoreUnavailable;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.net.URI;
import java.time.Duration;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import redis.clients.jedis.RedisClient;

/** Which servers sign-outs are entrusted to, and as whom. */
class WhichServerTest {
    private static final Duration TIMEOUT = Duration.ofSeconds(10);

    private static Engine engine;

    @BeforeAll
    static void start() {
        engine = Engine.durable();
    }

    @AfterAll
    static void stop() {
        engine.close();
    }

    private static RedisRevocationLog.Builder at(URI address) {
        return RedisRevocationLog.at(address).keyPrefix(Target.freshPrefix()).timeout(TIMEOUT);
    }

    @Nested
    class A_server_without_append_only_file {
        @Test
        void is_refused_unless_it_is_said_that_it_may_forget() {
            try (Engine forgetful = Engine.forgetful()) {
                assertThatThrownBy(at(forgetful.address())::open)
                        .isInstanceOf(IllegalStateException.class)
                        .hasMessageContaining("appendonly yes")
                        .hasMessageContaining("mayForget");
                try (RedisRevocationLog log =
                        at(forgetful.address()).mayForget("a test").open()) {
                    assertThat(log.append(session("phone"))).isPositive();
                    assertThat(log.durable()).isFalse();
                }
            }
        }

        @Test
        void is_refused_in_place_of_one_that_had_it_too() {
            try (Engine changing = Engine.durable();
                    RedisRevocationLog log = at(changing.address()).open()) {
                log.append(session("phone"));
                changing.operate(redis -> redis.configSet("appendonly", "no"));
                changing.operate(redis -> redis.sendCommand(() -> "CLIENT".getBytes(), "KILL", "TYPE", "normal"));

                assertThatThrownBy(() -> log.append(session("tablet")))
                        .isInstanceOf(StoreUnavailable.class)
                        .hasMessageContaining("appendonly yes");
            }
        }

        @Test
        void needs_a_reason_to_be_accepted() {
            assertThatThrownBy(() -> at(engine.address()).mayForget(" ")).isInstanceOf(IllegalArgumentException.class);
        }
    }

    @Test
    void a_server_that_drops_keys_when_its_memory_is_full_is_refused() {
        try (Engine cache =
                Engine.started("--appendonly", "yes", "--maxmemory", "100mb", "--maxmemory-policy", "allkeys-lru")) {
            assertThatThrownBy(at(cache.address())::open)
                    .isInstanceOf(IllegalStateException.class)
                    .hasMessageContaining("noeviction");
        }
    }

    @Test
    void a_durable_server_is_durable() {
        try (RedisRevocationLog log = at(engine.address()).open()) {
            assertThat(log.durable()).isTrue();
            assertThat(log.inProcess()).isFalse();
        }
    }

    @Test
    void a_server_that_is_down_is_looked_at_when_it_is_there() {
        try (Engine late = Engine.forgetful()) {
            late.kill();
            try (RedisRevocationLog log = at(late.address()).open()) {
                assertThatThrownBy(() -> log.read(0, 1))
                        .isInstanceOf(StoreUnavailable.class)
                        .hasMessage("Redis cannot be reached");
                late.start();
                assertThatThrownBy(() -> log.read(0, 1))
                        .isInstanceOf(StoreUnavailable.class)
                        .hasMessageContaining("appendonly yes");
                late.operate(redis -> redis.configSet("appendonly", "yes"));
                assertThat(log.read(0, 1).entries()).isEmpty();
            }
        }
    }

    @Nested
    class Replicas {
        private final String port = Integer.toString(engine.port());

        @Test
        void are_refused() {
            try (Engine replica = Engine.started("--appendonly", "yes", "--replicaof", "127.0.0.1", port)) {
                assertThatThrownBy(at(replica.address())::open)
                        .isInstanceOf(IllegalStateException.class)
                        .hasMessageContaining("replica");
            }
        }

        @Test
        void are_refused_when_a_primary_becomes_one() {
            try (Engine demoted = Engine.durable();
                    RedisRevocationLog log = at(demoted.address()).open()) {
                log.append(session("phone"));
                demoted.operate(redis -> redis.replicaof("127.0.0.1", engine.port()));

                assertThatThrownBy(() -> log.read(0, 1))
                        .isInstanceOf(StoreUnavailable.class)
                        .hasMessageContaining("replica");
                assertThatThrownBy(() -> log.append(session("tablet"))).isInstanceOf(StoreUnavailable.class);
            }
        }

        @Test
        void have_to_confirm_where_that_is_asked_for() {
            try (Engine primary = Engine.durable();
                    RedisRevocationLog hasty = asking(primary, Duration.ofSeconds(1));
                    RedisRevocationLog patient = asking(primary, Duration.ofMinutes(1))) {
                assertThatThrownBy(() -> hasty.append(session("phone")))
                        .isInstanceOf(StoreUnavailable.class)
                        .hasMessageContaining("0 of 1 replicas");

                String here = Integer.toString(primary.port());
                try (Engine replica = Engine.started("--replicaof", "127.0.0.1", here)) {
                    awaitReplica(primary);
                    assertThat(patient.append(session("phone"))).isPositive();

                    replica.freeze();
                    assertThatThrownBy(() -> hasty.append(session("phone")))
                            .as("recorded long ago, but not known to be confirmed")
                            .isInstanceOf(StoreUnavailable.class);
                    replica.thaw();
                    assertThat(patient.append(session("phone"))).isPositive();
                }
                assertThat(ids(patient)).containsExactly(sid("phone"));
            }
        }

        private RedisRevocationLog asking(Engine primary, Duration timeout) {
            return RedisRevocationLog.at(primary.address())
                    .timeout(timeout)
                    .replicas(1)
                    .open();
        }

        private void awaitReplica(Engine primary) {
            primary.operate(redis -> {
                redis.set("anything", "new");
                assertThat(redis.waitReplicas(1, 20_000)).isEqualTo(1);
            });
        }

        @Test
        void too_few_of_which_make_a_primary_that_demands_them_unreadable() {
            try (Engine alone = Engine.durable();
                    RedisRevocationLog log = at(alone.address()).open()) {
                alone.operate(redis -> redis.configSet("min-replicas-to-write", "1"));

                assertThatThrownBy(() -> log.read(0, 1))
                        .isInstanceOf(StoreUnavailable.class)
                        .hasMessageContaining("NOREPLICAS");
            }
        }
    }

    @Nested
    class Users {
        private static final String PASSWORD = "s3:cr/t @+ä";
        private static final String ESCAPED = "s3%3Acr%2Ft%20%40+%C3%A4";
        private static final String RIGHTS = "~{shop}:* +eval +time +zadd +zrem +zcount +zrevrange"
                + " +zrangebyscore +hget +hset +hdel +xadd +xread";

        private void user(String name, String... more) {
            engine.operate(redis -> {
                redis.aclSetUser(name, "reset", "on", ">" + PASSWORD);
                redis.aclSetUser(name, RIGHTS.split(" "));
                redis.aclSetUser(name, more);
            });
        }

        @Test
        void need_only_what_is_documented() throws Exception {
            user("app", "+info");
            try (RedisRevocationLog log = RedisRevocationLog.at(engine.address("app:" + ESCAPED))
                    .keyPrefix("shop")
                    .open()) {
                log.append(session("phone"));
                log.trim();
                assertThat(ids(log)).contains(sid("phone"));
            }
        }

        @Test
        void who_may_not_ask_about_the_server_are_let_in_with_a_warning() {
            user("curious");
            try (RedisRevocationLog log = RedisRevocationLog.at(engine.address("curious:" + ESCAPED))
                    .keyPrefix("shop")
                    .open()) {
                assertThat(log.append(session("phone"))).isPositive();
                assertThat(log.durable()).isTrue();
            }
        }

        @Test
        void who_may_not_use_the_keys_get_nothing() {
            user("stranger", "+info");
            try (RedisRevocationLog log = RedisRevocationLog.at(engine.address("stranger:" + ESCAPED))
                    .keyPrefix("other")
                    .open()) {
                assertThatThrownBy(() -> log.append(session("phone"))).isInstanceOf(StoreUnavailable.class);
            }
        }

        @Test
        void with_a_wrong_password_get_nothing_and_it_is_not_told() {
            user("app", "+info");
            try (RedisRevocationLog log = RedisRevocationLog.at(engine.address("app:canary%2Dpassword"))
                    .open()) {
                assertThatThrownBy(() -> log.append(session("phone")))
                        .isInstanceOf(StoreUnavailable.class)
                        .satisfies(e -> {
                            StringWriter everything = new StringWriter();
                            e.printStackTrace(new PrintWriter(everything));
                            assertThat(everything.toString()).doesNotContain("canary", sid("phone"));
                        });
            }
        }
    }

    @Nested
    class Addresses {
        @ParameterizedTest
        @ValueSource(
                strings = {
                    "http://:canary@host",
                    "redis:canary",
                    "redis:///canary",
                    "redis://canary@host",
                    "redis://u:canary@host/x",
                    "redis://u:canary@host/-1"
                })
        void of_another_form_are_refused_and_not_quoted(String address) {
            assertThatThrownBy(() -> RedisRevocationLog.at(URI.create(address)))
                    .isInstanceOf(IllegalArgumentException.class)
                    .hasMessageContaining("redis://")
                    .hasMessageNotContaining("canary");
        }

        @Test
        void say_where_and_as_whom() {
            assertThat(Address.of(URI.create("redis://host")))
                    .isEqualTo(new Address(false, "host", 6379, null, null, 0));
            assertThat(Address.of(URI.create("rediss://:pass%3Aword@[::1]:7000/3")))
                    .isEqualTo(new Address(true, "::1", 7000, null, "pass:word", 3));
            assertThat(Address.of(URI.create("redis://ada:pass@host:1/")))
                    .isEqualTo(new Address(false, "host", 1, "ada", "pass", 0))
                    .hasToString("redis://host:1/0");
        }
    }

    @Test
    void two_applications_on_one_server_know_nothing_of_each_other() {
        try (RedisRevocationLog shop =
                        at(engine.address()).keyPrefix("one-shop").open();
                RedisRevocationLog bank =
                        at(engine.address()).keyPrefix("one-bank").open()) {
            shop.append(session("phone"));
            bank.append(session("tablet"));

            assertThat(ids(shop)).containsExactly(sid("phone"));
            assertThat(ids(bank)).containsExactly(sid("tablet"));
            engine.operate(redis -> assertThat(redis.keys("*one-shop*"))
                    .containsExactlyInAnyOrder(
                            "{one-shop}:log", "{one-shop}:ids", "{one-shop}:ends", "{one-shop}:changes"));
        }
    }

    @Test
    void a_client_that_was_passed_in_stays_open() {
        try (RedisClient client = Address.of(engine.address()).client(TIMEOUT)) {
            RedisRevocationLog log =
                    RedisRevocationLog.on(client).keyPrefix("passed").open();
            log.append(session("phone"));
            log.close();

            assertThat(client.ping()).isEqualTo("PONG");
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "a b", "a}b", "{a", "ä"})
    void prefixes_that_would_spread_over_a_cluster_or_confuse_are_refused(String prefix) {
        assertThatThrownBy(() -> at(engine.address()).keyPrefix(prefix))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("keyPrefix");
    }
}
