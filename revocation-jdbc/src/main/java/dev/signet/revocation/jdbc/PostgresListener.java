package dev.signet.revocation.jdbc;

import dev.signet.jdbc.Connections;
import dev.signet.jdbc.Failures;
import dev.signet.jdbc.Sql;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.util.concurrent.TimeUnit;
import org.postgresql.PGConnection;
import org.postgresql.PGNotification;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A daemon thread that listens for PostgreSQL's notifications on a connection of its own and connects anew when that breaks. The
 * only class that needs the driver itself. Thread-safe.
 */
final class PostgresListener implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(JdbcRevocationLog.class);
    /** How long closing goes unnoticed. */
    private static final int LISTEN_MILLIS = 500;

    private static final int SILENCE = 20;
    private static final int ALIVE_SECONDS = 2;
    private static final Duration FIRST_PAUSE = Duration.ofMillis(100);
    private static final Duration LONGEST_PAUSE = Duration.ofSeconds(10);

    private final Connections connections;
    private final String channel;
    private final Runnable changed;
    private final Object lock = new Object();
    private Duration pause = FIRST_PAUSE;
    private boolean closed;

    private PostgresListener(Connections connections, String channel, Runnable changed) {
        this.connections = connections;
        this.channel = channel;
        this.changed = changed;
    }

    static AutoCloseable start(Connections connections, String channel, Runnable changed) {
        PostgresListener listener = new PostgresListener(connections, channel, changed);
        Thread thread = new Thread(listener::run, "signet-revocation-listen");
        thread.setDaemon(true);
        thread.start();
        return listener;
    }

    private void run() {
        do {
            try {
                listen();
            } catch (SQLException e) {
                LOG.debug("Listening to PostgreSQL failed: {}", Failures.reason(e));
            } catch (RuntimeException | LinkageError e) {
                LOG.warn("Listening to PostgreSQL failed: {}", e.getClass().getName());
            }
        } while (pauseUnlessClosed());
    }

    private void listen() throws SQLException {
        Connection connection = connections.open();
        try {
            int networkTimeout = connection.getNetworkTimeout();
            boolean autoCommit = connection.getAutoCommit();
            connection.setNetworkTimeout(Runnable::run, ALIVE_SECONDS * 1_000);
            connection.setAutoCommit(true);
            listen(connection);
            connection.setAutoCommit(autoCommit);
            connection.setNetworkTimeout(Runnable::run, networkTimeout);
        } finally {
            Connections.closeQuietly(connection);
        }
    }

    private void listen(Connection connection) throws SQLException {
        PGConnection listening = connection.unwrap(PGConnection.class);
        Sql.execute(connection, "LISTEN \"" + channel + '"');
        pause = FIRST_PAUSE;
        // What was appended while nobody listened.
        changed.run();
        int silence = 0;
        while (!closed()) {
            PGNotification[] heard = listening.getNotifications(LISTEN_MILLIS);
            if (heard != null && heard.length > 0) {
                changed.run();
                silence = 0;
            } else if (++silence == SILENCE) {
                silence = 0;
                if (!connection.isValid(ALIVE_SECONDS)) {
                    return;
                }
            }
        }
        // A pool hands the connection out again.
        Sql.execute(connection, "UNLISTEN *");
    }

    private boolean closed() {
        synchronized (lock) {
            return closed;
        }
    }

    private boolean pauseUnlessClosed() {
        synchronized (lock) {
            long end = System.nanoTime() + pause.toNanos();
            long left = pause.toNanos();
            while (!closed && left > 0) {
                try {
                    TimeUnit.NANOSECONDS.timedWait(lock, left);
                } catch (InterruptedException e) {
                    LOG.debug("Nobody interrupts this thread to any effect; close() ends it");
                }
                left = end - System.nanoTime();
            }
            Duration twice = pause.multipliedBy(2);
            pause = twice.compareTo(LONGEST_PAUSE) > 0 ? LONGEST_PAUSE : twice;
            return !closed;
        }
    }

    @Override
    public void close() {
        synchronized (lock) {
            closed = true;
            lock.notifyAll();
        }
    }
}
