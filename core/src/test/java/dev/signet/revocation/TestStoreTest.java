package dev.signet.revocation;

import java.time.InstantSource;

/** The store that the other tests trouble keeps the contract while it is left alone. */
class TestStoreTest extends RevocationLogContract {
    private final MovableClock clock = new MovableClock();

    @Override
    protected RevocationLog emptyLog() {
        return new TestStore(clock);
    }

    @Override
    protected RevocationLog sameStore(RevocationLog log) {
        return log;
    }

    @Override
    protected InstantSource storeClock() {
        return clock;
    }
}
