package dev.signet.revocation.redis;

import java.util.List;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import redis.clients.jedis.StreamEntryID;
import redis.clients.jedis.UnifiedJedis;
import redis.clients.jedis.params.XReadParams;
import redis.clients.jedis.resps.StreamEntry;

/**
 * Waits in one daemon thread, on one connection of its own, for the word that something was appended. After a failure it goes back
 * and tries again, first soon, then every few seconds.
 */
final class Push implements AutoCloseable {
    static final int BLOCK_MILLIS = 2_000;

    private static final Logger LOG = LoggerFactory.getLogger(Push.class);
    private static final long FIRST_PAUSE_MILLIS = 50;
    private static final long LONGEST_PAUSE_MILLIS = 5_000;
    private static final StreamEntryID BEGINNING = new StreamEntryID(0, 0);

    private final UnifiedJedis client;
    private final String changes;
    private final Runnable changed;
    private final CountDownLatch closed = new CountDownLatch(1);

    private Push(UnifiedJedis client, String changes, Runnable changed) {
        this.client = client;
        this.changes = changes;
        this.changed = changed;
    }

    static Push start(UnifiedJedis client, String changes, Runnable changed) {
        Push push = new Push(client, changes, changed);
        Thread thread = new Thread(push::run, "signet-redis-push");
        thread.setDaemon(true);
        thread.start();
        return push;
    }

    private void run() {
        StreamEntryID last = BEGINNING;
        long pause = FIRST_PAUSE_MILLIS;
        while (closed.getCount() > 0) {
            try {
                last = awaitAfter(last);
                pause = FIRST_PAUSE_MILLIS;
            } catch (RuntimeException e) {
                LOG.debug("Redis does not tell of changes; trying again in {} ms: {}", pause, Failures.inWords(e));
                last = BEGINNING; // The server may be another one, or hold less than before.
                pause(pause);
                pause = Math.min(2 * pause, LONGEST_PAUSE_MILLIS);
            }
        }
    }

    private StreamEntryID awaitAfter(StreamEntryID last) {
        XReadParams patience = XReadParams.xReadParams().count(1).block(BLOCK_MILLIS);
        List<Map.Entry<String, List<StreamEntry>>> news = client.xread(patience, Map.of(changes, last));
        if (news == null || news.isEmpty() || closed.getCount() == 0) {
            return last;
        }
        changed.run();
        List<StreamEntry> entries = news.get(0).getValue();
        return entries.get(entries.size() - 1).getID();
    }

    private void pause(long millis) {
        try {
            if (closed.await(millis, TimeUnit.MILLISECONDS)) {
                LOG.debug("Closed while Redis did not answer");
            }
        } catch (InterruptedException e) {
            LOG.debug("Nobody interrupts this thread to any effect; close() ends it");
        }
    }

    /** The thread ends at the next word from Redis, at the latest after two seconds or a timeout of the connection. */
    @Override
    public void close() {
        closed.countDown();
    }
}
