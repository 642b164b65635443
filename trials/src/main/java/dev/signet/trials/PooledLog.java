package dev.signet.trials;

import com.zaxxer.hikari.HikariDataSource;
import dev.signet.revocation.RevocationLog;

/** A log whose pool is closed with it. */
record PooledLog(RevocationLog log, HikariDataSource pool) implements RevocationLog {
    @Override
    public long append(Entry entry) {
        return log.append(entry);
    }

    @Override
    public Page read(long from, int limit) {
        return log.read(from, limit);
    }

    @Override
    public void trim() {
        log.trim();
    }

    @Override
    public boolean durable() {
        return log.durable();
    }

    @Override
    public AutoCloseable follow(Runnable changed) {
        return log.follow(changed);
    }

    @Override
    public void close() {
        log.close();
        pool.close();
    }
}
