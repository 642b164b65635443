package dev.signet;

import dev.signet.revocation.StoreUnavailable;
import java.time.Instant;
import java.util.List;
import java.util.function.Supplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** An index of which it is logged once that it fails, and once that it works again. As thread-safe as that. */
final class WatchedIndex implements SessionIndex {
    private static final Logger LOG = LoggerFactory.getLogger(Devices.class);

    private final SessionIndex index;
    private boolean failing;

    WatchedIndex(SessionIndex index) {
        this.index = index;
    }

    private <T> T watched(Supplier<T> call) {
        try {
            T result = call.get();
            worked();
            return result;
        } catch (RuntimeException failure) {
            failed(failure);
            throw failure;
        }
    }

    private void watched(Runnable call) {
        boolean unused = watched(() -> {
            call.run();
            return true;
        });
    }

    private synchronized void failed(RuntimeException failure) {
        if (!failing) {
            LOG.warn("The index of sessions fails, so that lists and limits wait for it: {}", reason(failure));
        }
        failing = true;
    }

    private synchronized void worked() {
        if (failing) {
            LOG.info("The index of sessions works again");
        }
        failing = false;
    }

    /** Our own words; those of a driver may quote what it was sent. */
    private static String reason(RuntimeException failure) {
        return failure instanceof StoreUnavailable
                ? String.valueOf(failure.getMessage())
                : failure.getClass().getName();
    }

    @Override
    public List<ListedSession> add(ListedSession row, int most) {
        return watched(() -> index.add(row, most));
    }

    @Override
    public List<ListedSession> of(String subject) {
        return watched(() -> index.of(subject));
    }

    @Override
    public void put(ListedSession row) {
        watched(() -> index.put(row));
    }

    @Override
    public void remove(ListedSession row) {
        watched(() -> index.remove(row));
    }

    @Override
    public void trim(Instant now) {
        watched(() -> index.trim(now));
    }

    @Override
    public void close() {
        index.close();
    }
}
