package dev.signet.trials;

import dev.signet.keys.KeyRing;
import dev.signet.trials.Browser.Reply;
import dev.signet.trials.Ledger.Count;
import dev.signet.trials.Ledger.Ended;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;

/** One soak of two processes on one store: warm-up, mixed traffic under upkeep, and the reckoning. */
final class Soak {
    /** The default of {@code stalenessBound}, under which the processes run. */
    private static final Duration BOUND = Duration.ofSeconds(5);

    private static final int PROCESSES = 2;
    private static final int PEOPLE = 12;
    private static final int PAUSE = 60;
    private static final int WATCHER_PAUSE = 200;
    private static final int SAMPLES = 4;
    private static final int TELL_SECONDS = 10;
    private static final double SHARE = 0.2;
    private static final double SHARE_ALLOWANCE = 0.01;

    private final Settings settings;
    private final Store store;
    private final Cluster cluster;
    private final Ledger ledger = new Ledger();
    private final Loot loot = new Loot();
    private final Browser honest = new Browser(ledger, Count.HONEST);
    private final Browser hostile = new Browser(ledger, Count.HOSTILE);
    private final Browser driver = new Browser(ledger, Count.REQUESTS);
    private volatile String phase = "start";

    /**
     * What to run.
     *
     * @param warmUp seconds of traffic before the processes are measured for the first time
     * @param rest seconds without requests before they are measured
     */
    record Settings(String store, Duration time, long seed, Sabotage sabotage, int warmUp, int rest, Path directory) {}

    private Soak(Settings settings, Store store, Cluster cluster) {
        this.settings = settings;
        this.store = store;
        this.cluster = cluster;
    }

    /** Runs it and tells how it went. */
    static SoakReport of(Settings settings) {
        Store store = Store.named(settings.store(), settings.directory());
        store.start();
        try (Cluster cluster = new Cluster(settings.directory(), store, settings.sabotage(), Shop.class, PROCESSES)) {
            return new Soak(settings, store, cluster).run();
        }
    }

    private SoakReport run() {
        Thread progress = new Thread(this::tell, "progress");
        progress.setDaemon(true);
        progress.start();
        cluster.nodes().forEach(this::launch);
        try (Forger forger = new Forger(store.address(store.port()))) {
            return run(forger);
        }
    }

    private SoakReport run(Forger forger) {
        Map<String, Figures> warm;
        Map<String, Figures> last;
        double share;
        try (Crowd crowd = new Crowd(ledger)) {
            crowd(crowd, new Attacks(cluster.keys(), forger));
            phase = "warm-up";
            crowd.resume();
            Pause.seconds(settings.warmUp());
            warm = atRest(crowd);
            requireOpens(forger, cluster.keys().leaked());
            phase = "soak";
            crowd.resume();
            new Upkeep(cluster, ledger).carryOut(settings.time());
            phase = "rest";
            last = atRest(crowd);
            requireOpens(forger, cluster.keys().ring());
            share = Mixture.share(ledger);
        }
        require(
                Promise.SHARE,
                Math.abs(share - SHARE) <= SHARE_ALLOWANCE,
                String.format("%.1f %% of the requests were hostile", 100 * share));
        List<Growth> growths = growths(warm, last);
        reckon();
        phase = "over";
        return new SoakReport(settings, ledger, share, growths);
    }

    private void require(Promise promise, boolean fine, String otherwise) {
        if (!fine) {
            ledger.violation(promise, otherwise);
        }
    }

    private void launch(NodeProcess node) {
        node.launch();
        require(Promise.WELL, node.awaitAnswer(), "process " + node.name() + " did not start");
    }

    private void crowd(Crowd crowd, Attacks attacks) {
        Random seeds = new Random(settings.seed());
        List<NodeProcess> nodes = cluster.nodes();
        for (int i = 0; i < PEOPLE; i++) {
            Mixture mixture = new Mixture(
                    ledger,
                    new Shopper("p" + i, nodes, honest, ledger, loot),
                    new Thief(nodes, hostile, ledger, BOUND),
                    new Attacker("mallory" + i, nodes, honest, ledger, loot, attacks));
            crowd.join("person " + i, seeds.nextLong(), PAUSE, false, mixture);
        }
        nodes.forEach(node -> crowd.join(
                "watcher",
                seeds.nextLong(),
                WATCHER_PAUSE,
                true,
                new Watcher(node, new Browser(ledger, Count.REQUESTS), ledger)));
    }

    /** The figures of every process, after what is only there under load has had time to go. */
    private Map<String, Figures> atRest(Crowd crowd) {
        crowd.rest();
        Pause.seconds(settings.rest());
        Map<String, Figures> figures = new HashMap<>();
        for (int i = 0; i < SAMPLES; i++) {
            for (NodeProcess node : cluster.nodes()) {
                driver.read(node, Paths.FIGURES, null)
                        .ifPresent(reply -> figures.merge(node.name(), Figures.of(reply.body()), Figures::least));
            }
            Pause.seconds(0.5);
        }
        return figures;
    }

    /** The counter-check of all forgeries. */
    private void requireOpens(Forger forger, KeyRing keys) {
        String ticket = Jar.TICKET + "=" + forger.under(keys);
        for (NodeProcess node : cluster.nodes()) {
            boolean opened =
                    driver.read(node, Paths.GUARDED, ticket).filter(Reply::ok).isPresent();
            require(Promise.SOUND, opened, "a ticket that is all right was refused at " + node.name());
        }
    }

    private List<Growth> growths(Map<String, Figures> warm, Map<String, Figures> last) {
        List<Growth> growths = new ArrayList<>();
        for (NodeProcess node : cluster.nodes()) {
            Figures before = warm.get(node.name());
            Figures after = last.get(node.name());
            if (before == null || after == null) {
                ledger.violation(Promise.WELL, "process " + node.name() + " told no figures");
                continue;
            }
            Growth growth = new Growth(node.name(), before, after);
            growths.add(growth);
            require(Promise.BOUNDED, !growth.tooMuch(), "process " + node.name() + " grew: " + growth);
        }
        return growths;
    }

    /** Every signed-out cookie once more at every process, in the log read past Signet, and at a process that was never there. */
    private void reckon() {
        phase = "last replays";
        List<Ended> ended = ledger.ended();
        cluster.nodes().forEach(node -> ended.forEach(cookie -> refused(node, cookie, Count.FINAL_REPLAYS)));
        Store.Recorded recorded = store.recorded();
        ended.forEach(cookie -> requireRecorded(recorded, cookie));
        phase = "fresh process";
        NodeProcess fresh = cluster.fresh();
        launch(fresh);
        ended.forEach(cookie -> refused(fresh, cookie, Count.FRESH_REPLAYS));
    }

    private void requireRecorded(Store.Recorded recorded, Ended cookie) {
        boolean there = cookie.everywhere()
                ? recorded.subjects().contains(cookie.subject())
                : recorded.sessions().contains(cookie.session());
        require(Promise.RECORDED, there, "a sign-out is not in the log: session " + cookie.session());
    }

    private void refused(NodeProcess node, Ended cookie, Count count) {
        Optional<Reply> reply = driver.read(node, Paths.GUARDED, cookie.cookie());
        int status = reply.map(Reply::status).orElse(0);
        require(
                Promise.FINAL,
                status == 401,
                "at the end, " + node.name() + " answered " + status + " to the signed-out session "
                        + cookie.session());
        if (status == 401) {
            ledger.count(count);
        }
    }

    private void tell() {
        while (!phase.equals("over")) {
            Pause.seconds(TELL_SECONDS);
            System.out.printf(
                    "[%s %5.0f s of about %d] %s: honest %d, hostile %d, keys added %d, restarts %d, signed out %d, violations %d%n",
                    settings.store(),
                    ledger.seconds(),
                    settings.time().toSeconds() + settings.warmUp() + 2L * settings.rest(),
                    phase,
                    ledger.counted(Count.HONEST),
                    ledger.counted(Count.HOSTILE),
                    ledger.counted(Count.ROTATIONS),
                    ledger.counted(Count.STOPPED) + ledger.counted(Count.KILLED),
                    ledger.counted(Count.SIGN_OUTS),
                    ledger.violations());
        }
    }
}
