package dev.signet.revocation.jdbc;

import dev.signet.jdbc.Connections;
import dev.signet.jdbc.Dialect;
import dev.signet.jdbc.Sql;
import dev.signet.revocation.RevocationLog.Entry;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Duration;
import java.util.List;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** PostgreSQL's primary. */
final class Postgres extends Engine {
    private static final Logger LOG = LoggerFactory.getLogger(JdbcRevocationLog.class);
    private static final String EPOCH = "extract(epoch FROM clock_timestamp())";

    private final boolean push;
    private final String append;

    Postgres(Connections connections, Tables tables, boolean push) {
        super(Dialect.POSTGRESQL, connections, tables, "pg_is_in_recovery()", "");
        this.push = push;
        append = "WITH next AS (UPDATE " + tables.head() + " SET pos = greatest(pos + 1, floor(" + EPOCH
                + " * 1000)::bigint) WHERE one = 1 RETURNING pos), recorded AS (INSERT INTO " + tables.entries() + " ("
                + Rows.COLUMNS + ") SELECT next.pos, " + Rows.PARAMETERS
                + " FROM next ON CONFLICT (id) DO NOTHING RETURNING pos) SELECT next.pos, recorded.pos IS NOT NULL"
                + (push ? ", pg_notify('" + tables.channel() + "', '')" : "")
                + " FROM next LEFT JOIN recorded ON TRUE";
    }

    @Override
    void check(Duration patience) throws SQLException {
        connections.inTransaction(patience, connection -> () -> {}, connection -> {
            check(connection);
            return true;
        });
    }

    private static void check(Connection connection) throws SQLException {
        String version = Sql.single(connection, "SELECT version()");
        if (version == null || !version.startsWith("PostgreSQL ") || version.contains("-YB-")) {
            throw new IllegalStateException(
                    "The database speaks PostgreSQL's protocol but is another one; use PostgreSQL or H2");
        }
        if (connection.getMetaData().getDatabaseMajorVersion() < 10) {
            throw new IllegalStateException("PostgreSQL is older than 10; use PostgreSQL 10 or later");
        }
        String encoding = Sql.single(connection, "SHOW server_encoding");
        if (!"UTF8".equals(encoding)) {
            throw new IllegalStateException("The encoding of the PostgreSQL database is " + encoding
                    + ", which cannot hold every subject; create the database with ENCODING 'UTF8'");
        }
        if ("off".equals(Sql.single(connection, "SHOW fsync"))) {
            LOG.warn("PostgreSQL runs with fsync=off: sign-outs survive its restart, but no crash of its machine");
        }
    }

    @Override
    boolean durable() {
        return true;
    }

    @Override
    List<List<String>> migrations() {
        String entries = tables.entries();
        return List.of(List.of(
                "CREATE TABLE IF NOT EXISTS " + entries + " (pos bigint PRIMARY KEY,"
                        + " id varchar(64) COLLATE \"C\" NOT NULL UNIQUE, kind varchar(8) COLLATE \"C\" NOT NULL,"
                        + " session_id text COLLATE \"C\", subject text COLLATE \"C\", up_to bigint NOT NULL,"
                        + " keep_until bigint NOT NULL)",
                "CREATE INDEX IF NOT EXISTS " + tables.index("_ends") + " ON " + entries + " (keep_until)",
                "CREATE INDEX IF NOT EXISTS " + tables.index("_groups") + " ON " + entries
                        + " (kind, subject, pos) WHERE kind <> 'SESSION'",
                "CREATE TABLE IF NOT EXISTS " + tables.head()
                        + " (one smallint PRIMARY KEY CHECK (one = 1), pos bigint NOT NULL)"));
    }

    @Override
    String recordVersion() {
        return "INSERT INTO " + tables.version()
                + " (one, version) VALUES (1, ?) ON CONFLICT (one) DO UPDATE SET version = excluded.version";
    }

    @Override
    long append(Connection connection, Entry entry) throws SQLException {
        long position = record(connection, entry);
        if (position != 0) {
            connection.commit();
            return position;
        }
        connection.rollback();
        position = positionOf(connection, entry.id());
        if (position == 0) {
            // Dropped just now because it has ended. Here is no other try: a transaction after the rollback lacks what
            // Dialect.begin set.
            throw new SQLException("The entry comes and goes", "40001");
        }
        return position;
    }

    /** 0 if an entry with that id is there already. Whoever has the lock on the head's row is alone until it commits. */
    private long record(Connection connection, Entry entry) throws SQLException {
        try (PreparedStatement statement = connection.prepareStatement(append)) {
            Rows.set(statement, 1, entry);
            try (ResultSet rows = statement.executeQuery()) {
                if (!rows.next()) {
                    throw noHead();
                }
                return rows.getBoolean(2) ? rows.getLong(1) : 0;
            }
        }
    }

    @Override
    List<String> trims() {
        String entries = tables.entries();
        return List.of(
                "DELETE FROM " + entries + " WHERE pos IN (SELECT pos FROM " + entries + " WHERE keep_until <= floor("
                        + EPOCH + " * 1000000)::bigint AND pos < (SELECT max(pos) FROM " + entries
                        + ") ORDER BY keep_until LIMIT " + BATCH + " FOR UPDATE SKIP LOCKED)",
                superseded("SUBJECT", " AND n.subject = o.subject"),
                superseded("EVERYONE", ""));
    }

    @Override
    AutoCloseable follow(Runnable changed) {
        if (!push) {
            return () -> {};
        }
        try {
            return PostgresListener.start(connections, tables.channel(), changed);
        } catch (LinkageError e) {
            LOG.warn("PostgreSQL's own JDBC driver is not there to listen with: the revocation log is only polled");
            return () -> {};
        }
    }
}
