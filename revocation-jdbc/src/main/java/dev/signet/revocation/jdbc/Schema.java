package dev.signet.revocation.jdbc;

import dev.signet.jdbc.Preparation;
import dev.signet.jdbc.Sql;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.time.Duration;
import java.util.List;

/** The tables: creates them, and brings those of an older version up to date. Thread-safe. */
final class Schema {
    private final Engine engine;
    private final List<List<String>> migrations;
    private final Duration patience;

    Schema(Engine engine, List<List<String>> migrations, Duration patience) {
        this.engine = engine;
        this.migrations = migrations;
        this.patience = patience;
    }

    /** Whoever finds the tables complete needs no right to create any. */
    void prepare() throws SQLException {
        Preparation.Transaction patiently = work -> engine.transaction(patience, work);
        Preparation.prepare(engine.dialect, patiently, this::complete, patiently, this::migrate);
    }

    private boolean complete(Connection connection) throws SQLException {
        engine.read(connection, Long.MAX_VALUE, 1);
        return known(version(connection)) == migrations.size();
    }

    private boolean migrate(Connection connection) throws SQLException {
        Sql.execute(
                connection,
                "CREATE TABLE IF NOT EXISTS " + engine.tables.version()
                        + " (one SMALLINT PRIMARY KEY CHECK (one = 1), version INTEGER NOT NULL)");
        int version = known(version(connection));
        // Tables of the latest version that are incomplete were dropped by somebody.
        int first = version == migrations.size() ? 0 : version;
        for (List<String> steps : migrations.subList(first, migrations.size())) {
            for (String step : steps) {
                Sql.execute(connection, step);
            }
        }
        recordVersion(connection);
        Sql.execute(
                connection,
                "INSERT INTO " + engine.tables.head() + " (one, pos) SELECT 1, COALESCE((SELECT MAX(pos) FROM "
                        + engine.tables.entries() + "), 0) WHERE NOT EXISTS (SELECT 1 FROM " + engine.tables.head()
                        + ")");
        return true;
    }

    private int version(Connection connection) throws SQLException {
        String version = Sql.single(connection, "SELECT version FROM " + engine.tables.version() + " WHERE one = 1");
        return version == null ? 0 : Integer.parseInt(version);
    }

    private int known(int version) {
        if (version > migrations.size()) {
            throw new IllegalStateException("The tables of the revocation log are of version " + version
                    + ", made by a newer Signet; this one knows versions up to " + migrations.size() + ": update it");
        }
        return version;
    }

    private void recordVersion(Connection connection) throws SQLException {
        try (PreparedStatement statement = connection.prepareStatement(engine.recordVersion())) {
            statement.setInt(1, migrations.size());
            statement.executeUpdate();
        }
    }
}
