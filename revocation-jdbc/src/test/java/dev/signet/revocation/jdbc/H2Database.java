package dev.signet.revocation.jdbc;

import com.zaxxer.hikari.HikariDataSource;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.SQLException;

/** H2 in a file of its own. */
final class H2Database extends TestDatabase {
    private final Path directory = directory();
    private final String url = "jdbc:h2:file:" + directory.resolve("revocations");
    private final HikariDataSource source = pool(url, "sa", "");

    private static Path directory() {
        try {
            return Files.createTempDirectory(
                    Files.createDirectories(Path.of("target", "h2").toAbsolutePath()), "db");
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @Override
    String url() {
        return url;
    }

    @Override
    HikariDataSource source() {
        return source;
    }

    @Override
    void dropEverything() throws SQLException {
        execute("DROP ALL OBJECTS");
    }

    @Override
    int blocked() throws SQLException {
        return Integer.parseInt(String.valueOf(
                single("SELECT COUNT(*) FROM INFORMATION_SCHEMA.SESSIONS WHERE BLOCKER_ID IS NOT NULL")));
    }

    @Override
    public void close() {
        super.close();
        source.close();
    }
}
