package dev.signet.sample;

import com.zaxxer.hikari.HikariConfig;
import com.zaxxer.hikari.HikariDataSource;
import dev.signet.SessionIndex;
import dev.signet.index.jdbc.JdbcSessionIndex;
import dev.signet.revocation.RevocationListener;
import dev.signet.revocation.RevocationLog;
import dev.signet.revocation.Revocations;
import dev.signet.revocation.StoreUnavailable;
import dev.signet.revocation.jdbc.JdbcRevocationLog;
import dev.signet.revocation.redis.RedisRevocationLog;
import java.net.URI;
import java.util.Optional;

/** Where sign-outs are recorded and sessions are listed, and the connections to it. Its address may hold a password, so that no message tells it. */
final class RevocationStore implements AutoCloseable {
    private static final String CHOICE =
            "use jdbc:h2:file:./data/revocations, jdbc:postgresql://host/database?user=…&password=…,"
                    + " redis://user:password@host:6379, memory, or none to keep no record of sign-outs";
    private static final int CONNECTIONS = 8;
    private static final int CONNECT_MILLIS = 1_000;

    private final Revocations revocations;
    private final Optional<SessionIndex> index;
    private final Runnable disconnect;

    private RevocationStore(Revocations revocations, Optional<SessionIndex> index, Runnable disconnect) {
        this.revocations = revocations;
        this.index = index;
        this.disconnect = disconnect;
    }

    /**
     * Opens what the setting {@code SIGNET_REVOCATIONS} says. A server that is down now is asked again and again.
     *
     * @throws IllegalArgumentException if it is none of the addresses known here, or cannot be used as one
     */
    static RevocationStore open(String setting, RevocationListener listener) {
        if (setting.equals("memory")) {
            return new RevocationStore(Revocations.inMemory(), Optional.of(SessionIndex.inMemory()), () -> {});
        }
        if (setting.equals("none")) {
            return new RevocationStore(Revocations.none(), Optional.empty(), () -> {});
        }
        try {
            if (setting.startsWith("jdbc:h2:") || setting.startsWith("jdbc:postgresql:")) {
                return inDatabase(setting, listener);
            }
            if (setting.startsWith("redis://") || setting.startsWith("rediss://")) {
                return new RevocationStore(
                        on(RedisRevocationLog.at(URI.create(setting)).open(), listener),
                        Optional.of(SessionIndex.inMemory()),
                        () -> {});
            }
        } catch (StoreUnavailable | IllegalStateException e) {
            throw new IllegalArgumentException("SIGNET_REVOCATIONS: " + e.getMessage(), e);
        } catch (RuntimeException e) {
            throw new IllegalArgumentException("SIGNET_REVOCATIONS is no address that can be used: " + CHOICE);
        }
        throw new IllegalArgumentException("SIGNET_REVOCATIONS is not known: " + CHOICE);
    }

    private static RevocationStore inDatabase(String url, RevocationListener listener) {
        HikariConfig config = new HikariConfig();
        config.setPoolName("revocations");
        config.setJdbcUrl(url);
        config.setMaximumPoolSize(CONNECTIONS);
        config.setMinimumIdle(1);
        config.setConnectionTimeout(CONNECT_MILLIS);
        config.setInitializationFailTimeout(-1);
        HikariDataSource pool = new HikariDataSource(config);
        try {
            return new RevocationStore(
                    on(JdbcRevocationLog.on(pool), listener), Optional.of(JdbcSessionIndex.on(pool)), pool::close);
        } catch (RuntimeException e) {
            pool.close();
            throw e;
        }
    }

    private static Revocations on(RevocationLog log, RevocationListener listener) {
        return Revocations.on(log).listener(listener).build();
    }

    Revocations revocations() {
        return revocations;
    }

    /** In the database of sign-outs, or else in this process's memory; empty where no sign-out is recorded. */
    Optional<SessionIndex> index() {
        return index;
    }

    @Override
    public void close() {
        disconnect.run();
    }
}
