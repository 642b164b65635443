package dev.signet.trials;

import com.zaxxer.hikari.HikariConfig;
import com.zaxxer.hikari.HikariDataSource;
import dev.signet.revocation.RevocationLog;
import dev.signet.revocation.StoreUnavailable;
import dev.signet.revocation.jdbc.JdbcRevocationLog;
import dev.signet.revocation.redis.RedisRevocationLog;
import java.net.URI;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Opens the revocation log at an address as an application would: {@code jdbc:…} through a small pool, or {@code redis:…}. */
final class Logs {
    private static final int POOL = 8;
    private static final int PATIENCE_MILLIS = 2_000;

    private static final Logger LOG = LoggerFactory.getLogger(Logs.class);
    private static final long RETRY_MILLIS = 200;

    private Logs() {}

    /** As long as the store is not there, neither is the application. */
    static RevocationLog await(String address) {
        while (true) {
            try {
                return open(address, true);
            } catch (StoreUnavailable e) {
                LOG.warn("No start without the store: {}", e.getMessage());
                Pause.millis(RETRY_MILLIS);
            }
        }
    }

    /** @param push whether the store may tell of changes; else the log is only polled */
    static RevocationLog open(String address, boolean push) {
        return address.startsWith("redis") ? redis(address, push) : jdbc(address, push);
    }

    private static RevocationLog redis(String address, boolean push) {
        RedisRevocationLog.Builder log = RedisRevocationLog.at(URI.create(address));
        return (push ? log : log.withoutPush()).open();
    }

    private static RevocationLog jdbc(String address, boolean push) {
        HikariDataSource pool = new HikariDataSource(pool(address));
        try {
            JdbcRevocationLog.Builder log = JdbcRevocationLog.with(pool);
            return new PooledLog((push ? log : log.withoutPush()).open(), pool);
        } catch (RuntimeException e) {
            pool.close();
            throw e;
        }
    }

    private static HikariConfig pool(String address) {
        HikariConfig pool = new HikariConfig();
        pool.setJdbcUrl(address);
        pool.setMaximumPoolSize(POOL);
        pool.setConnectionTimeout(PATIENCE_MILLIS);
        pool.setValidationTimeout(PATIENCE_MILLIS / 2);
        pool.setInitializationFailTimeout(-1);
        return pool;
    }
}
