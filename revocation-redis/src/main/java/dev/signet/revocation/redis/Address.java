package dev.signet.revocation.redis;

import java.net.URI;
import java.time.Duration;
import org.jspecify.annotations.Nullable;
import redis.clients.jedis.ConnectionPoolConfig;
import redis.clients.jedis.DefaultJedisClientConfig;
import redis.clients.jedis.RedisClient;
import redis.clients.jedis.SslOptions;

/** Where one server is and who we are to it: {@code redis[s]://[[user]:password@]host[:port][/database]}. */
record Address(
        boolean tls,
        String host,
        int port,
        @Nullable String user,
        @Nullable String password,
        int database) {
    private static final int DEFAULT_PORT = 6379;
    /** The 16 calls in flight at most, the reader, the trimmer, the one that waits for changes, and one to spare. */
    private static final int CONNECTIONS = 20;

    static Address of(URI uri) {
        boolean tls = "rediss".equals(uri.getScheme());
        if (!(tls || "redis".equals(uri.getScheme())) || uri.getHost() == null) {
            throw malformed();
        }
        String userInfo = uri.getUserInfo();
        String user = null;
        String password = null;
        if (userInfo != null) {
            int colon = userInfo.indexOf(':');
            if (colon < 0) {
                throw malformed();
            }
            user = colon == 0 ? null : userInfo.substring(0, colon);
            password = userInfo.substring(colon + 1);
        }
        return new Address(
                tls,
                unbracketed(uri.getHost()),
                uri.getPort() < 0 ? DEFAULT_PORT : uri.getPort(),
                user,
                password,
                database(uri));
    }

    private static String unbracketed(String host) {
        return host.startsWith("[") ? host.substring(1, host.length() - 1) : host;
    }

    private static int database(URI uri) {
        String path = uri.getPath();
        if (path == null || path.isEmpty() || path.equals("/")) {
            return 0;
        }
        try {
            return Integer.parseUnsignedInt(path.substring(1));
        } catch (NumberFormatException e) {
            throw malformed();
        }
    }

    /** Does not quote the address: it may hold a password. */
    private static IllegalArgumentException malformed() {
        return new IllegalArgumentException(
                "The address of Redis is not of the form"
                        + " redis://[[user]:password@]host[:port][/database] (rediss:// for TLS), user and password percent-encoded");
    }

    /** Connects when it is used first. */
    RedisClient client(Duration timeout) {
        int millis = Math.toIntExact(timeout.toMillis());
        DefaultJedisClientConfig.Builder config = DefaultJedisClientConfig.builder()
                .timeoutMillis(millis)
                .blockingSocketTimeoutMillis(Push.BLOCK_MILLIS + millis)
                .user(user)
                .password(password)
                .database(database)
                .clientName("signet");
        if (tls) {
            config.sslOptions(SslOptions.defaults());
        }
        ConnectionPoolConfig pool = new ConnectionPoolConfig();
        pool.setMaxTotal(CONNECTIONS);
        pool.setMaxIdle(CONNECTIONS);
        pool.setMaxWait(timeout);
        return RedisClient.builder()
                .hostAndPort(host, port)
                .clientConfig(config.build())
                .poolConfig(pool)
                .build();
    }

    /** Without user and password. */
    @Override
    public String toString() {
        return (tls ? "rediss://" : "redis://") + host + ":" + port + "/" + database;
    }
}
