package dev.signet.revocation;

import dev.signet.revocation.RevocationListener.Event;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.CopyOnWriteArrayList;
import org.junit.jupiter.api.AfterEach;

/** Nodes on one remote store that nobody polls unless a test does, under clocks that stand still. */
abstract class StoreTestBase {
    static final Duration LONGEST = Duration.ofHours(12);
    static final Duration BOUND = Duration.ofHours(2);
    private static final Duration NO_POLLING = Duration.ofHours(1);

    final MovableClock clock = new MovableClock();
    final TestStore store = new TestStore(clock);
    final List<Event> events = new CopyOnWriteArrayList<>();
    private final List<Revocations> opened = new ArrayList<>();

    RevocationsBuilder settings() {
        return Revocations.on(store)
                .clock(clock)
                .nanoTime(clock::nanos)
                .pollInterval(NO_POLLING)
                .stalenessBound(BOUND)
                .storeTimeout(Duration.ofSeconds(20))
                .listener((event, detail) -> events.add(event));
    }

    /** For tests that wait for the timeout. */
    RevocationsBuilder impatient() {
        return settings().storeTimeout(Duration.ofMillis(50));
    }

    Revocations started(RevocationsBuilder settings) {
        Revocations revocations = settings.build();
        opened.add(revocations);
        revocations.start();
        return revocations;
    }

    Revocations node() {
        return started(settings());
    }

    @AfterEach
    void close() {
        store.letGo();
        opened.forEach(Revocations::close);
    }

    Revocation session(String name) {
        return Revocation.session(sid(name), "ada", end());
    }

    Instant end() {
        return clock.instant().plus(LONGEST);
    }

    /** Returns when the thread waits for something, or has ended. */
    static void awaitWaiting(Thread thread) {
        while (thread.getState() != Thread.State.TIMED_WAITING && thread.isAlive()) {
            Thread.onSpinWait();
        }
    }

    static String sid(String name) {
        UUID bits = UUID.nameUUIDFromBytes(name.getBytes(StandardCharsets.UTF_8));
        return new SessionId(bits.getMostSignificantBits(), bits.getLeastSignificantBits()).toString();
    }
}
