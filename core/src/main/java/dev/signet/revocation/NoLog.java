package dev.signet.revocation;

import java.util.List;

/** The log that records nothing. */
final class NoLog implements RevocationLog {
    @Override
    public long append(Entry entry) {
        return 0;
    }

    @Override
    public Page read(long from, int limit) {
        return new Page(List.of(), 0);
    }

    @Override
    public void trim() {}

    @Override
    public boolean durable() {
        return false;
    }

    @Override
    public boolean inProcess() {
        return true;
    }

    @Override
    public void close() {}
}
