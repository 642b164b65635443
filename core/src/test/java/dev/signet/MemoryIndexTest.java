package dev.signet;

/** The contract in memory. */
class MemoryIndexTest extends SessionIndexContract {
    @Override
    protected SessionIndex emptyIndex() {
        return SessionIndex.inMemory();
    }
}
