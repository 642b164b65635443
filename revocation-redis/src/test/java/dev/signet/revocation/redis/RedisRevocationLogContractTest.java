package dev.signet.revocation.redis;

import dev.signet.revocation.RevocationLog;
import dev.signet.revocation.RevocationLogContract;
import java.time.Clock;
import java.time.Duration;
import java.time.InstantSource;
import java.time.ZoneOffset;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import redis.clients.jedis.RedisClient;

class RedisRevocationLogContractTest extends RevocationLogContract {
    private static final RedisClient CLIENT = Address.of(Target.address()).client(Duration.ofSeconds(10));
    private static final InstantSource SERVER_CLOCK = serverClock();

    private final String prefix = Target.freshPrefix();

    @AfterEach
    void leaveNothingBehind() {
        for (String key : new String[] {"log", "ids", "ends", "changes"}) {
            CLIENT.unlink("{" + prefix + "}:" + key);
        }
    }

    @AfterAll
    static void disconnect() {
        CLIENT.close();
    }

    @Override
    protected RevocationLog emptyLog() {
        return RedisRevocationLog.on(CLIENT).keyPrefix(prefix).open();
    }

    @Override
    protected RevocationLog sameStore(RevocationLog log) {
        return emptyLog();
    }

    @Override
    protected InstantSource storeClock() {
        return SERVER_CLOCK;
    }

    /** A server on this machine has our clock; of another one's clock the offset is known to lie between two moments: the earlier counts. */
    private static InstantSource serverClock() {
        List<?> time = (List<?>) CLIENT.eval("return redis.call('TIME')");
        long server = Long.parseLong((String) time.get(0)) * 1_000 + Long.parseLong((String) time.get(1)) / 1_000;
        long behind = Math.min(0, server - System.currentTimeMillis());
        return Clock.offset(Clock.tickMillis(ZoneOffset.UTC), Duration.ofMillis(behind));
    }
}
