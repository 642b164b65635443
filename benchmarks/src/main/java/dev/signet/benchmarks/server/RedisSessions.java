package dev.signet.benchmarks.server;

import dev.signet.benchmarks.Content;
import dev.signet.benchmarks.ContentJson;
import io.javalin.http.Context;
import java.nio.charset.StandardCharsets;
import java.security.SecureRandom;
import java.util.Base64;
import org.jspecify.annotations.Nullable;
import redis.clients.jedis.ConnectionPoolConfig;
import redis.clients.jedis.DefaultJedisClientConfig;
import redis.clients.jedis.HostAndPort;
import redis.clients.jedis.RedisClient;
import redis.clients.jedis.params.SetParams;

/** Sessions in Redis under a random id, fetched in each request over a connection of its own: there is one for every worker thread. */
final class RedisSessions implements Keeping {
    private static final SecureRandom RANDOM = new SecureRandom();

    private final RedisClient redis;

    RedisSessions(int port) {
        ConnectionPoolConfig pool = new ConnectionPoolConfig();
        pool.setMaxTotal(Endpoint.WORKERS);
        pool.setMaxIdle(Endpoint.WORKERS);
        pool.setMinIdle(Endpoint.WORKERS);
        pool.setJmxEnabled(false);
        redis = RedisClient.builder()
                .hostAndPort(new HostAndPort("127.0.0.1", port))
                .clientConfig(DefaultJedisClientConfig.builder()
                        .autoNegotiateProtocol(false)
                        .build())
                .poolConfig(pool)
                .build();
    }

    private static byte[] key(String id) {
        return ("session:" + id).getBytes(StandardCharsets.ISO_8859_1);
    }

    @Override
    public void start(Context ctx, Content content) {
        byte[] random = new byte[16];
        RANDOM.nextBytes(random);
        String id = Base64.getUrlEncoder().withoutPadding().encodeToString(random);
        redis.set(key(id), ContentJson.bytes(content), SetParams.setParams().ex(IDLE_SECONDS));
        ctx.cookie(Endpoint.COOKIE, id);
    }

    @Override
    public @Nullable Content open(Context ctx) {
        String id = ctx.cookie(Endpoint.COOKIE);
        byte[] json = id == null ? null : redis.get(key(id));
        return json == null ? null : ContentJson.read(json);
    }

    @Override
    public void close() {
        redis.close();
    }
}
