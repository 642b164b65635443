package dev.signet.revocation.jdbc;

import dev.signet.jdbc.Connections;
import dev.signet.jdbc.Dialect;
import dev.signet.jdbc.Failures;
import dev.signet.jdbc.Sql;
import dev.signet.revocation.RevocationLog.Entry;
import java.sql.Connection;
import java.sql.DatabaseMetaData;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.atomic.AtomicLong;
import org.jspecify.annotations.Nullable;

/** H2, embedded or as a server; one connection is kept so that an embedded database is not closed between calls. */
final class H2 extends Engine {
    private static final String EPOCH = "EXTRACT(EPOCH FROM CURRENT_TIMESTAMP(9))";
    private static final String MILLIS = "CAST(FLOOR(" + EPOCH + " * 1000) AS BIGINT)";
    private static final String MICROS = "CAST(FLOOR(" + EPOCH + " * 1000000) AS BIGINT)";

    /**
     * H2 answers a query out of the result of the last equal one if no table changed since, and tells that by numbers that it
     * raises before and after a commit, not with it: the head of a commit may be seen without its entry. A query that is not
     * deterministic is always carried out.
     */
    private static final String FRESH = ", RAND()";

    private final boolean durable;
    private final String next;
    private final String insert;
    private @Nullable Connection keeper;
    private boolean closed;
    private final AtomicLong commits = new AtomicLong();
    private long synced;

    /** @param keeper a connection that this now owns */
    H2(Connections connections, Tables tables, Connection keeper) throws SQLException {
        super(Dialect.H2, connections, tables, "FALSE", FRESH);
        this.keeper = keeper;
        durable = onDisk(Sql.single(keeper, "CALL DATABASE_PATH()"));
        requireKnown(keeper.getMetaData());
        if (durable) {
            writeAtOnce(keeper);
        }
        if (!keeper.getAutoCommit()) {
            // Or it would keep its locks, too.
            keeper.commit();
        }
        next = "SELECT pos FROM FINAL TABLE (UPDATE " + tables.head() + " SET pos = GREATEST(pos + 1, " + MILLIS
                + ") WHERE one = 1)";
        insert = "INSERT INTO " + tables.entries() + " (" + Rows.COLUMNS + ") VALUES (?, " + Rows.PARAMETERS + ")";
    }

    /** Killed at random 100 times under load, 2.3.232 and 2.4.240 lost nothing; of 60 kills 2.5.252 lost commits in 22. */
    private void requireKnown(DatabaseMetaData database) throws SQLException {
        if (database.getDatabaseMajorVersion() < 2) {
            throw new IllegalStateException("H2 is older than 2.0; use H2 2.4.240");
        }
        if (durable && (database.getDatabaseMajorVersion() > 2 || database.getDatabaseMinorVersion() > 4)) {
            throw new IllegalStateException("H2 " + database.getDatabaseProductVersion()
                    + " loses what it has acknowledged when its process is killed; use H2 2.4.240");
        }
    }

    private static boolean onDisk(@Nullable String path) {
        if (path == null) {
            return false;
        }
        String lower = path.toLowerCase(Locale.ROOT);
        return !lower.contains("memfs:") && !lower.contains("memlzf:");
    }

    /** By default H2 keeps commits in memory for up to half a second, or for ever if the process is killed before. */
    private static void writeAtOnce(Connection connection) throws SQLException {
        try {
            Sql.execute(connection, "SET WRITE_DELAY 0");
        } catch (SQLException e) {
            throw new IllegalStateException(
                    "The database user may not SET WRITE_DELAY 0, without which H2 loses what it has"
                            + " acknowledged when the process is killed; connect as an administrator ("
                            + Failures.reason(e) + ")");
        }
        try (Statement statement = connection.createStatement();
                ResultSet rows = statement.executeQuery(
                        "SELECT SETTING_VALUE FROM INFORMATION_SCHEMA.SETTINGS WHERE SETTING_NAME = 'WRITE_DELAY'")) {
            boolean set = false;
            while (rows.next()) {
                set = "0".equals(rows.getString(1));
                if (!set) {
                    break;
                }
            }
            if (!set) {
                throw new IllegalStateException("H2 did not take SET WRITE_DELAY 0, without which it loses what it has"
                        + " acknowledged when the process is killed");
            }
        }
    }

    @Override
    boolean durable() {
        return durable;
    }

    @Override
    List<List<String>> migrations() {
        String entries = tables.entries();
        return List.of(List.of(
                "CREATE TABLE IF NOT EXISTS " + entries + " (pos BIGINT PRIMARY KEY, id VARCHAR(64) NOT NULL UNIQUE,"
                        + " kind VARCHAR(8) NOT NULL, session_id VARCHAR, subject VARCHAR, up_to BIGINT NOT NULL,"
                        + " keep_until BIGINT NOT NULL)",
                "CREATE INDEX IF NOT EXISTS " + tables.schema() + tables.index("_ends") + " ON " + entries
                        + " (keep_until)",
                "CREATE INDEX IF NOT EXISTS " + tables.schema() + tables.index("_groups") + " ON " + entries
                        + " (kind, subject, pos)",
                "CREATE TABLE IF NOT EXISTS " + tables.head()
                        + " (one SMALLINT PRIMARY KEY CHECK (one = 1), pos BIGINT NOT NULL)"));
    }

    @Override
    String recordVersion() {
        return "MERGE INTO " + tables.version() + " (one, version) KEY (one) VALUES (1, ?)";
    }

    @Override
    long append(Connection connection, Entry entry) throws SQLException {
        String drawn = Sql.single(connection, next);
        if (drawn == null) {
            throw noHead();
        }
        long position = positionOf(connection, entry.id());
        if (position != 0) {
            connection.rollback();
        } else {
            position = Long.parseLong(drawn);
            insert(connection, position, entry);
            connection.commit();
        }
        if (durable) {
            sync(connection, commits.incrementAndGet());
        }
        return position;
    }

    /** Commits have written their entries to the file; this makes the disk keep them, too: all that wait, at once. */
    private void sync(Connection connection, long commit) throws SQLException {
        synchronized (commits) {
            if (synced < commit) {
                long latest = commits.get();
                Sql.execute(connection, "CHECKPOINT SYNC");
                synced = latest;
            }
        }
    }

    private void insert(Connection connection, long position, Entry entry) throws SQLException {
        try (PreparedStatement statement = connection.prepareStatement(insert)) {
            statement.setLong(1, position);
            Rows.set(statement, 2, entry);
            statement.executeUpdate();
        }
    }

    @Override
    List<String> trims() {
        String entries = tables.entries();
        return List.of(
                "DELETE FROM " + entries + " WHERE keep_until <= " + MICROS + " AND pos < (SELECT MAX(pos) FROM "
                        + entries + ") FETCH FIRST " + BATCH + " ROWS ONLY",
                // As bytes too: the database may have been told to ignore case.
                superseded(
                        "SUBJECT", " AND n.subject = o.subject AND STRINGTOUTF8(n.subject) = STRINGTOUTF8(o.subject)"),
                superseded("EVERYONE", ""));
    }

    @Override
    synchronized void stayOpen() throws SQLException {
        if (!closed && (keeper == null || keeper.isClosed())) {
            keeper = connections.open();
        }
    }

    @Override
    public synchronized void close() {
        closed = true;
        if (keeper != null) {
            Connections.closeQuietly(keeper);
        }
    }
}
