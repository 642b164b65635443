package dev.signet.trials;

import dev.signet.trials.Store.Recorded;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.HashSet;
import java.util.Set;

/** Reads the table of the log as its documentation describes it. */
final class JdbcRecorded {
    /** The SQLSTATEs of a table that is not there: nothing was ever recorded. */
    private static final Set<String> MISSING = Set.of("42P01", "42S02", "42S03", "42S04");

    private JdbcRecorded() {}

    static Recorded at(String url) {
        Set<String> sessions = new HashSet<>();
        Set<String> subjects = new HashSet<>();
        long entries = 0;
        try (Connection connection = DriverManager.getConnection(url);
                Statement statement = connection.createStatement();
                ResultSet rows = statement.executeQuery("SELECT kind, session_id, subject FROM signet_revocation")) {
            while (rows.next()) {
                entries++;
                switch (rows.getString(1)) {
                    case "SESSION" -> sessions.add(rows.getString(2));
                    case "SUBJECT" -> subjects.add(rows.getString(3));
                    case "EVERYONE" -> {}
                    default -> throw new IllegalStateException("The log holds an entry of an unknown kind");
                }
            }
        } catch (SQLException e) {
            if (MISSING.contains(e.getSQLState())) {
                return new Recorded(Set.of(), Set.of(), 0);
            }
            throw new IllegalStateException("The log could not be read", e);
        }
        return new Recorded(sessions, subjects, entries);
    }
}
