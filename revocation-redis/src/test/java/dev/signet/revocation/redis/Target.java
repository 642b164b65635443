package dev.signet.revocation.redis;

import java.net.URI;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** The server that is not broken by tests: the one that {@code SIGNET_TEST_REDIS} names, else one of our own for all of them. */
final class Target {
    private static final @Nullable String GIVEN = System.getenv("SIGNET_TEST_REDIS");
    private static final URI ADDRESS =
            GIVEN == null || GIVEN.isBlank() ? Engine.durable().address() : URI.create(GIVEN);

    private Target() {}

    static URI address() {
        return ADDRESS;
    }

    static String freshPrefix() {
        return "signet-test-" + UUID.randomUUID();
    }

    static RedisRevocationLog log(String prefix) {
        return RedisRevocationLog.at(ADDRESS).keyPrefix(prefix).open();
    }
}
