package dev.signet.revocation.jdbc;

class H2LogTest extends JdbcLogContract {
    H2LogTest() {
        super(TestDatabase.Kind.H2);
    }
}
