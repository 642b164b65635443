package dev.signet.revocation.redis;

import static org.assertj.core.api.Assertions.assertThat;

import dev.signet.revocation.RevocationLog.Entry;
import dev.signet.revocation.StoreUnavailable;
import java.util.ArrayList;
import java.util.List;
import java.util.NavigableSet;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.ConcurrentSkipListSet;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.Test;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** What {@code kill -9} of the server costs while four threads append. */
class DurabilityTest {
    private static final Logger LOG = LoggerFactory.getLogger(DurabilityTest.class);
    private static final int THREADS = 4;

    private long newestSurvivor;

    @Test
    void with_appendfsync_always_nothing_is_lost() throws Exception {
        assertThat(lostByKill("always", 300)).isEmpty();
    }

    /** Usually nothing; but Redis holds writes back for up to two seconds while its last sync takes long. */
    @Test
    void with_appendfsync_everysec_at_most_the_last_two_seconds_are_lost() throws Exception {
        NavigableSet<Long> lost = lostByKill("everysec", 5_000);

        assertThat(lost).allMatch(position -> position > newestSurvivor);
    }

    private NavigableSet<Long> lostByKill(String appendfsync, int enough) throws Exception {
        try (Engine engine = Engine.started("--appendonly", "yes", "--appendfsync", appendfsync);
                RedisRevocationLog log = engine.log()) {
            Set<Long> acknowledged = new ConcurrentSkipListSet<>();
            CountDownLatch soMany = new CountDownLatch(enough);
            ExecutorService executor = Executors.newFixedThreadPool(THREADS);
            List<Future<?>> writers = new ArrayList<>();
            for (int thread = 0; thread < THREADS; thread++) {
                String name = "thread" + thread;
                writers.add(executor.submit(() -> appendUntilKilled(log, name, acknowledged, soMany)));
            }
            soMany.await();
            engine.kill();
            for (Future<?> writer : writers) {
                writer.get();
            }
            executor.shutdown();
            engine.start();

            List<Long> survivors =
                    Entries.all(log).stream().map(Entry::position).toList();
            newestSurvivor = survivors.get(survivors.size() - 1);
            NavigableSet<Long> lost = new TreeSet<>(acknowledged);
            survivors.forEach(lost::remove);
            LOG.info(
                    "kill -9 with appendfsync {}: {} acknowledged, {} lost",
                    appendfsync,
                    acknowledged.size(),
                    lost.size());
            return lost;
        }
    }

    private static void appendUntilKilled(
            RedisRevocationLog log, String name, Set<Long> acknowledged, CountDownLatch soMany) {
        for (int i = 0; ; i++) {
            try {
                acknowledged.add(log.append(Entries.session(name + "-" + i)));
                soMany.countDown();
            } catch (StoreUnavailable e) {
                return;
            }
        }
    }
}
