package dev.signet.jdbc;

import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** Statements without parameters, names of tables, and texts that every database can keep. */
public final class Sql {
    private static final Pattern NAME = Pattern.compile("[a-z][a-z0-9_]{0,39}");
    /** Begins a text in which {@code \0} stands for the character that PostgreSQL cannot keep, and {@code \\} for itself. */
    private static final String ESCAPED = "\u0001";

    private Sql() {}

    /** @throws IllegalArgumentException naming the setting, if the name would have to be quoted or cut */
    public static String requireName(String setting, String name) {
        if (!NAME.matcher(name).matches()) {
            throw new IllegalArgumentException(
                    setting + " is not a name of 1 to 40 characters a-z 0-9 _ that begins with a letter");
        }
        return name;
    }

    public static void execute(Connection connection, String sql) throws SQLException {
        try (Statement statement = connection.createStatement()) {
            statement.execute(sql);
        }
    }

    /** The first column of the first row; null if there is no row. */
    public static @Nullable String single(Connection connection, String sql) throws SQLException {
        try (Statement statement = connection.createStatement();
                ResultSet rows = statement.executeQuery(sql)) {
            return rows.next() ? rows.getString(1) : null;
        }
    }

    /** The text as a column keeps it. */
    public static String written(String text) {
        if (text.indexOf('\0') < 0 && !text.startsWith(ESCAPED)) {
            return text;
        }
        return ESCAPED + text.replace("\\", "\\\\").replace("\0", "\\0");
    }

    /** What {@link #written} was given. */
    public static String read(String text) {
        if (!text.startsWith(ESCAPED)) {
            return text;
        }
        StringBuilder plain = new StringBuilder();
        for (int i = ESCAPED.length(); i < text.length(); i++) {
            char c = text.charAt(i);
            plain.append(c != '\\' ? c : text.charAt(++i) == '0' ? '\0' : '\\');
        }
        return plain.toString();
    }
}
