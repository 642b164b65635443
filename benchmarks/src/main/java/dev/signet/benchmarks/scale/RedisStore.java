package dev.signet.benchmarks.scale;

import dev.signet.revocation.RevocationLog;
import dev.signet.revocation.redis.RedisRevocationLog;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.URI;
import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;
import java.util.HashMap;
import java.util.Map;
import redis.clients.jedis.DefaultJedisClientConfig;
import redis.clients.jedis.Jedis;
import redis.clients.jedis.Pipeline;
import redis.embedded.RedisServer;

/** A Redis server with an append-only file, in the keys that {@link RedisRevocationLog} documents. */
final class RedisStore extends Store {
    private static final int BATCH = 1_000;

    private final RedisServer server;
    private final int port;

    RedisStore() throws IOException {
        try (ServerSocket free = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            port = free.getLocalPort();
        }
        server = RedisServer.newRedisServer()
                .port(port)
                .bind("127.0.0.1")
                .setting("dir " + directory)
                .setting("save \"\"")
                .setting("appendonly yes")
                .setting("appendfsync everysec")
                .setting("auto-aof-rewrite-percentage 0")
                .build();
        server.start();
    }

    /** What the log writes is on the disk when it says so. */
    @Override
    RevocationLog log() {
        try (Jedis jedis = operator()) {
            jedis.configSet("appendfsync", "always");
        }
        return RedisRevocationLog.at(URI.create("redis://127.0.0.1:" + port))
                .timeout(Duration.ofMinutes(1))
                .open();
    }

    private Jedis operator() {
        DefaultJedisClientConfig patient = DefaultJedisClientConfig.builder()
                .timeoutMillis(300_000)
                .autoNegotiateProtocol(false)
                .build();
        return new Jedis("127.0.0.1", port, patient);
    }

    @Override
    void add(long from, long to, long firstPosition, Instant keepUntil) {
        try (Jedis jedis = operator()) {
            jedis.configSet("appendfsync", "everysec");
            Pipeline pipeline = jedis.pipelined();
            for (long first = from; first < to; first += BATCH) {
                add(pipeline, first, Math.min(to, first + BATCH), firstPosition, keepUntil);
            }
            pipeline.sync();
        }
    }

    private static void add(Pipeline pipeline, long from, long to, long firstPosition, Instant keepUntil) {
        Map<String, Double> log = new HashMap<>();
        Map<String, String> ids = new HashMap<>();
        Map<String, Double> ends = new HashMap<>();
        for (long n = from; n < to; n++) {
            String sid = Sids.of(n);
            String position = Long.toString(firstPosition + n);
            log.put(sid + " S " + keepUntil.toEpochMilli() + " 0 = user-" + n, (double) (firstPosition + n));
            ids.put(sid, position);
            ends.put(position, (double) keepUntil.toEpochMilli());
        }
        pipeline.zadd("{signet}:log", log);
        pipeline.hset("{signet}:ids", ids);
        pipeline.zadd("{signet}:ends", ends);
    }

    @Override
    long size() {
        try (Jedis jedis = operator()) {
            return Arrays.stream(jedis.info("memory").split("\\R"))
                    .filter(line -> line.startsWith("used_memory_dataset:"))
                    .mapToLong(line -> Long.parseLong(line.substring(line.indexOf(':') + 1)))
                    .sum();
        }
    }

    @Override
    void expire(long belowPosition) {
        try (Jedis jedis = operator()) {
            long first =
                    (long) jedis.zrangeWithScores("{signet}:log", 0, 0).get(0).getScore();
            for (long from = first; from < belowPosition; from += BATCH) {
                Map<String, Double> ends = new HashMap<>();
                for (long position = from; position < Math.min(belowPosition, from + BATCH); position++) {
                    ends.put(Long.toString(position), 1.0);
                }
                jedis.zadd("{signet}:ends", ends);
            }
        }
    }

    @Override
    public void close() throws IOException {
        server.stop();
        super.close();
    }
}
