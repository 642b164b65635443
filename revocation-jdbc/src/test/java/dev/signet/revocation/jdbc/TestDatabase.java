package dev.signet.revocation.jdbc;

import com.zaxxer.hikari.HikariConfig;
import com.zaxxer.hikari.HikariDataSource;
import dev.signet.jdbc.Sql;
import dev.signet.revocation.RevocationLog.Entry;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import javax.sql.DataSource;
import org.jspecify.annotations.Nullable;

/** An empty place for one log in a real database, by a pool of connections; closing it closes the logs opened here. */
abstract class TestDatabase implements AutoCloseable {
    private static final int PIECE = 2_000;
    private static final AtomicInteger NUMBER = new AtomicInteger();

    /** Unlike that of any other place: notifications go by it. */
    final String table = "log" + ProcessHandle.current().pid() + "_" + NUMBER.incrementAndGet();

    private final List<AutoCloseable> opened = new ArrayList<>();

    enum Kind {
        H2 {
            @Override
            TestDatabase create() {
                return new H2Database();
            }
        },
        POSTGRES {
            @Override
            TestDatabase create() {
                return new PostgresDatabase();
            }
        };

        abstract TestDatabase create();
    }

    abstract String url();

    abstract DataSource source();

    abstract void dropEverything() throws SQLException;

    /** How many sessions wait for the lock of another one. */
    abstract int blocked() throws SQLException;

    /** Saves the log as it is. */
    final void dump() throws SQLException {
        for (String name : List.of(table, table + "_head")) {
            execute("CREATE TABLE dump_" + name + " AS SELECT * FROM " + name);
        }
    }

    final void restoreDump() throws SQLException {
        try (Connection connection = source().getConnection()) {
            connection.setAutoCommit(false);
            for (String name : List.of(table + "_head", table)) {
                Sql.execute(connection, "DELETE FROM " + name);
                Sql.execute(connection, "INSERT INTO " + name + " SELECT * FROM dump_" + name);
            }
            connection.commit();
        }
    }

    final JdbcRevocationLog.Builder settings() {
        return JdbcRevocationLog.with(source()).table(table);
    }

    final JdbcRevocationLog log() {
        return closing(settings().open());
    }

    final <T extends AutoCloseable> T closing(T resource) {
        synchronized (opened) {
            opened.add(resource);
        }
        return resource;
    }

    final void execute(String... statements) throws SQLException {
        try (Connection connection = source().getConnection();
                Statement statement = connection.createStatement()) {
            for (String sql : statements) {
                statement.execute(sql);
            }
        }
    }

    final @Nullable String single(String sql) throws SQLException {
        try (Connection connection = source().getConnection();
                Statement statement = connection.createStatement();
                ResultSet rows = statement.executeQuery(sql)) {
            return rows.next() ? rows.getString(1) : null;
        }
    }

    final void awaitBlocked(int sessions) throws SQLException {
        while (blocked() < sessions) {
            Thread.onSpinWait();
        }
    }

    /** In a few goes, after what is there. */
    final void fill(List<Entry> entries) {
        try (Connection connection = source().getConnection()) {
            connection.setAutoCommit(false);
            long position = Long.parseLong(String.valueOf(single("SELECT pos FROM " + table + "_head")));
            try (PreparedStatement insert = connection.prepareStatement(
                    "INSERT INTO " + table + " (" + Rows.COLUMNS + ") VALUES (?, " + Rows.PARAMETERS + ")")) {
                for (Entry entry : entries) {
                    insert.setLong(1, ++position);
                    Rows.set(insert, 2, entry);
                    insert.addBatch();
                    if (position % PIECE == 0) {
                        insert.executeBatch();
                        connection.commit();
                    }
                }
                insert.executeBatch();
            }
            try (Statement head = connection.createStatement()) {
                head.execute("UPDATE " + table + "_head SET pos = " + position);
            }
            connection.commit();
        } catch (SQLException e) {
            throw new IllegalStateException(e);
        }
    }

    static HikariDataSource pool(String url, String user, String password) {
        HikariConfig config = new HikariConfig();
        config.setJdbcUrl(url);
        config.setUsername(user);
        config.setPassword(password);
        config.setMaximumPoolSize(40);
        config.setMinimumIdle(0);
        return new HikariDataSource(config);
    }

    @Override
    public void close() {
        for (AutoCloseable resource : opened) {
            try {
                resource.close();
            } catch (Exception e) {
                throw new IllegalStateException(e);
            }
        }
    }
}
