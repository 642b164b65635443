package dev.signet.revocation.jdbc;

import java.sql.DatabaseMetaData;
import java.sql.SQLException;
import java.util.Locale;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * The names of the tables, quoted, in the case in which the database would take them unquoted.
 *
 * @param schema empty, or the quoted schema and a dot
 * @param name of the table of entries; the names of everything else begin with it
 * @param channel of the notifications
 */
record Tables(String schema, String name, String channel) {
    private static final Pattern NAME = Pattern.compile("[a-z][a-z0-9_]{0,39}");

    static String requireName(String setting, String name) {
        if (!NAME.matcher(name).matches()) {
            throw new IllegalArgumentException(
                    setting + " is not a name of 1 to 40 characters a-z 0-9 _ that begins with a letter");
        }
        return name;
    }

    static Tables of(@Nullable String schema, String name, DatabaseMetaData database) throws SQLException {
        boolean upper = database.storesUpperCaseIdentifiers();
        String prefix = schema == null ? "" : '"' + inCase(schema, upper) + "\".";
        return new Tables(prefix, inCase(name, upper), name);
    }

    private static String inCase(String name, boolean upper) {
        return upper ? name.toUpperCase(Locale.ROOT) : name;
    }

    String entries() {
        return table("");
    }

    String head() {
        return table("_head");
    }

    String version() {
        return table("_version");
    }

    private String table(String suffix) {
        return schema + index(suffix);
    }

    /** Without the schema. */
    String index(String suffix) {
        boolean upper = !name.equals(channel);
        return '"' + name + inCase(suffix, upper) + '"';
    }
}
