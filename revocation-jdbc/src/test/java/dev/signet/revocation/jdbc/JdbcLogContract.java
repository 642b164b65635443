package dev.signet.revocation.jdbc;

import dev.signet.revocation.RevocationLog;
import dev.signet.revocation.RevocationLogContract;
import java.time.InstantSource;
import java.util.List;
import org.junit.jupiter.api.AfterEach;

/** The contract on a database. */
abstract class JdbcLogContract extends RevocationLogContract {
    private final TestDatabase database;

    JdbcLogContract(TestDatabase.Kind kind) {
        database = kind.create();
    }

    @Override
    protected RevocationLog emptyLog() {
        return database.log();
    }

    @Override
    protected RevocationLog sameStore(RevocationLog log) {
        return database.log();
    }

    /** Of the same machine. */
    @Override
    protected InstantSource storeClock() {
        return InstantSource.system();
    }

    @Override
    protected void fill(RevocationLog log, List<RevocationLog.Entry> entries) {
        database.fill(entries);
    }

    @AfterEach
    void closeDatabase() {
        database.close();
    }
}
