package dev.signet.trials;

import dev.signet.trials.Ledger.Count;
import java.time.Duration;

/**
 * What is done to a running application: each minute another key, and half a minute later a restart of all processes but the last, one after the other, which
 * are told to end or, every second time, killed. The last one lives through the whole run, so that its growth shows.
 */
final class Upkeep {
    private static final Duration EVERY = Duration.ofMinutes(1);
    private static final double GLANCE_SECONDS = 0.2;

    private final Cluster cluster;
    private final Ledger ledger;
    private int restarts;

    Upkeep(Cluster cluster, Ledger ledger) {
        this.cluster = cluster;
        this.ledger = ledger;
    }

    /** Returns when the time is over. */
    void carryOut(Duration time) {
        long end = System.nanoTime() + time.toNanos();
        while (System.nanoTime() < end) {
            cluster.keys().rotate();
            ledger.count(Count.ROTATIONS);
            long next = Math.min(end, System.nanoTime() + EVERY.toNanos());
            await(next - EVERY.toNanos() / 2);
            if (System.nanoTime() < end) {
                cluster.mortals().forEach(this::restart);
                restarts++;
            }
            await(next);
        }
    }

    private static void await(long moment) {
        while (System.nanoTime() < moment) {
            Pause.seconds(GLANCE_SECONDS);
        }
    }

    private void restart(NodeProcess node) {
        boolean kill = restarts % 2 == 1;
        if (kill) {
            node.kill();
        } else {
            node.stop();
        }
        ledger.count(kill ? Count.KILLED : Count.STOPPED);
        node.launch();
        if (!node.awaitAnswer()) {
            ledger.violation(Promise.WELL, "process " + node.name() + " did not come back");
        }
    }
}
