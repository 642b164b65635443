package dev.signet.index.jdbc;

import dev.signet.ListedSession;
import dev.signet.SessionIndex;
import dev.signet.jdbc.Connections;
import dev.signet.jdbc.Dialect;
import dev.signet.jdbc.Failures;
import dev.signet.jdbc.Preparation;
import dev.signet.jdbc.Sql;
import dev.signet.jdbc.Work;
import dev.signet.revocation.StoreUnavailable;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import javax.sql.DataSource;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The index of live sessions in a relational database: H2, or PostgreSQL 10 and later. Thread-safe.
 *
 * <p>It takes a connection per call, so that the data source is expected to be a pool; that of the revocation log will do. It creates its tables where they
 * are missing; whoever finds them complete needs only the rights to read and change rows. Named {@code signet_sessions} unless told:
 *
 * <pre>
 * signet_sessions       one row per session
 *   session_id  varchar(64)  primary key
 *   subject     varchar      whose; indexed
 *   label       varchar(40)  what the application called the device
 *   started, seen, lapses, ends
 *               bigint       seconds since 1970 (UTC): sign-in, last renewal, idle and absolute deadline
 *   pos         bigint       where the revocation log stood
 * signet_sessions_turn  64 rows: who adds a row of a subject locks one of them
 * </pre>
 *
 * <p>Getting a connection, and each statement, is given up after 2 seconds; only who has to make the tables waits up to 30 seconds for a statement, since
 * others may be making them. With PostgreSQL each change commits with {@code synchronous_commit = on}; H2 runs
 * with {@code WRITE_DELAY 0} for the whole database, which takes an administrator to set: else a warning says what may be forgotten.
 * No version of a database is refused here, as the revocation log refuses some: take one that it takes, such as H2 2.4.240.
 */
public final class JdbcSessionIndex implements SessionIndex {
    private static final Logger LOG = LoggerFactory.getLogger(JdbcSessionIndex.class);
    private static final Duration TIMEOUT = Duration.ofSeconds(2);
    /** For those who wait until others have made the tables. */
    private static final Duration PATIENCE = Duration.ofSeconds(30);

    private final Connections connections;
    private final String table;
    private final Rows rows;
    private volatile @Nullable Dialect dialect;

    private JdbcSessionIndex(DataSource source, String table) {
        this.connections = new Connections(source, TIMEOUT);
        this.table = table;
        this.rows = new Rows(table);
    }

    /**
     * The index in that database, under the default name. A database that cannot be reached now is prepared when it first answers.
     *
     * @throws IllegalStateException if the database is neither H2 nor PostgreSQL
     * @throws StoreUnavailable if the database answers and refuses, such as a user who may not create tables
     */
    public static JdbcSessionIndex on(DataSource source) {
        return on(source, "signet_sessions");
    }

    /**
     * As {@link #on(DataSource)}, for several indexes in one database.
     *
     * @param table what the tables' names begin with: 1 to 40 characters {@code a-z 0-9 _}, the first a letter
     * @throws IllegalArgumentException if that is no such name; and as {@link #on(DataSource)}
     */
    public static JdbcSessionIndex on(DataSource source, String table) {
        JdbcSessionIndex index = new JdbcSessionIndex(source, Sql.requireName("table", table));
        try {
            index.look();
            return index;
        } catch (RuntimeException e) {
            index.close();
            throw e;
        }
    }

    private void look() {
        try {
            prepared();
        } catch (SQLException e) {
            if (!Failures.mayPass(e)) {
                throw unavailable("prepare the index of sessions", e);
            }
            LOG.warn(
                    "The database of the index of sessions cannot be reached ({}); it is prepared when it first answers",
                    Failures.reason(e));
        }
    }

    private Dialect prepared() throws SQLException {
        Dialect known = dialect;
        if (known == null) {
            Connection connection = connections.open();
            try {
                known = Dialect.of(connection.getMetaData(), "The index of sessions");
            } finally {
                Connections.closeQuietly(connection);
            }
            prepare(known);
            dialect = known;
        }
        return known;
    }

    private void prepare(Dialect known) throws SQLException {
        if (known == Dialect.H2) {
            writeAtOnce();
        }
        Preparation.prepare(
                known,
                work -> transaction(known, TIMEOUT, work),
                this::complete,
                work -> transaction(known, PATIENCE, work),
                this::makeTables);
    }

    private boolean makeTables(Connection connection) throws SQLException {
        for (String step : Rows.tables(table)) {
            Sql.execute(connection, step);
        }
        return true;
    }

    /** By default H2 keeps commits in memory for up to half a second, or for ever if the process is killed before. */
    private void writeAtOnce() throws SQLException {
        Connection connection = connections.open();
        try {
            Sql.execute(connection, "SET WRITE_DELAY 0");
        } catch (SQLException e) {
            LOG.warn(
                    "The database user may not SET WRITE_DELAY 0: when the process is killed, H2 may forget sessions that a limit has"
                            + " to count ({})",
                    Failures.reason(e));
        } finally {
            Connections.closeQuietly(connection);
        }
    }

    private boolean complete(Connection connection) throws SQLException {
        rows.takeTurn(connection, "");
        return rows.of(connection, "").isEmpty();
    }

    private <T> T transaction(Dialect known, Duration patience, Work<T> work) throws SQLException {
        return connections.inTransaction(patience, connection -> known.begin(connection, patience), work);
    }

    private <T> T call(String what, Work<T> work) {
        try {
            Dialect known = prepared();
            try {
                return transaction(known, TIMEOUT, work);
            } catch (SQLException e) {
                if (!Failures.tablesMissing(e)) {
                    throw e;
                }
                prepare(known);
                return transaction(known, TIMEOUT, work);
            }
        } catch (SQLException e) {
            throw unavailable(what, e);
        } catch (IllegalStateException e) {
            throw new StoreUnavailable(String.valueOf(e.getMessage()));
        }
    }

    private StoreUnavailable unavailable(String what, SQLException e) {
        Dialect known = dialect;
        return Failures.unavailable(known == null ? "The database" : known.product(), what, e);
    }

    @Override
    public List<ListedSession> add(ListedSession row, int most) {
        return call("list the session", connection -> {
            rows.takeTurn(connection, row.subject());
            List<ListedSession> there = rows.of(connection, row.subject());
            if (there.size() >= most) {
                return there;
            }
            rows.insert(connection, row);
            return List.of();
        });
    }

    @Override
    public List<ListedSession> of(String subject) {
        return call("read the list of sessions", connection -> rows.of(connection, subject));
    }

    @Override
    public void put(ListedSession row) {
        boolean unused = call("list the session", connection -> {
            if (!rows.update(connection, row)) {
                rows.takeTurn(connection, row.subject());
                putInTurn(connection, row);
            }
            return true;
        });
    }

    private void putInTurn(Connection connection, ListedSession row) throws SQLException {
        if (!rows.update(connection, row)) {
            rows.insert(connection, row);
            rows.forget(connection, row.subject());
        }
    }

    @Override
    public void remove(ListedSession row) {
        boolean unused = call("remove a session from the list", connection -> {
            rows.remove(connection, row);
            return true;
        });
    }

    @Override
    public void trim(Instant now) {
        boolean more = true;
        while (more) {
            more = call("trim the list of sessions", connection -> rows.trim(connection, now));
        }
    }

    /** The data source stays open. */
    @Override
    public void close() {
        connections.close();
    }
}
