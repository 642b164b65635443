package dev.signet.jdbc;

import java.sql.SQLException;

/** Tables that are made where they are missing, by one of those that come at once; whoever finds them complete needs no right to create any. */
public final class Preparation {
    /** H2 lets several create one table at once only in theory. */
    private static final Object IN_THIS_PROCESS = new Object();

    private Preparation() {}

    /** Runs something in a transaction of its own. */
    public interface Transaction {
        boolean run(Work<Boolean> work) throws SQLException;
    }

    /**
     * @param looking where {@code complete} runs, which tells whether the tables are of the latest version, or fails because they are missing
     * @param making where {@code steps} run, while no other process makes any
     */
    public static void prepare(
            Dialect dialect, Transaction looking, Work<Boolean> complete, Transaction making, Work<Boolean> steps)
            throws SQLException {
        if (!isComplete(looking, complete)) {
            synchronized (IN_THIS_PROCESS) {
                boolean unused = making.run(connection -> {
                    Sql.execute(connection, dialect.lockSchema());
                    return steps.with(connection);
                });
            }
        }
    }

    private static boolean isComplete(Transaction looking, Work<Boolean> complete) throws SQLException {
        try {
            return looking.run(complete);
        } catch (SQLException e) {
            if (Failures.tablesMissing(e)) {
                return false;
            }
            throw e;
        }
    }
}
