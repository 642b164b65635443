package dev.signet.revocation.jdbc;

class PostgresLogTest extends JdbcLogContract {
    PostgresLogTest() {
        super(TestDatabase.Kind.POSTGRES);
    }
}
