package dev.signet.javalin;

import dev.signet.http.Standing;
import dev.signet.revocation.Revocations;
import io.javalin.config.JavalinState;
import io.javalin.websocket.WsConfig;
import io.javalin.websocket.WsContext;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Sockets and event streams, which stay open while their session stands: asked once a second, and whenever there are new revocations. Thread-safe.
 */
final class OpenConnections {
    private static final Logger LOG = LoggerFactory.getLogger(OpenConnections.class);
    /** Matches every path, as {@code *} does, which the application may use itself: Javalin takes each path once. */
    private static final String EVERY_PATH = "/***";

    private final Set<Connection> open = ConcurrentHashMap.newKeySet();
    private final AtomicBoolean sweepDue = new AtomicBoolean();
    private final List<AutoCloseable> subscriptions = new ArrayList<>();
    private @Nullable ScheduledExecutorService sweeper;

    /** One of them. Equal to itself however often it is made. */
    interface Connection {
        Standing standing();

        /** False if that is not possible yet. */
        boolean end(Standing why);
    }

    void add(Connection connection) {
        open.add(connection);
        check(connection);
    }

    void remove(Connection connection) {
        open.remove(connection);
    }

    /** Ends what does not stand any more. */
    void sweep() {
        sweepDue.set(false);
        open.forEach(this::check);
    }

    private void check(Connection connection) {
        try {
            Standing standing = connection.standing();
            if (standing != Standing.STANDING && connection.end(standing)) {
                open.remove(connection);
            }
        } catch (RuntimeException failed) {
            open.remove(connection);
            LOG.warn("A connection could not be ended with its session", failed);
        }
    }

    void watchSockets(JavalinState state) {
        state.routes.wsBefore(EVERY_PATH, this::watch);
    }

    private void watch(WsConfig socket) {
        socket.onConnect(ctx -> add(new Socket(ctx)));
        socket.onClose(ctx -> remove(new Socket(ctx)));
    }

    synchronized void start(Iterable<Revocations> revocations) {
        ScheduledExecutorService executor = Executors.newSingleThreadScheduledExecutor(task -> {
            Thread thread = new Thread(task, "signet-sweep");
            thread.setDaemon(true);
            return thread;
        });
        sweeper = executor;
        Future<?> unused = executor.scheduleWithFixedDelay(this::sweep, 1, 1, TimeUnit.SECONDS);
        revocations.forEach(log -> subscriptions.add(log.onChange(() -> sweepSoon(executor))));
    }

    private void sweepSoon(ScheduledExecutorService executor) {
        if (!open.isEmpty() && sweepDue.compareAndSet(false, true)) {
            executor.execute(this::sweep);
        }
    }

    synchronized void close() {
        for (AutoCloseable subscription : subscriptions) {
            try {
                subscription.close();
            } catch (Exception failed) {
                LOG.warn("The following of revocations could not be stopped", failed);
            }
        }
        subscriptions.clear();
        if (sweeper != null) {
            sweeper.shutdownNow();
        }
    }

    private record Socket(WsContext ctx) implements Connection {
        @Override
        public Standing standing() {
            RequestSessions sessions = ctx.attribute(RequestSessions.KEY);
            return sessions == null ? Standing.STANDING : sessions.standing();
        }

        @Override
        public boolean end(Standing why) {
            CloseCode.of(why).close(ctx);
            return true;
        }
    }
}
