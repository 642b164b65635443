package dev.signet.jdbc;

import dev.signet.jdbc.Connections.Attempt;
import java.sql.Connection;
import java.sql.DatabaseMetaData;
import java.sql.SQLException;
import java.time.Duration;

/** The databases that stores may lie in, and how each begins a transaction that waits for nothing longer than it may. */
public enum Dialect {
    H2("H2") {
        @Override
        public String lockSchema() {
            // Each statement is a transaction of its own in H2: several may run them at once, the last finds all done.
            return "SELECT 1";
        }

        @Override
        public Attempt begin(Connection connection, Duration patience) throws SQLException {
            int isolation = connection.getTransactionIsolation();
            String lockTimeout = Sql.single(connection, "CALL LOCK_TIMEOUT()");
            String wanted = Long.toString(patience.toMillis());
            if (isolation != Connection.TRANSACTION_READ_COMMITTED) {
                connection.setTransactionIsolation(Connection.TRANSACTION_READ_COMMITTED);
            }
            if (!wanted.equals(lockTimeout)) {
                Sql.execute(connection, "SET LOCK_TIMEOUT " + wanted);
            }
            return () -> {
                if (isolation != Connection.TRANSACTION_READ_COMMITTED) {
                    connection.setTransactionIsolation(isolation);
                }
                if (!wanted.equals(lockTimeout)) {
                    Sql.execute(connection, "SET LOCK_TIMEOUT " + lockTimeout);
                }
            };
        }
    },
    POSTGRESQL("PostgreSQL") {
        @Override
        public String lockSchema() {
            return "SELECT pg_advisory_xact_lock(" + 0x7369676e6574L + ")";
        }

        @Override
        public Attempt begin(Connection connection, Duration patience) throws SQLException {
            // Also ends a transaction whose client fell silent: it would hold its locks, and with them everybody else.
            long millis = patience.toMillis();
            Sql.execute(
                    connection,
                    "SET TRANSACTION ISOLATION LEVEL READ COMMITTED; SET LOCAL lock_timeout = " + millis
                            + "; SET LOCAL statement_timeout = " + (millis + LOCK_FIRST)
                            + "; SET LOCAL idle_in_transaction_session_timeout = " + millis
                            + "; SELECT set_config('synchronous_commit', 'on', TRUE)"
                            + " WHERE current_setting('synchronous_commit') <> 'remote_apply'");
            return () -> {};
        }
    };

    /** Of two timeouts at once the statement's is told, which says less. */
    private static final int LOCK_FIRST = 100;

    private final String product;

    Dialect(String product) {
        this.product = product;
    }

    /** @throws IllegalStateException if it is another database */
    public static Dialect of(DatabaseMetaData database, String what) throws SQLException {
        String product = database.getDatabaseProductName();
        for (Dialect dialect : values()) {
            if (dialect.product.equals(product)) {
                return dialect;
            }
        }
        throw new IllegalStateException(
                what + " cannot be kept in " + product + "; give it a DataSource of H2 or PostgreSQL");
    }

    /** The database's name in messages. */
    public String product() {
        return product;
    }

    /** The statement that makes others wait until this transaction has prepared its tables. */
    public abstract String lockSchema();

    /** Sets a transaction up: its isolation, how long it may wait. The result undoes what outlives the transaction. */
    public abstract Attempt begin(Connection connection, Duration patience) throws SQLException;
}
