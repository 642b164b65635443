package dev.signet.index.jdbc;

import static org.assertj.core.api.Assertions.assertThat;

import com.zaxxer.hikari.HikariDataSource;
import dev.signet.revocation.jdbc.PostgresServer;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.concurrent.atomic.AtomicInteger;

/** The real databases of tests: H2 in a file of its own, and a schema of its own in PostgreSQL. */
enum Databases {
    H2 {
        @Override
        HikariDataSource open() {
            Path file = Path.of("target", "h2", NAMES.incrementAndGet() + "-" + PROCESS)
                    .toAbsolutePath();
            return pool("jdbc:h2:file:" + file + ";USER=sa");
        }

        @Override
        void crash(HikariDataSource source) {
            try {
                execute(source, "SHUTDOWN IMMEDIATELY");
            } catch (SQLException gone) {
                assertThat(gone.getErrorCode()).isEqualTo(DATABASE_IS_CLOSED);
            }
            // A pool takes connections that were used just now for good ones.
            source.getHikariPoolMXBean().softEvictConnections();
        }
    },
    POSTGRES {
        @Override
        HikariDataSource open() {
            String schema = "index" + PROCESS + "_" + NAMES.incrementAndGet();
            String url = PostgresServer.shared().url();
            try (HikariDataSource any = pool(url)) {
                execute(any, "CREATE SCHEMA " + schema);
            } catch (SQLException e) {
                throw new IllegalStateException(e);
            }
            return pool(url + (url.contains("?") ? "&" : "?") + "currentSchema=" + schema);
        }

        @Override
        void crash(HikariDataSource source) throws Exception {
            PostgresServer.shared().crash();
        }
    };

    private static final int DATABASE_IS_CLOSED = 90121;
    private static final AtomicInteger NAMES = new AtomicInteger();
    private static final long PROCESS = ProcessHandle.current().pid();

    /** A pool of connections to an empty database. */
    abstract HikariDataSource open();

    /** Kills the database as it is; it can be reached again at once. */
    abstract void crash(HikariDataSource source) throws Exception;

    static void execute(HikariDataSource source, String sql) throws SQLException {
        try (Connection connection = source.getConnection();
                Statement statement = connection.createStatement()) {
            statement.execute(sql);
        }
    }

    private static HikariDataSource pool(String url) {
        HikariDataSource source = new HikariDataSource();
        source.setJdbcUrl(url);
        source.setMaximumPoolSize(20);
        source.setMinimumIdle(0);
        source.setConnectionTimeout(1_000);
        return source;
    }
}
