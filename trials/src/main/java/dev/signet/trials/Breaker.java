package dev.signet.trials;

import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.ConcurrentSkipListMap;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * Carries out the plan in two lanes: what befalls the store, one after another, and beside it what befalls processes and their
 * connections. Thread-safe.
 */
final class Breaker {
    private static final double FROZEN_SECONDS = 10;
    private static final long GLANCE_MILLIS = 50;

    private final Cluster cluster;
    private final Store store;
    private final Ledger ledger;
    private final ExecutorService healers = Executors.newCachedThreadPool(Breaker::daemon);
    private final Map<Fault, Integer> done = new ConcurrentSkipListMap<>();
    private final AtomicInteger healing = new AtomicInteger();
    private volatile String storeState = "up";

    Breaker(Cluster cluster, Store store, Ledger ledger) {
        this.cluster = cluster;
        this.store = store;
        this.ledger = ledger;
    }

    private static Thread daemon(Runnable task) {
        Thread thread = new Thread(task, "breaker");
        thread.setDaemon(true);
        return thread;
    }

    /** Returns when all is done and healed; not necessarily well again. */
    void carryOut(List<Fault> plan, long seed) {
        CountDownLatch lanes = new CountDownLatch(2);
        lane(plan.stream().filter(Fault::ofStore).toList(), new Random(seed), 3, 8, lanes);
        lane(plan.stream().filter(fault -> !fault.ofStore()).toList(), new Random(~seed), 0.5, 7, lanes);
        try {
            lanes.await();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException("Nobody interrupts the trials", e);
        }
        while (healing.get() > 0) {
            Pause.millis(GLANCE_MILLIS);
        }
        healers.shutdown();
    }

    private void lane(List<Fault> faults, Random random, double least, double most, CountDownLatch lanes) {
        healers.execute(() -> {
            try {
                for (Fault fault : faults) {
                    inject(fault, random);
                    done.merge(fault, 1, Integer::sum);
                    Pause.seconds(least + random.nextDouble() * (most - least));
                }
            } catch (RuntimeException e) {
                ledger.violation(Promise.WELL, "the driver itself failed: " + e);
            } finally {
                lanes.countDown();
            }
        });
    }

    private void inject(Fault fault, Random random) {
        switch (fault) {
            case KILL_NODE -> killNode(random);
            case KILL_STORE -> killStore(random);
            case FREEZE_STORE -> freezeStore();
            case CUT_NODE -> cut(List.of(any(cluster.ways(), random)), random);
            case CUT_ALL -> cut(cluster.ways(), random);
            case SILENCE_NODE -> silence(any(cluster.ways(), random), random);
        }
    }

    private static <T> T any(List<T> list, Random random) {
        return list.get(random.nextInt(list.size()));
    }

    private void killNode(Random random) {
        NodeProcess node = any(cluster.mortals(), random);
        double absence = 2 * random.nextDouble();
        while (!node.up()) {
            Pause.millis(GLANCE_MILLIS);
        }
        node.kill();
        heal(absence, () -> {
            node.launch();
            if (!node.awaitAnswer()) {
                ledger.violation(Promise.WELL, "process " + node.name() + " did not come back");
            }
        });
    }

    private void killStore(Random random) {
        storeState = "killed";
        store.kill();
        Pause.seconds(3 * random.nextDouble());
        store.start();
        storeState = "up";
    }

    private void freezeStore() {
        storeState = "stopped";
        store.freeze();
        Pause.seconds(FROZEN_SECONDS);
        store.thaw();
        storeState = "up";
    }

    /** One in three comes back at once, one within seconds, one only when the staleness bound has passed. */
    private void cut(List<Proxy> ways, Random random) {
        double absence = any(List.of(0.0, 3 * random.nextDouble(), 6 + 3 * random.nextDouble()), random);
        ways.forEach(Proxy::cut);
        heal(absence, () -> ways.forEach(Proxy::admit));
    }

    private void silence(Proxy way, Random random) {
        way.silence();
        heal(6 + 4 * random.nextDouble(), way::speak);
    }

    private void heal(double seconds, Runnable healer) {
        healing.incrementAndGet();
        healers.execute(() -> {
            try {
                Pause.seconds(seconds);
                healer.run();
            } finally {
                healing.decrementAndGet();
            }
        });
    }

    Map<Fault, Integer> done() {
        return done;
    }

    int number() {
        return done.values().stream().mapToInt(Integer::intValue).sum();
    }

    String storeState() {
        return storeState;
    }
}
