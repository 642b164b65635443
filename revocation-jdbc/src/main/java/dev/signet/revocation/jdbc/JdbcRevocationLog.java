package dev.signet.revocation.jdbc;

import dev.signet.jdbc.Connections;
import dev.signet.jdbc.Dialect;
import dev.signet.jdbc.Failures;
import dev.signet.jdbc.Sql;
import dev.signet.revocation.RevocationLog;
import dev.signet.revocation.StoreUnavailable;
import java.sql.Connection;
import java.sql.DatabaseMetaData;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Function;
import javax.sql.DataSource;
import org.jspecify.annotations.Nullable;

/**
 * The revocation log in a relational database: H2 2.0 to 2.4 in a file, or PostgreSQL 10 and later. Thread-safe.
 *
 * <p>It takes a connection per call, so that the data source is expected to be a pool, and keeps one more for itself: with
 * PostgreSQL to listen on, with H2 so that an embedded database stays open. It creates its tables, and those of an older version
 * are brought up to date; any number of processes may do that at once. Whoever finds them complete needs only the rights to
 * read and change rows. Named {@code signet_revocation} unless told:
 *
 * <pre>
 * signet_revocation          one row per entry
 *   pos         bigint       primary key: the position
 *   id          varchar(64)  unique
 *   kind        varchar(8)   SESSION, SUBJECT or EVERYONE
 *   session_id  text         of a SESSION
 *   subject     text         whose
 *   up_to       bigint       0 = pos
 *   keep_until  bigint       microseconds since 1970 (UTC)
 * signet_revocation_head     one row: pos, the largest position ever given out
 * signet_revocation_version  one row: version, of these tables; now 1
 * </pre>
 *
 * <p><b>Durable</b> means: an entry survives the death of processes at any moment and, as far as the disk keeps what it was told
 * to keep, of machines. H2 runs with {@code WRITE_DELAY 0} for the whole database, which takes an administrator to set; each append asks
 * for a checkpoint on disk. An H2 database in memory is not durable. With PostgreSQL each append commits with
 * {@code synchronous_commit = on}, whatever the user's default. Only the primary is asked, a standby refused.
 *
 * <p><b>Timeouts</b>: getting a connection, and each step of a call, is given up after 2 seconds unless told otherwise.
 */
public final class JdbcRevocationLog implements RevocationLog {
    private static final int PATIENCE = Database.PATIENCE;

    private final Database database;
    private final Duration timeout;
    private final Set<AutoCloseable> followers = ConcurrentHashMap.newKeySet();

    private JdbcRevocationLog(Database database, Duration timeout) {
        this.database = database;
        this.timeout = timeout;
    }

    /**
     * The log in that database, under the default names. Creates what is missing there. A database that cannot be reached now is
     * prepared when it first answers.
     *
     * @throws IllegalStateException if the database is neither H2 nor PostgreSQL, or cannot be made durable
     * @throws StoreUnavailable if the database refuses
     */
    public static JdbcRevocationLog on(DataSource source) {
        return with(source).open();
    }

    /** The log in that database, to be configured first. */
    public static Builder with(DataSource source) {
        return new Builder(source);
    }

    /** Where the log lies and how long it waits. Not thread-safe. */
    public static final class Builder {
        private static final Duration SHORTEST = Duration.ofMillis(50);
        private static final Duration LONGEST = Duration.ofMinutes(1);

        private final DataSource source;
        private @Nullable String schema;
        private String table = "signet_revocation";
        private Duration timeout = Duration.ofSeconds(2);
        private boolean push = true;

        private Builder(DataSource source) {
            this.source = source;
        }

        /** The schema of the tables, which must exist: 1 to 40 characters {@code a-z 0-9 _}; the connection's own unless told. */
        public Builder schema(String name) {
            schema = Sql.requireName("schema", name);
            return this;
        }

        /** What the tables' names begin with: 1 to 40 characters {@code a-z 0-9 _}; {@code signet_revocation} unless told. */
        public Builder table(String name) {
            table = Sql.requireName("table", name);
            return this;
        }

        /** How long to wait for a connection, a lock, or a statement; 2 seconds unless told, 50 ms to 1 minute. */
        public Builder timeout(Duration each) {
            if (each.compareTo(SHORTEST) < 0 || each.compareTo(LONGEST) > 0) {
                throw new IllegalArgumentException("timeout is " + each + "; set 50 ms to 1 minute");
            }
            timeout = each;
            return this;
        }

        /** Neither notifies nor listens: saves a connection, and the log is only polled. For poolers between here and PostgreSQL. */
        public Builder withoutPush() {
            push = false;
            return this;
        }

        /**
         * Connects, and prepares the tables. A database that cannot be reached now is prepared when it first answers; until then every
         * call fails, and the policy of the revocations decides.
         *
         * @throws IllegalStateException if the database is neither H2 nor PostgreSQL, or cannot be made durable
         * @throws StoreUnavailable if the database refuses
         */
        public JdbcRevocationLog open() {
            return open(Engine::migrations);
        }

        JdbcRevocationLog open(Function<Engine, List<List<String>>> migrations) {
            Database database = new Database(source, timeout, this::engine, migrations);
            try {
                database.look();
                return new JdbcRevocationLog(database, timeout);
            } catch (SQLException | RuntimeException e) {
                database.close();
                throw e instanceof SQLException refused
                        ? Failures.unavailable(Database.UNKNOWN, "prepare the revocation log", refused)
                        : (RuntimeException) e;
            }
        }

        private Engine engine(Connections connections) throws SQLException {
            Connection connection = connections.open();
            boolean kept = false;
            try {
                DatabaseMetaData metaData = connection.getMetaData();
                Tables tables = Tables.of(schema, table, metaData);
                if (Dialect.of(metaData, "The revocation log") == Dialect.POSTGRESQL) {
                    return new Postgres(connections, tables, push);
                }
                Engine engine = new H2(connections, tables, connection);
                kept = true;
                return engine;
            } finally {
                if (!kept) {
                    Connections.closeQuietly(connection);
                }
            }
        }
    }

    @Override
    public long append(Entry entry) {
        return call("record the revocation", timeout, (engine, connection) -> engine.append(connection, entry));
    }

    @Override
    public Page read(long from, int limit) {
        return call("read the revocation log", timeout, (engine, connection) -> engine.read(connection, from, limit));
    }

    @Override
    public void trim() {
        String what = "trim the revocation log";
        for (String batch : reach(what).trims()) {
            int dropped = Engine.BATCH;
            while (dropped >= Engine.BATCH) {
                dropped = call(what, timeout.multipliedBy(PATIENCE), (engine, connection) -> {
                    try (Statement statement = connection.createStatement()) {
                        return statement.executeUpdate(batch);
                    }
                });
            }
        }
    }

    private Engine reach(String what) {
        try {
            return database.reach();
        } catch (SQLException e) {
            throw Failures.unavailable(database.name(), what, e);
        }
    }

    private <T> T call(String what, Duration patience, Database.Step<T> step) {
        try {
            return database.call(patience, step);
        } catch (SQLException e) {
            throw Failures.unavailable(database.name(), what, e);
        }
    }

    /** False for H2 in memory. What a database is that never answered is not known: it is taken for a durable one. */
    @Override
    public boolean durable() {
        return database.engine().map(Engine::durable).orElse(true);
    }

    /** @throws StoreUnavailable if the database has never been reached */
    @Override
    public AutoCloseable follow(Runnable changed) {
        AutoCloseable follower = reach("follow the revocation log").follow(changed);
        followers.add(follower);
        return () -> {
            followers.remove(follower);
            follower.close();
        };
    }

    /** Ends what this log started; the data source stays open. */
    @Override
    public void close() {
        for (AutoCloseable follower : followers) {
            try {
                follower.close();
            } catch (Exception e) {
                throw new IllegalStateException("A follower could not be closed", e);
            }
        }
        database.close();
    }
}
