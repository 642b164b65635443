package dev.signet.revocation.jdbc;

import dev.signet.jdbc.Connections;
import dev.signet.jdbc.Dialect;
import dev.signet.jdbc.Failures;
import dev.signet.jdbc.Work;
import dev.signet.revocation.RevocationLog.Entry;
import dev.signet.revocation.RevocationLog.Page;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/** What differs between databases. Thread-safe. */
abstract class Engine implements AutoCloseable {
    /** So many rows are dropped in one transaction. */
    static final int BATCH = 5_000;

    final Dialect dialect;
    final Connections connections;
    final Tables tables;
    private final String readHead;
    private final String readEntries;
    private final String readPosition;

    /**
     * @param standby an expression that tells whether this is only a copy of the primary
     * @param fresh an expression for the end of each select list, which keeps the database from answering out of a cache
     */
    Engine(Dialect dialect, Connections connections, Tables tables, String standby, String fresh) {
        this.dialect = dialect;
        this.connections = connections;
        this.tables = tables;
        readHead = "SELECT pos, " + standby + fresh + " FROM " + tables.head() + " WHERE one = 1";
        readEntries =
                "SELECT " + Rows.COLUMNS + fresh + " FROM " + tables.entries() + " WHERE pos >= ? ORDER BY pos LIMIT ?";
        readPosition = "SELECT pos" + fresh + " FROM " + tables.entries() + " WHERE id = ?";
    }

    /** Refuses a database that cannot hold the log. */
    void check(Duration patience) throws SQLException {}

    /** Whether entries survive a restart. */
    abstract boolean durable();

    /** The statements that lead from each version of the tables to the next one; each may be run again. */
    abstract List<List<String>> migrations();

    /** The statement that records the version of the tables in its parameter. */
    abstract String recordVersion();

    /** Records the entry, commits that durably and returns its position. */
    abstract long append(Connection connection, Entry entry) throws SQLException;

    /** The statements that each drop at most {@link #BATCH} rows. */
    abstract List<String> trims();

    /** Called before each transaction. */
    void stayOpen() throws SQLException {}

    /** Runs the callback when somebody has appended, until the result is closed. */
    AutoCloseable follow(Runnable changed) {
        return () -> {};
    }

    @Override
    public void close() {}

    final <T> T transaction(Duration patience, Work<T> work) throws SQLException {
        stayOpen();
        return connections.inTransaction(patience, connection -> dialect.begin(connection, patience), work);
    }

    /**
     * The head first: what is committed between the two statements may be in the page too, and then everything before it is. So
     * the last entry seen is as good a head as the row of the head.
     */
    final Page read(Connection connection, long from, int limit) throws SQLException {
        long head = head(connection);
        try (PreparedStatement statement = connection.prepareStatement(readEntries)) {
            statement.setLong(1, from);
            statement.setInt(2, limit);
            try (ResultSet rows = statement.executeQuery()) {
                List<Entry> entries = new ArrayList<>();
                while (rows.next()) {
                    Entry entry = Rows.entry(rows);
                    entries.add(entry);
                    head = Math.max(head, entry.position());
                }
                return new Page(entries, head);
            }
        }
    }

    private long head(Connection connection) throws SQLException {
        try (PreparedStatement statement = connection.prepareStatement(readHead);
                ResultSet rows = statement.executeQuery()) {
            if (!rows.next()) {
                throw noHead();
            }
            if (rows.getBoolean(2)) {
                throw new SQLException("A standby", Failures.STANDBY);
            }
            return rows.getLong(1);
        }
    }

    static SQLException noHead() {
        return Failures.rowMissing("No head");
    }

    /** The position of the entry with that id; 0 if there is none. */
    final long positionOf(Connection connection, String id) throws SQLException {
        try (PreparedStatement statement = connection.prepareStatement(readPosition)) {
            statement.setString(1, id);
            try (ResultSet rows = statement.executeQuery()) {
                return rows.next() ? rows.getLong(1) : 0;
            }
        }
    }

    /**
     * Drops groups of one kind of which a newer one ends as much and is kept as long.
     *
     * @param same how {@code n} and {@code o} are compared, beyond being of that kind
     */
    final String superseded(String kind, String same) {
        return "DELETE FROM " + tables.entries() + " WHERE pos IN (SELECT o.pos FROM " + tables.entries()
                + " o WHERE o.kind = '" + kind + "' AND EXISTS (SELECT 1 FROM " + tables.entries()
                + " n WHERE n.kind = '" + kind + "'" + same + " AND n.pos > o.pos AND n.keep_until >= o.keep_until"
                + " AND CASE WHEN n.up_to = 0 THEN n.pos ELSE n.up_to END"
                + " >= CASE WHEN o.up_to = 0 THEN o.pos ELSE o.up_to END) ORDER BY o.pos LIMIT " + BATCH + ")";
    }
}
