package dev.signet.revocation.redis;

import dev.signet.revocation.RevocationLog;
import dev.signet.revocation.StoreUnavailable;
import java.net.URI;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import redis.clients.jedis.AbstractPipeline;
import redis.clients.jedis.Response;
import redis.clients.jedis.UnifiedJedis;

/**
 * A revocation log on Redis 6 or later, or Valkey. Thread-safe.
 *
 * <pre>{@code
 * RevocationLog log = RedisRevocationLog.at(URI.create("rediss://signet:secret@redis.example:6379")).open();
 * Revocations revocations = Revocations.on(log).build();
 * }</pre>
 *
 * <p><b>What is stored.</b> Four keys, which one hash tag keeps on one node of a cluster; none of them expires:
 * <ul>
 *   <li>{@code {signet}:log}, sorted set: the entries, one text each, by position; the last one is the head
 *   <li>{@code {signet}:ids}, hash: the position of each entry's id
 *   <li>{@code {signet}:ends}, sorted set: positions by the millisecond from which the entry ends nothing any more
 *   <li>{@code {signet}:changes}, stream of one element: wakes those who wait for news
 * </ul>
 * Every step is one script: appending, reading a page with its head, trimming. About 310 bytes of the server's memory per entry.
 * A user needs {@code ~{signet}:* +eval +time +info +zadd +zrem +zcount +zrevrange +zrangebyscore +hget +hset +hdel +xadd +xread}
 * and, with {@link Builder#replicas}, {@code +wait}.
 *
 * <p><b>What survives.</b> Redis keeps nothing over a restart unless told to, so a log refuses a server without append-only file
 * ({@code appendonly yes}), one that drops keys when its memory is full ({@code maxmemory-policy allkeys-…}) and a replica; a
 * server that may not be asked ({@code INFO}) is believed, with a warning. With {@code appendfsync always} every acknowledged
 * entry survives a crash of the server and of its machine. With Redis's default {@code everysec} the last two seconds may be lost when
 * the machine fails, and also by {@code kill -9} of the server while its disk is slow, since it then holds writes back. Sign-outs are
 * rare: set {@code always} where the server is yours. A failover loses what the new primary had not received;
 * {@link Builder#replicas} makes that unlikely, not impossible. Whatever is lost is noticed by
 * {@link dev.signet.revocation.Revocations}, which record again what they hold; positions grow on all the same, by the server's clock.
 */
public final class RedisRevocationLog implements RevocationLog {
    private static final Logger LOG = LoggerFactory.getLogger(RedisRevocationLog.class);
    private static final int TRIMMED_AT_ONCE = 500;

    private final UnifiedJedis client;
    private final boolean clientIsOurs;
    private final String log;
    private final String ids;
    private final String ends;
    private final String changes;
    private final int replicas;
    private final long waitMillis;
    private final boolean mayForget;
    private final boolean push;
    private final Primary primary;

    private RedisRevocationLog(Builder settings) {
        Address address = settings.address;
        clientIsOurs = address != null;
        client = address != null ? address.client(settings.timeout) : Objects.requireNonNull(settings.client);
        log = "{" + settings.keyPrefix + "}:log";
        ids = "{" + settings.keyPrefix + "}:ids";
        ends = "{" + settings.keyPrefix + "}:ends";
        changes = "{" + settings.keyPrefix + "}:changes";
        replicas = settings.replicas;
        waitMillis = settings.timeout.toMillis() / 2;
        mayForget = settings.mayForget;
        push = settings.push;
        primary = new Primary(client, log, mayForget);
    }

    /**
     * A log on the server at {@code redis://[[user]:password@]host[:port][/database]}; with {@code rediss://} over TLS, the
     * certificate and its host name being checked against what the JVM trusts.
     *
     * @throws IllegalArgumentException if the address is of another form
     */
    public static Builder at(URI address) {
        return new Builder(Address.of(address), null);
    }

    /**
     * A log on whatever this client is connected to: one server, Sentinel, a cluster. The client stays open when the log is closed.
     * It must read from the primary, have a socket timeout (and one for blocking commands, longer than two seconds), and have about
     * 20 connections to spare, with a bound on waiting for one.
     */
    public static Builder on(UnifiedJedis client) {
        return new Builder(null, client);
    }

    @Override
    public long append(Entry entry) {
        List<String> keys = List.of(log, ids, ends, changes);
        List<String> values = List.of(
                entry.id(),
                EntryText.write(entry),
                Long.toString(EntryText.keepUntil(entry)),
                replicas == 0 ? "0" : "1");
        Object position = primary.call(redis ->
                replicas == 0 ? redis.eval(Script.APPEND.text(), keys, values) : replicated(redis, keys, values));
        return Long.parseLong((String) position);
    }

    /** Redis counts acknowledgements per connection: the script and the waiting go over the same one. */
    private Object replicated(UnifiedJedis redis, List<String> keys, List<String> values) {
        Response<Object> position;
        Response<Long> acknowledged;
        try (AbstractPipeline pipeline = redis.pipelined()) {
            position = pipeline.eval(Script.APPEND.text(), keys, values);
            acknowledged = pipeline.waitReplicas(log, replicas, waitMillis);
            pipeline.sync();
        }
        Object recorded = position.get();
        if (acknowledged.get() < replicas) {
            throw new StoreUnavailable("Only " + acknowledged.get() + " of " + replicas
                    + " replicas confirmed the entry within " + waitMillis + " ms");
        }
        return recorded;
    }

    @Override
    public Page read(long from, int limit) {
        List<String> range = List.of(Long.toString(from), Integer.toString(limit));
        List<?> page = (List<?>) primary.call(redis -> redis.eval(Script.READ.text(), List.of(log, ends), range));
        List<?> found = (List<?>) page.get(1);
        List<Entry> entries = new ArrayList<>(found.size() / 2);
        for (int i = 0; i < found.size(); i += 2) {
            entries.add(EntryText.read((String) found.get(i), Long.parseLong((String) found.get(i + 1))));
        }
        return new Page(entries, Long.parseLong((String) page.get(0)));
    }

    @Override
    public void trim() {
        List<String> batch = List.of(Integer.toString(TRIMMED_AT_ONCE));
        long dropped;
        do {
            dropped = (Long) primary.call(redis -> redis.eval(Script.TRIM.text(), List.of(log, ids, ends), batch));
        } while (dropped > 0);
    }

    /** True unless {@link Builder#mayForget} was said. */
    @Override
    public boolean durable() {
        return !mayForget;
    }

    @Override
    public AutoCloseable follow(Runnable changed) {
        return push ? Push.start(client, changes, changed) : () -> {};
    }

    @Override
    public void close() {
        if (clientIsOurs) {
            client.close();
        }
    }

    /** How a log is kept, with defaults that suit most. Not thread-safe. */
    public static final class Builder {
        private final @Nullable Address address;
        private final @Nullable UnifiedJedis client;
        private String keyPrefix = "signet";
        private Duration timeout = Duration.ofSeconds(2);
        private int replicas;
        private boolean mayForget;
        private boolean push = true;

        private Builder(@Nullable Address address, @Nullable UnifiedJedis client) {
            this.address = address;
            this.client = client;
        }

        /** Keeps applications on one server apart; {@code signet} unless told. All keys begin with it, in braces. */
        public Builder keyPrefix(String prefix) {
            if (!prefix.matches("[A-Za-z0-9_.:-]{1,64}")) {
                throw new IllegalArgumentException(
                        "keyPrefix is \"" + prefix + "\"; use 1 to 64 of A-Z a-z 0-9 _ . : -");
            }
            keyPrefix = prefix;
            return this;
        }

        /** How long connecting, and each answer, may take; 2 seconds unless told. A client that was passed in has its own. */
        public Builder timeout(Duration duration) {
            if (duration.toMillis() < 2 || duration.compareTo(Duration.ofMinutes(1)) > 0) {
                throw new IllegalArgumentException("timeout is " + duration + "; set 2 ms to 1 minute");
            }
            timeout = duration;
            return this;
        }

        /**
         * So many replicas have to confirm each entry ({@code WAIT}), within half the timeout; else the append counts as failed,
         * though the entry may be recorded. None unless told.
         */
        public Builder replicas(int number) {
            if (number < 0) {
                throw new IllegalArgumentException("replicas is " + number + "; set 0 or more");
            }
            replicas = number;
            return this;
        }

        /**
         * Accepts a server without append-only file, or one that drops keys when its memory is full: sign-outs may be forgotten.
         *
         * @param reason why that is all right here; goes to the log
         */
        public Builder mayForget(String reason) {
            if (reason.isBlank()) {
                throw new IllegalArgumentException("mayForget wants a reason");
            }
            LOG.warn("Redis may forget sign-outs: {}", reason);
            mayForget = true;
            return this;
        }

        /** Does not wait for news: saves a connection, and the log is only polled. For what lies between here and Redis and drops waiting connections. */
        public Builder withoutPush() {
            push = false;
            return this;
        }

        /**
         * The log. A server that cannot be reached now is looked at when it is used.
         *
         * @throws IllegalStateException if the server is a replica, or would forget sign-outs and {@link #mayForget} was not said
         */
        public RedisRevocationLog open() {
            RedisRevocationLog opened = new RedisRevocationLog(this);
            try {
                opened.primary.look();
            } catch (IllegalStateException e) {
                opened.close();
                throw e;
            }
            return opened;
        }
    }
}
