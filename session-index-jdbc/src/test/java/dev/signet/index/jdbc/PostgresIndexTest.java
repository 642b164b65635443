package dev.signet.index.jdbc;

import com.zaxxer.hikari.HikariDataSource;
import dev.signet.SessionIndex;
import dev.signet.SessionIndexContract;
import org.junit.jupiter.api.AfterEach;

class PostgresIndexTest extends SessionIndexContract {
    private final HikariDataSource source = Databases.POSTGRES.open();

    @Override
    protected SessionIndex emptyIndex() {
        return JdbcSessionIndex.on(source);
    }

    @AfterEach
    void closeDatabase() {
        source.close();
    }
}
