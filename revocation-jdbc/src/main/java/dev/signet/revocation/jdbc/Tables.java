package dev.signet.revocation.jdbc;

import java.sql.DatabaseMetaData;
import java.sql.SQLException;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/**
 * The names of the tables, quoted, in the case in which the database would take them unquoted.
 *
 * @param schema empty, or the quoted schema and a dot
 * @param name of the table of entries; the names of everything else begin with it
 * @param channel of the notifications
 */
record Tables(String schema, String name, String channel) {
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
