package dev.signet.benchmarks.scale;

import com.zaxxer.hikari.HikariDataSource;
import dev.signet.revocation.RevocationLog;
import dev.signet.revocation.jdbc.JdbcRevocationLog;
import java.io.IOException;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.time.Instant;

/** A store of rows, in the tables that {@link JdbcRevocationLog} documents. */
abstract class SqlStore extends Store {
    private final HikariDataSource source = new HikariDataSource();
    private final String numbers;
    private final String sizeQuery;

    /**
     * @param numbers what rows are made of: {@code n} from the first argument to the last, and {@code sid} of each
     * @param sizeQuery how many bytes the table takes, with its indexes
     */
    SqlStore(String numbers, String sizeQuery) throws IOException {
        this.numbers = numbers;
        this.sizeQuery = sizeQuery;
    }

    final void connect(String url) {
        source.setJdbcUrl(url);
        source.setMaximumPoolSize(20);
    }

    @Override
    RevocationLog log() {
        return JdbcRevocationLog.with(source).timeout(Duration.ofMinutes(1)).open();
    }

    @Override
    void add(long from, long to, long firstPosition, Instant keepUntil) throws SQLException {
        execute("INSERT INTO signet_revocation (pos, id, kind, session_id, subject, up_to, keep_until)"
                + " SELECT " + firstPosition + " + n, sid, 'SESSION', sid, 'user-' || n, 0, "
                + keepUntil.toEpochMilli() * 1_000 + " FROM (" + numbers.formatted(from, to - 1) + ") numbers");
        execute("UPDATE signet_revocation_head SET pos = " + (firstPosition + to - 1));
    }

    @Override
    void expire(long belowPosition) throws SQLException {
        execute("UPDATE signet_revocation SET keep_until = 1 WHERE pos < " + belowPosition);
    }

    @Override
    long size() throws SQLException {
        try (Connection connection = source.getConnection();
                Statement statement = connection.createStatement();
                ResultSet rows = statement.executeQuery(sizeQuery)) {
            rows.next();
            return rows.getLong(1);
        }
    }

    final void execute(String sql) throws SQLException {
        try (Connection connection = source.getConnection();
                Statement statement = connection.createStatement()) {
            statement.execute(sql);
        }
    }

    @Override
    public void close() throws IOException {
        source.close();
        super.close();
    }
}
