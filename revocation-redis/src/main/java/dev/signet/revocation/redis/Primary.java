package dev.signet.revocation.redis;

import dev.signet.revocation.StoreUnavailable;
import java.util.List;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import redis.clients.jedis.RedisClient;
import redis.clients.jedis.UnifiedJedis;

/** The server that the log is kept on: looked at before it is used, and again whenever a call has failed. Thread-safe. */
final class Primary {
    private static final Logger LOG = LoggerFactory.getLogger(RedisRevocationLog.class);

    private final UnifiedJedis client;
    private final String key;
    private final boolean mayForget;
    private volatile boolean verified;
    private volatile boolean warned;

    /** @param key says which node is meant if there are many */
    Primary(UnifiedJedis client, String key, boolean mayForget) {
        this.client = client;
        this.key = key;
        this.mayForget = mayForget;
    }

    /**
     * Looks at the server now; one that cannot be reached is looked at when it is used.
     *
     * @throws IllegalStateException if sign-outs may not be entrusted to it
     */
    void look() {
        String refusal;
        try {
            refusal = refusal();
        } catch (RuntimeException e) {
            LOG.warn("{}; until it can be, the policy of the revocations decides", Failures.inWords(e));
            return;
        }
        if (refusal != null) {
            throw new IllegalStateException(refusal);
        }
        verified = true;
    }

    /**
     * Every step changes nothing the second time. So one whose connection broke is taken once more on a new connection: after a
     * restart of the server all idle ones are dead.
     */
    <T> T call(Function<UnifiedJedis, T> step) {
        try {
            return verifiedly(step);
        } catch (RuntimeException e) {
            verified = false;
            if (!Failures.connectionBroke(e)) {
                throw Failures.unavailable(e);
            }
            if (client instanceof RedisClient single) {
                single.getPool().clear();
            }
        }
        try {
            return verifiedly(step);
        } catch (RuntimeException e) {
            throw Failures.unavailable(e);
        }
    }

    private <T> T verifiedly(Function<UnifiedJedis, T> step) {
        if (!verified) {
            String refusal = refusal();
            if (refusal != null) {
                throw new StoreUnavailable(refusal);
            }
            verified = true;
        }
        return step.apply(client);
    }

    private @Nullable String refusal() {
        Server server = Server.told((String) client.eval(Script.SERVER.text(), List.of(key), List.of()));
        if (!server.known() && !mayForget && !warned) {
            warned = true;
            LOG.warn("Redis may not be asked (INFO) whether it keeps an append-only file; make sure that it does");
        }
        return server.refusal(mayForget);
    }
}
