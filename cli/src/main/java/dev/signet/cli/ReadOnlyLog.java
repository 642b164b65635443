package dev.signet.cli;

import dev.signet.revocation.RevocationLog;
import dev.signet.revocation.StoreUnavailable;

/** A log that is only looked at: an instance that finds one empty would sign everyone out in it. */
record ReadOnlyLog(RevocationLog log) implements RevocationLog {
    @Override
    public long append(Entry entry) {
        throw new StoreUnavailable("The log is empty, and only looked at");
    }

    @Override
    public Page read(long from, int limit) {
        return log.read(from, limit);
    }

    @Override
    public void trim() {}

    @Override
    public boolean durable() {
        return log.durable();
    }

    @Override
    public void close() {
        log.close();
    }
}
