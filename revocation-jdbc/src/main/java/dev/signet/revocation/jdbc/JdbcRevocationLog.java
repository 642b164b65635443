package dev.signet.revocation.jdbc;

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
 * The revocation log in a relational database: H2 2 in a file, or PostgreSQL 10 and later. Thread-safe.
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
    private static final int PATIENCE = 30;

    private final Connections connections;
    private final Engine engine;
    private final Schema schema;
    private final Duration timeout;
    private final Set<AutoCloseable> followers = ConcurrentHashMap.newKeySet();

    private JdbcRevocationLog(Connections connections, Engine engine, Schema schema, Duration timeout) {
        this.connections = connections;
        this.engine = engine;
        this.schema = schema;
        this.timeout = timeout;
    }

    /**
     * The log in that database, under the default names. Creates what is missing there.
     *
     * @throws IllegalStateException if the database is neither H2 nor PostgreSQL, or cannot be made durable
     * @throws StoreUnavailable if the database does not answer, or refuses
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
            schema = Tables.requireName("schema", name);
            return this;
        }

        /** What the tables' names begin with: 1 to 40 characters {@code a-z 0-9 _}; {@code signet_revocation} unless told. */
        public Builder table(String name) {
            table = Tables.requireName("table", name);
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
         * Connects, and prepares the tables.
         *
         * @throws IllegalStateException if the database is neither H2 nor PostgreSQL, or cannot be made durable
         * @throws StoreUnavailable if the database does not answer, or refuses
         */
        public JdbcRevocationLog open() {
            return open(Engine::migrations);
        }

        JdbcRevocationLog open(Function<Engine, List<List<String>>> migrations) {
            Connections connections = new Connections(source, timeout);
            Engine engine = null;
            try {
                engine = engine(connections);
                engine.check(timeout);
                Schema tables = new Schema(engine, migrations.apply(engine), timeout.multipliedBy(PATIENCE));
                tables.prepare();
                return new JdbcRevocationLog(connections, engine, tables, timeout);
            } catch (SQLException | RuntimeException e) {
                if (engine != null) {
                    engine.close();
                }
                connections.close();
                throw e instanceof SQLException refused
                        ? Failures.unavailable("The database", "prepare the revocation log", refused)
                        : (RuntimeException) e;
            }
        }

        private Engine engine(Connections connections) throws SQLException {
            Connection connection = connections.open();
            boolean kept = false;
            try {
                DatabaseMetaData database = connection.getMetaData();
                Tables tables = Tables.of(schema, table, database);
                String product = database.getDatabaseProductName();
                if (product.equals("PostgreSQL")) {
                    return new Postgres(connections, tables, push);
                }
                if (!product.equals("H2")) {
                    throw new IllegalStateException("The revocation log cannot be kept in " + product
                            + "; give it a DataSource of H2 or PostgreSQL");
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
        return call("record the revocation", timeout, connection -> engine.append(connection, entry));
    }

    @Override
    public Page read(long from, int limit) {
        return call("read the revocation log", timeout, connection -> engine.read(connection, from, limit));
    }

    @Override
    public void trim() {
        for (String batch : engine.trims()) {
            int dropped = Engine.BATCH;
            while (dropped >= Engine.BATCH) {
                dropped = call("trim the revocation log", timeout.multipliedBy(PATIENCE), connection -> {
                    try (Statement statement = connection.createStatement()) {
                        return statement.executeUpdate(batch);
                    }
                });
            }
        }
    }

    /** Where tables or the head are gone, the log is an empty one: it is prepared anew, and whoever follows it notices. */
    private <T> T call(String what, Duration patience, Work<T> work) {
        try {
            try {
                return engine.transaction(patience, work);
            } catch (SQLException e) {
                if (!Failures.tablesMissing(e)) {
                    throw e;
                }
                schema.prepare();
                return engine.transaction(patience, work);
            }
        } catch (SQLException e) {
            throw Failures.unavailable(engine.name(), what, e);
        }
    }

    @Override
    public boolean durable() {
        return engine.durable();
    }

    @Override
    public AutoCloseable follow(Runnable changed) {
        AutoCloseable follower = engine.follow(changed);
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
        engine.close();
        connections.close();
    }
}
