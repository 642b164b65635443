package dev.signet.benchmarks.server;

/** The ways to keep sessions that are compared, in their order. */
public enum Variant {
    NONE("no session") {
        @Override
        Keeping keeping(int redis) {
            return new NoSession();
        }
    },
    JETTY("Jetty, in memory") {
        @Override
        Keeping keeping(int redis) {
            return new JettySession();
        }
    },
    LIMIT_TICKET("limit, ticket") {
        @Override
        Keeping keeping(int redis) {
            return new LimitCookies(false, false);
        }
    },
    SIGNET_TICKET("Signet, ticket") {
        @Override
        Keeping keeping(int redis) {
            return new SignetSessions(null);
        }
    },
    LIMIT_SLOT("limit, ticket + slot") {
        @Override
        Keeping keeping(int redis) {
            return new LimitCookies(true, false);
        }
    },
    SIGNET_SLOT("Signet, ticket + slot") {
        @Override
        Keeping keeping(int redis) {
            return new SignetSessions(SignetSessions.STATE);
        }
    },
    LIMIT_COMPRESSED("limit, ticket + compressed slot") {
        @Override
        Keeping keeping(int redis) {
            return new LimitCookies(true, true);
        }
    },
    SIGNET_COMPRESSED("Signet, ticket + compressed slot") {
        @Override
        Keeping keeping(int redis) {
            return new SignetSessions(SignetSessions.STATE.compressed());
        }
    },
    NIMBUS("nimbus, JWE cookie") {
        @Override
        Keeping keeping(int redis) throws Exception {
            return new NimbusCookie();
        }
    },
    REDIS("Redis, by Jedis") {
        @Override
        Keeping keeping(int redis) {
            return new RedisSessions(redis);
        }
    };

    private final String title;

    Variant(String title) {
        this.title = title;
    }

    String title() {
        return title;
    }

    /** Whether the server tells one visitor from another. */
    boolean knowsWho() {
        return this != NONE;
    }

    /** Whether the session brings state, beside who it is of. */
    boolean bringsState() {
        return this != NONE && this != LIMIT_TICKET && this != SIGNET_TICKET;
    }

    /** @param redis the port of a Redis server, which only one of them asks */
    abstract Keeping keeping(int redis) throws Exception;
}
