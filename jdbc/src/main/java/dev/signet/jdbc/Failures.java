package dev.signet.jdbc;

import dev.signet.revocation.StoreUnavailable;
import java.sql.SQLException;
import java.sql.SQLTransientException;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * What a failed call is told as. Drivers quote statements and values in their messages, so that neither these nor the exceptions
 * themselves go any further: the SQLSTATE and the vendor's code do.
 */
public final class Failures {
    /** SQLSTATE of our own for tables without a row that they are made with. */
    private static final String ROW_MISSING = "SGN01";

    /** SQLSTATE of our own for a server that only follows the primary. */
    public static final String STANDBY = "SGN02";

    /** SQLSTATE for a connection that could not be made. */
    public static final String CANNOT_CONNECT = "08001";

    private static final Set<String> MISSING = Set.of(ROW_MISSING, "42P01", "42S02", "42S03", "42S04");

    private Failures() {}

    public static StoreUnavailable unavailable(String engine, String what, SQLException e) {
        return new StoreUnavailable(engine + " could not " + what + ": " + reason(e));
    }

    public static String reason(SQLException e) {
        String words = words(e.getSQLState());
        return (words.isEmpty() ? "" : words + ", ") + "SQLSTATE " + e.getSQLState() + ", code " + e.getErrorCode();
    }

    private static String words(@Nullable String state) {
        if (state == null) {
            return "";
        }
        return switch (state) {
            case STANDBY -> "it is a standby; connect to the primary (targetServerType=primary)";
            case "25006" -> "it is read-only";
            case "42501", "90096", "90040" -> "the database user may not do that";
            case "55P03", "HYT00" -> "a lock was not free in time";
            case "57014" -> "it took too long";
            case "90011" -> "begin the path of the file with / or ./";
            case "90020" -> "another process has the file open";
            case "3F000", "90079" -> "the schema does not exist";
            default -> wordsOfClass(state);
        };
    }

    private static String wordsOfClass(String state) {
        if (state.startsWith("08") || state.startsWith("57P")) {
            return "the connection failed";
        }
        if (state.startsWith("28")) {
            return "the database does not accept the user or password";
        }
        return state.startsWith("53") ? "the database server is out of resources" : "";
    }

    /** Whether the database may answer later, with nothing changed here: it is down, starting, or full. */
    public static boolean mayPass(SQLException e) {
        String state = e.getSQLState();
        return state == null ? e instanceof SQLTransientException : state.matches("(08|53|57P).*");
    }

    /** The failure for tables without a row that they are made with, such as the head of a log. */
    public static SQLException rowMissing(String what) {
        return new SQLException(what, ROW_MISSING);
    }

    /** Whether the tables, or a row that they are made with, are not there. */
    public static boolean tablesMissing(SQLException e) {
        String state = e.getSQLState();
        return state != null && MISSING.contains(state);
    }
}
