package dev.signet.revocation.redis;

import dev.signet.revocation.StoreUnavailable;
import java.net.SocketTimeoutException;
import java.util.Arrays;
import java.util.Map;
import redis.clients.jedis.exceptions.JedisAccessControlException;
import redis.clients.jedis.exceptions.JedisConnectionException;
import redis.clients.jedis.exceptions.JedisDataException;

/** What went wrong, in words of our own: answers of Redis may quote what it was sent, and addresses may hold credentials. */
final class Failures {
    private static final Map<String, String> REFUSALS = Map.of(
            "READONLY", "it is a replica (READONLY)",
            "NOREPLICAS", "too few replicas are connected (NOREPLICAS)",
            "MISCONF", "it cannot write to its disk (MISCONF)",
            "OOM", "its memory is full (OOM)",
            "LOADING", "it is still loading its data (LOADING)",
            "CLUSTERDOWN", "the cluster is down (CLUSTERDOWN)",
            "BUSY", "another script keeps it busy (BUSY)",
            "NOAUTH", "it wants a user and a password (NOAUTH)",
            "NOPERM", "the user may not do that (NOPERM)",
            "WRONGTYPE", "the keys are used for something else (WRONGTYPE)");

    private Failures() {}

    static StoreUnavailable unavailable(RuntimeException e) {
        if (e instanceof StoreUnavailable already) {
            return already;
        }
        return e instanceof JedisConnectionException
                ? new StoreUnavailable(inWords(e), e)
                : new StoreUnavailable(inWords(e));
    }

    static String inWords(RuntimeException e) {
        if (e instanceof JedisAccessControlException) {
            return "Redis does not accept the user and password, or lets that user not do this";
        }
        if (e instanceof JedisDataException) {
            return "Redis refused: " + reason(String.valueOf(e.getMessage()));
        }
        return timedOut(e) ? "Redis did not answer in time" : "Redis cannot be reached";
    }

    private static String reason(String message) {
        return REFUSALS.entrySet().stream()
                .filter(refusal -> message.contains(refusal.getKey() + " "))
                .map(Map.Entry::getValue)
                .findFirst()
                .orElse("it reported an error");
    }

    /** Whether the connection broke, so that another one may do; a server that hangs hangs on every connection. */
    static boolean connectionBroke(RuntimeException e) {
        return e instanceof JedisConnectionException && !timedOut(e);
    }

    private static boolean timedOut(Throwable e) {
        for (Throwable cause = e; cause != null; cause = cause.getCause()) {
            if (cause instanceof SocketTimeoutException || anyTimedOut(cause.getSuppressed())) {
                return true;
            }
        }
        return false;
    }

    /** The client tries each address of a host name and keeps the failures so. */
    private static boolean anyTimedOut(Throwable[] attempts) {
        return Arrays.stream(attempts).anyMatch(SocketTimeoutException.class::isInstance);
    }
}
