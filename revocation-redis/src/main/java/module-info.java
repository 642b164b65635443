/** The revocation log of Signet on Redis 6 or later, or Valkey. */
@org.jspecify.annotations.NullMarked
@SuppressWarnings("requires-transitive-automatic") // The client names its module in the manifest only.
module dev.signet.revocation.redis {
    requires static transitive org.jspecify;
    requires transitive dev.signet.core;
    requires transitive redis.clients.jedis;
    requires org.apache.commons.pool2; // The client needs it, and has no descriptor that says so.
    requires org.slf4j;

    exports dev.signet.revocation.redis;
}
