package dev.signet.revocation.jdbc;

import com.zaxxer.hikari.HikariDataSource;
import dev.signet.jdbc.Sql;
import java.sql.SQLException;

/** A schema of its own, which is the default of its connections. */
final class PostgresDatabase extends TestDatabase {
    private static final String DEADLOCK = "40P01";

    /** What a test prepares is there after a crash, too. */
    private static final String KEEP = "SET synchronous_commit = on";

    private final PostgresServer server = PostgresServer.shared();
    private final HikariDataSource source;

    PostgresDatabase() {
        try (HikariDataSource any = new HikariDataSource()) {
            any.setJdbcUrl(server.url());
            try (var connection = any.getConnection()) {
                Sql.execute(connection, KEEP + "; CREATE SCHEMA " + table);
            }
        } catch (SQLException e) {
            throw new IllegalStateException(e);
        }
        source = new HikariDataSource();
        source.setJdbcUrl(url());
        source.setMaximumPoolSize(40);
        source.setMinimumIdle(0);
        source.setConnectionInitSql(KEEP);
    }

    /** By another user, whose password is its name. */
    String url(String user) {
        String url = server.url(user);
        return inSchema(server.ours() ? url : url.replaceFirst("\\?.*", "") + "?user=" + user + "&password=" + user);
    }

    @Override
    String url() {
        return inSchema(server.url());
    }

    private String inSchema(String url) {
        return url + (url.contains("?") ? "&" : "?") + "reWriteBatchedInserts=true&currentSchema=" + table;
    }

    @Override
    HikariDataSource source() {
        return source;
    }

    @Override
    void dropEverything() throws SQLException {
        persistently("DROP SCHEMA " + table + " CASCADE; CREATE SCHEMA " + table);
    }

    @Override
    int blocked() throws SQLException {
        return Integer.parseInt(String.valueOf(
                single("SELECT count(*) FROM pg_stat_activity WHERE wait_event_type = 'Lock' AND query LIKE '%" + table
                        + "%'")));
    }

    @Override
    public void close() {
        super.close();
        try {
            persistently("DROP SCHEMA IF EXISTS " + table + " CASCADE");
        } catch (SQLException e) {
            throw new IllegalStateException(e);
        } finally {
            source.close();
        }
    }

    /** Some other call may be at work, and want the tables in another order. */
    private void persistently(String sql) throws SQLException {
        for (int attempt = 1; ; attempt++) {
            try {
                execute(sql);
                return;
            } catch (SQLException e) {
                if (!DEADLOCK.equals(e.getSQLState()) || attempt == 5) {
                    throw e;
                }
            }
        }
    }
}
