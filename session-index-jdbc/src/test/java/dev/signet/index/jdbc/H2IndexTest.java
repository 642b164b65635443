package dev.signet.index.jdbc;

import com.zaxxer.hikari.HikariDataSource;
import dev.signet.SessionIndex;
import dev.signet.SessionIndexContract;
import org.junit.jupiter.api.AfterEach;

class H2IndexTest extends SessionIndexContract {
    private final HikariDataSource source = Databases.H2.open();

    @Override
    protected SessionIndex emptyIndex() {
        return JdbcSessionIndex.on(source);
    }

    @AfterEach
    void closeDatabase() {
        source.close();
    }
}
