package dev.signet.jdbc;

import java.sql.Connection;
import java.sql.SQLException;
import java.sql.SQLFeatureNotSupportedException;
import java.sql.SQLTransientConnectionException;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import javax.sql.DataSource;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The data source, bounded in time: whoever asks for a connection goes on after the timeout, though the data source still waits
 * for a server that accepts connections and says nothing. At most eight threads wait there. Thread-safe.
 */
public final class Connections implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(Connections.class);
    private static final int OPENERS = 8;
    /** A server that still can tells why it gives up. */
    private static final Duration SERVER_FIRST = Duration.ofMillis(500);

    private final DataSource source;
    private final Duration timeout;
    private final ThreadPoolExecutor openers;

    /** @param timeout how long to wait for a connection */
    public Connections(DataSource source, Duration timeout) {
        this.source = source;
        this.timeout = timeout;
        openers = new ThreadPoolExecutor(
                OPENERS, OPENERS, 10, TimeUnit.SECONDS, new LinkedBlockingQueue<>(), Connections::opener);
        openers.allowCoreThreadTimeOut(true);
    }

    private static Thread opener(Runnable task) {
        Thread thread = new Thread(task, "signet-jdbc-connect");
        thread.setDaemon(true);
        return thread;
    }

    /** A connection that is the caller's to close. */
    public Connection open() throws SQLException {
        CompletableFuture<Connection> opened = new CompletableFuture<>();
        try {
            openers.execute(() -> open(opened));
            return awaited(opened);
        } catch (RejectedExecutionException e) {
            throw new SQLTransientConnectionException("Closed", Failures.CANNOT_CONNECT);
        } catch (InterruptedException e) {
            if (!opened.cancel(false) && !opened.isCompletedExceptionally()) {
                closeQuietly(opened.join());
            }
            Thread.currentThread().interrupt();
            throw new SQLTransientConnectionException("Interrupted", Failures.CANNOT_CONNECT);
        } catch (ExecutionException e) {
            throw e.getCause() instanceof SQLException refused
                    ? refused
                    : new SQLTransientConnectionException(
                            "The data source failed", Failures.CANNOT_CONNECT, e.getCause());
        }
    }

    private Connection awaited(CompletableFuture<Connection> opened)
            throws InterruptedException, ExecutionException, SQLException {
        try {
            return opened.get(timeout.toNanos(), TimeUnit.NANOSECONDS);
        } catch (TimeoutException e) {
            if (opened.cancel(false)) {
                throw new SQLTransientConnectionException("No connection in time", Failures.CANNOT_CONNECT);
            }
            return opened.get();
        }
    }

    private void open(CompletableFuture<Connection> opened) {
        if (opened.isDone()) {
            return;
        }
        try {
            Connection connection = source.getConnection();
            if (!opened.complete(connection)) {
                closeQuietly(connection);
            }
        } catch (Throwable e) { // The caller is told whatever it is.
            opened.completeExceptionally(e);
        }
    }

    /**
     * Runs the work in one transaction on a connection of its own, and hands that back as it came.
     *
     * @param begin sets the transaction up; its result, run after the transaction, undoes that
     */
    public <T> T inTransaction(Duration patience, Work<Attempt> begin, Work<T> work) throws SQLException {
        Connection connection = open();
        try {
            int networkTimeout =
                    limit(connection, (int) patience.plus(SERVER_FIRST).toMillis());
            boolean autoCommit = connection.getAutoCommit();
            Attempt undo = () -> {};
            try {
                connection.setAutoCommit(false);
                undo = begin.with(connection);
                T result = work.with(connection);
                connection.commit();
                return result;
            } catch (Throwable e) {
                quietly(connection::rollback);
                throw e;
            } finally {
                quietly(undo);
                quietly(() -> connection.setAutoCommit(autoCommit));
                if (networkTimeout >= 0) {
                    quietly(() -> connection.setNetworkTimeout(Runnable::run, networkTimeout));
                }
            }
        } finally {
            closeQuietly(connection);
        }
    }

    /** The former limit; -1 if the driver has no such thing. */
    private static int limit(Connection connection, int millis) throws SQLException {
        try {
            int former = connection.getNetworkTimeout();
            connection.setNetworkTimeout(Runnable::run, millis);
            return former;
        } catch (SQLFeatureNotSupportedException e) {
            return -1;
        }
    }

    /** Something that matters no more if it fails. */
    public interface Attempt {
        void run() throws SQLException;
    }

    static void quietly(Attempt attempt) {
        try {
            attempt.run();
        } catch (SQLException e) {
            LOG.debug("A connection could not be handed back as it came: SQLSTATE {}", e.getSQLState());
        }
    }

    public static void closeQuietly(Connection connection) {
        quietly(connection::close);
    }

    @Override
    public void close() {
        openers.shutdown();
    }
}
