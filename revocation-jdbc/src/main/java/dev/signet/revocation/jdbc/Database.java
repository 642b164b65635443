package dev.signet.revocation.jdbc;

import dev.signet.jdbc.Connections;
import dev.signet.jdbc.Failures;
import dev.signet.revocation.StoreUnavailable;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.SQLTransientConnectionException;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Function;
import javax.sql.DataSource;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The database that the log lies in: which one it is, and its tables, found out and prepared as soon as it answers. Thread-safe. */
final class Database implements AutoCloseable {
    /** So many timeouts for what is more than a step. */
    static final int PATIENCE = 30;
    /** Its name in messages until it has told it. */
    static final String UNKNOWN = "The database";

    private static final Logger LOG = LoggerFactory.getLogger(JdbcRevocationLog.class);

    private final Connections connections;
    private final Duration timeout;
    private final Opening opening;
    private final Function<Engine, List<List<String>>> migrations;
    private final ReentrantLock preparing = new ReentrantLock();
    private volatile @Nullable Prepared prepared;
    private volatile boolean closed;

    private record Prepared(Engine engine, Schema schema) {}

    /** Asks over a new connection which database it is. */
    interface Opening {
        Engine engine(Connections connections) throws SQLException;
    }

    /** Something to do in a transaction. */
    interface Step<T> {
        T with(Engine engine, Connection connection) throws SQLException;
    }

    Database(DataSource source, Duration timeout, Opening opening, Function<Engine, List<List<String>>> migrations) {
        this.connections = new Connections(source, timeout);
        this.timeout = timeout;
        this.opening = opening;
        this.migrations = migrations;
    }

    /** Prepares it now, or later if it cannot be reached now. */
    void look() throws SQLException {
        try {
            prepared();
        } catch (SQLException e) {
            if (!Failures.mayPass(e)) {
                throw e;
            }
            LOG.warn(
                    "The database of the revocation log cannot be reached ({}); until it can be, the policy decides",
                    Failures.reason(e));
        }
    }

    /** Where tables or the head are gone, the log is an empty one: it is prepared anew, and whoever follows it notices. */
    <T> T call(Duration patience, Step<T> step) throws SQLException {
        Prepared ready = preparedOrUnavailable();
        Engine engine = ready.engine();
        try {
            return engine.transaction(patience, connection -> step.with(engine, connection));
        } catch (SQLException e) {
            if (!Failures.tablesMissing(e)) {
                throw e;
            }
            ready.schema().prepare();
            return engine.transaction(patience, connection -> step.with(engine, connection));
        }
    }

    private Prepared preparedOrUnavailable() throws SQLException {
        try {
            return prepared();
        } catch (IllegalStateException e) {
            throw new StoreUnavailable(String.valueOf(e.getMessage()));
        }
    }

    /** One caller prepares; others wait for that no longer than for a connection. */
    private Prepared prepared() throws SQLException {
        Prepared known = prepared;
        if (known != null) {
            return known;
        }
        if (!preparing(timeout)) {
            throw new SQLTransientConnectionException("Not prepared in time", Failures.CANNOT_CONNECT);
        }
        try {
            known = prepared;
            if (known == null) {
                known = prepare();
                prepared = known;
                if (closed) {
                    known.engine().close();
                }
            }
            return known;
        } finally {
            preparing.unlock();
        }
    }

    private boolean preparing(Duration atMost) {
        try {
            return preparing.tryLock(atMost.toNanos(), TimeUnit.NANOSECONDS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return false;
        }
    }

    private Prepared prepare() throws SQLException {
        Engine engine = opening.engine(connections);
        boolean usable = false;
        try {
            engine.check(timeout);
            Schema schema = new Schema(engine, migrations.apply(engine), timeout.multipliedBy(PATIENCE));
            schema.prepare();
            usable = true;
            return new Prepared(engine, schema);
        } finally {
            if (!usable) {
                engine.close();
            }
        }
    }

    Engine reach() throws SQLException {
        return preparedOrUnavailable().engine();
    }

    /** Empty as long as it has not been reached. */
    Optional<Engine> engine() {
        return Optional.ofNullable(prepared).map(Prepared::engine);
    }

    String name() {
        return engine().map(engine -> engine.dialect.product()).orElse(UNKNOWN);
    }

    @Override
    public void close() {
        closed = true;
        engine().ifPresent(Engine::close);
        connections.close();
    }
}
