package dev.signet.index.jdbc;

import dev.signet.ListedSession;
import dev.signet.SessionIndex;
import dev.signet.jdbc.Failures;
import dev.signet.jdbc.Sql;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;

/** The statements on the rows, the same for both databases. Immutable, thread-safe. */
final class Rows {
    /** Who adds rows of a subject waits for the turn of that subject, of which there are so many. */
    static final int TURNS = 64;

    private static final int BATCH = 5_000;
    private static final String COLUMNS = "session_id, subject, label, started, seen, lapses, ends, pos";

    private final String takeTurn;
    private final String ofSubject;
    private final String update;
    private final String insert;
    private final String forget;
    private final String remove;
    private final String trim;

    Rows(String table) {
        takeTurn = "SELECT turn FROM " + table + "_turn WHERE turn = ? FOR UPDATE";
        // H2 may answer out of the result of the last equal query while a commit is under way, but not at random.
        ofSubject = "SELECT " + COLUMNS + ", RANDOM() FROM " + table
                + " WHERE subject = ? ORDER BY seen DESC, session_id LIMIT " + SessionIndex.MOST;
        update = "UPDATE " + table + " SET label = CASE WHEN ? = '' THEN label ELSE ? END, seen = GREATEST(seen, ?),"
                + " lapses = GREATEST(lapses, ?), pos = GREATEST(pos, ?) WHERE session_id = ?";
        insert = "INSERT INTO " + table + " (" + COLUMNS + ") VALUES (?, ?, ?, ?, ?, ?, ?, ?)";
        forget = "DELETE FROM " + table + " WHERE session_id IN (SELECT session_id FROM " + table
                + " WHERE subject = ? ORDER BY seen DESC, session_id OFFSET " + SessionIndex.MOST + " ROWS)";
        remove = "DELETE FROM " + table + " WHERE session_id = ? AND seen <= ? AND pos <= ?";
        trim = "DELETE FROM " + table + " WHERE session_id IN (SELECT session_id FROM " + table
                + " WHERE lapses < ? LIMIT " + BATCH + ")";
    }

    /** The statements that make the tables; each may be run again. */
    static List<String> tables(String table) {
        StringBuilder turns = new StringBuilder("(0)");
        for (int turn = 1; turn < TURNS; turn++) {
            turns.append(", (").append(turn).append(')');
        }
        return List.of(
                "CREATE TABLE IF NOT EXISTS " + table
                        + " (session_id varchar(64) PRIMARY KEY, subject varchar NOT NULL,"
                        + " label varchar(40) NOT NULL, started bigint NOT NULL, seen bigint NOT NULL,"
                        + " lapses bigint NOT NULL, ends bigint NOT NULL, pos bigint NOT NULL)",
                "CREATE INDEX IF NOT EXISTS " + table + "_subject ON " + table + " (subject)",
                "CREATE INDEX IF NOT EXISTS " + table + "_lapses ON " + table + " (lapses)",
                "CREATE TABLE IF NOT EXISTS " + table + "_turn (turn smallint PRIMARY KEY)",
                "INSERT INTO " + table + "_turn SELECT every.turn FROM (VALUES " + turns
                        + ") AS every (turn) WHERE NOT EXISTS (SELECT 1 FROM " + table
                        + "_turn there WHERE there.turn = every.turn)");
    }

    /** Whoever else would add rows of this subject waits until this transaction is over. */
    void takeTurn(Connection connection, String subject) throws SQLException {
        try (PreparedStatement statement = connection.prepareStatement(takeTurn)) {
            statement.setInt(1, Math.floorMod(subject.hashCode(), TURNS));
            try (ResultSet turn = statement.executeQuery()) {
                if (!turn.next()) {
                    throw Failures.rowMissing("No turn");
                }
            }
        }
    }

    List<ListedSession> of(Connection connection, String subject) throws SQLException {
        try (PreparedStatement statement = connection.prepareStatement(ofSubject)) {
            statement.setString(1, Sql.written(subject));
            try (ResultSet rows = statement.executeQuery()) {
                List<ListedSession> found = new ArrayList<>();
                while (rows.next()) {
                    ListedSession row = row(rows);
                    // The database may have been told to ignore case.
                    if (row.subject().equals(subject)) {
                        found.add(row);
                    }
                }
                return found;
            }
        }
    }

    private static ListedSession row(ResultSet rows) throws SQLException {
        return new ListedSession(
                Sql.read(rows.getString("subject")),
                rows.getString("session_id"),
                rows.getString("label"),
                Instant.ofEpochSecond(rows.getLong("started")),
                Instant.ofEpochSecond(rows.getLong("seen")),
                Instant.ofEpochSecond(rows.getLong("lapses")),
                Instant.ofEpochSecond(rows.getLong("ends")),
                rows.getLong("pos"));
    }

    /** False if there is no such row. */
    boolean update(Connection connection, ListedSession row) throws SQLException {
        try (PreparedStatement statement = connection.prepareStatement(update)) {
            statement.setString(1, row.label());
            statement.setString(2, row.label());
            statement.setLong(3, row.lastSeenAt().getEpochSecond());
            statement.setLong(4, row.lapsesAt().getEpochSecond());
            statement.setLong(5, row.position());
            statement.setString(6, row.id());
            return statement.executeUpdate() > 0;
        }
    }

    void insert(Connection connection, ListedSession row) throws SQLException {
        try (PreparedStatement statement = connection.prepareStatement(insert)) {
            statement.setString(1, row.id());
            statement.setString(2, Sql.written(row.subject()));
            statement.setString(3, row.label());
            statement.setLong(4, row.startedAt().getEpochSecond());
            statement.setLong(5, row.lastSeenAt().getEpochSecond());
            statement.setLong(6, row.lapsesAt().getEpochSecond());
            statement.setLong(7, row.endsAt().getEpochSecond());
            statement.setLong(8, row.position());
            statement.executeUpdate();
        }
    }

    /** Drops what is past the most rows of a subject. */
    void forget(Connection connection, String subject) throws SQLException {
        try (PreparedStatement statement = connection.prepareStatement(forget)) {
            statement.setString(1, Sql.written(subject));
            statement.executeUpdate();
        }
    }

    void remove(Connection connection, ListedSession row) throws SQLException {
        try (PreparedStatement statement = connection.prepareStatement(remove)) {
            statement.setString(1, row.id());
            statement.setLong(2, row.lastSeenAt().getEpochSecond());
            statement.setLong(3, row.position());
            statement.executeUpdate();
        }
    }

    /** Whether there may be more to trim. */
    boolean trim(Connection connection, Instant now) throws SQLException {
        try (PreparedStatement statement = connection.prepareStatement(trim)) {
            statement.setLong(1, now.getEpochSecond());
            return statement.executeUpdate() >= BATCH;
        }
    }
}
