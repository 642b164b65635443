package dev.signet.trials;

import dev.signet.trials.Browser.Reply;
import dev.signet.trials.Ledger.Count;
import dev.signet.trials.Ledger.Ended;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Random;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** One run against one store: warm-up, faults, recovery, and the reckoning. */
final class FaultRun {
    /** The default of {@code stalenessBound}, under which the processes run. */
    private static final Duration BOUND = Duration.ofSeconds(5);

    private static final int PROCESSES = 3;
    private static final int PEOPLE = 16;
    private static final int THIEVES = 6;
    private static final int PERSON_PAUSE = 50;
    private static final int THIEF_PAUSE = 15;
    private static final int WATCHER_PAUSE = 80;
    private static final int RECOVERY_SECONDS = 60;
    private static final int SAMPLES = 4;
    private static final int DECISIONS = 60;

    private final Settings settings;
    private final Store store;
    private final Cluster cluster;
    private final Ledger ledger = new Ledger();
    private final Browser browser = new Browser(ledger, Count.REQUESTS);
    private final Breaker breaker;
    private final Map<String, Figures> warm = new HashMap<>();
    private final List<Growth> growths = new ArrayList<>();
    private Store.@Nullable Recorded recorded;
    private volatile String phase = "start";

    /**
     * What to run.
     *
     * @param warmUp seconds of requests before the first fault, and after the last one
     * @param rest seconds without requests before processes are measured
     */
    record Settings(String store, int faults, long seed, Sabotage sabotage, int warmUp, int rest, Path directory) {}

    private FaultRun(Settings settings, Store store, Cluster cluster) {
        this.settings = settings;
        this.store = store;
        this.cluster = cluster;
        breaker = new Breaker(cluster, store, ledger);
    }

    /** Runs it and tells how it went. */
    static FaultReport of(Settings settings) {
        Store store = Store.named(settings.store(), settings.directory());
        store.start();
        try (Cluster cluster = new Cluster(settings.directory(), store, settings.sabotage(), Node.class, PROCESSES)) {
            return new FaultRun(settings, store, cluster).run();
        }
    }

    private FaultReport run() {
        Thread progress = new Thread(this::tell, "progress");
        progress.setDaemon(true);
        progress.start();
        cluster.nodes().forEach(NodeProcess::launch);
        cluster.nodes()
                .forEach(
                        node -> require(Promise.WELL, node.awaitAnswer(), "process " + node.name() + " did not start"));
        try (Crowd crowd = new Crowd(ledger)) {
            crowd(crowd);
            phase = "warm-up";
            underWay(crowd);
            warm.putAll(atRest(crowd));
            phase = "faults";
            crowd.resume();
            breaker.carryOut(
                    Fault.plan(settings.faults(), store.port() != 0, new Random(settings.seed())), settings.seed());
            phase = "recovery";
            awaitHealth();
            underWay(crowd);
            phase = "rest";
            Map<String, Figures> last = atRest(crowd);
            cluster.nodes().forEach(node -> compare(node.name(), last.get(node.name())));
        }
        reckon();
        Map<String, Integer> logs = logs();
        phase = "over";
        return new FaultReport(settings, breaker.done(), ledger, growths, Objects.requireNonNull(recorded), logs);
    }

    private void require(Promise promise, boolean fine, String otherwise) {
        if (!fine) {
            ledger.violation(promise, otherwise);
        }
    }

    private void crowd(Crowd crowd) {
        Random seeds = new Random(settings.seed());
        List<NodeProcess> nodes = cluster.nodes();
        for (int i = 0; i < PEOPLE; i++) {
            crowd.join(
                    "person " + i, seeds.nextLong(), PERSON_PAUSE, false, new Person("p" + i, nodes, browser, ledger));
        }
        for (int i = 0; i < THIEVES; i++) {
            crowd.join("thief " + i, seeds.nextLong(), THIEF_PAUSE, false, new Thief(nodes, browser, ledger, BOUND));
        }
        // With connections of their own: they would keep those of the others from closing while these rest.
        nodes.forEach(node -> crowd.join(
                "watcher",
                seeds.nextLong(),
                WATCHER_PAUSE,
                true,
                new Watcher(node, new Browser(ledger, Count.REQUESTS), ledger)));
    }

    private void underWay(Crowd crowd) {
        awaitHealth();
        crowd.resume();
        Pause.seconds(settings.warmUp());
    }

    private void awaitHealth() {
        for (NodeProcess node : cluster.nodes()) {
            boolean well = false;
            for (int i = 0; i < RECOVERY_SECONDS && !well; i++) {
                well = browser.read(node, Paths.HEALTH, null).filter(Reply::ok).isPresent();
                if (!well) {
                    Pause.seconds(1);
                }
            }
            require(Promise.WELL, well, "process " + node.name() + " is not well a minute after the last fault");
        }
    }

    /** The figures of every process, after what is only there under load has had time to go. */
    private Map<String, Figures> atRest(Crowd crowd) {
        crowd.rest();
        Pause.seconds(settings.rest());
        Map<String, Figures> figures = new HashMap<>();
        for (int i = 0; i < SAMPLES; i++) {
            for (NodeProcess node : cluster.nodes()) {
                browser.read(node, Paths.FIGURES, null)
                        .ifPresent(reply -> figures.merge(node.name(), Figures.of(reply.body()), Figures::least));
            }
            Pause.seconds(0.5);
        }
        return figures;
    }

    private void compare(String node, @Nullable Figures last) {
        Figures first = warm.get(node);
        if (first == null || last == null) {
            ledger.violation(Promise.WELL, "process " + node + " told no figures");
            return;
        }
        Growth growth = new Growth(node, first, last);
        growths.add(growth);
        require(Promise.BOUNDED, !growth.tooMuch(), "process " + node + " grew: " + growth);
    }

    /** Every cookie once more at every process; the log, read past Signet; every cookie at a process that was never there. */
    private void reckon() {
        List<Ended> ended = ledger.ended();
        phase = "last replays";
        cluster.nodes().forEach(node -> ended.forEach(cookie -> refused(node, cookie, Count.FINAL_REPLAYS)));
        phase = "log";
        if (store.port() == 0) {
            cluster.nodes().forEach(NodeProcess::kill);
        }
        recorded = store.recorded();
        ended.forEach(this::requireRecorded);
        phase = "fresh process";
        NodeProcess fresh = cluster.fresh();
        fresh.launch();
        require(Promise.WELL, fresh.awaitAnswer(), "a fresh process did not start");
        ended.forEach(cookie -> refused(fresh, cookie, Count.FRESH_REPLAYS));
    }

    private void requireRecorded(Ended cookie) {
        Store.Recorded log = Objects.requireNonNull(recorded);
        boolean there = cookie.everywhere()
                ? log.subjects().contains(cookie.subject())
                : log.sessions().contains(cookie.session());
        require(
                Promise.RECORDED,
                there,
                "a sign-out answered with success is not in the log: session " + cookie.session() + " of "
                        + cookie.subject());
    }

    private void refused(NodeProcess node, Ended cookie, Count count) {
        for (int i = 0; i < DECISIONS; i++) {
            Optional<Reply> reply = browser.read(node, Paths.GUARDED, cookie.cookie());
            if (reply.isPresent() && !reply.get().undecided()) {
                if (reply.get().status() == 401) {
                    ledger.count(count);
                } else {
                    ledger.violation(
                            Promise.FINAL,
                            "at the end, " + node.name() + " answered "
                                    + reply.get().status() + " to the signed-out session " + cookie.session());
                }
                return;
            }
            Pause.seconds(0.5);
        }
        ledger.violation(
                Promise.WELL, "at the end, " + node.name() + " does not decide about session " + cookie.session());
    }

    private Map<String, Integer> logs() {
        Map<String, Integer> lines = new TreeMap<>();
        cluster.nodes().forEach(node -> LogLines.count(node.output(), lines));
        int lost = lines.getOrDefault("ENTRIES_LOST", 0);
        require(Promise.KEPT, lost == 0, "processes logged ENTRIES_LOST " + lost + " times");
        return lines;
    }

    private void tell() {
        while (!phase.equals("over")) {
            Pause.seconds(5);
            long up = cluster.nodes().stream().filter(NodeProcess::up).count();
            System.out.printf(
                    "[%s %4.0f s] %s: faults %d of %d, processes up %d of %d, store %s, signed in %d, out %d, replays refused %d undecided %d,"
                            + " public pages %d, violations %d%n",
                    settings.store(),
                    ledger.seconds(),
                    phase,
                    breaker.number(),
                    settings.faults(),
                    up,
                    cluster.nodes().size(),
                    breaker.storeState(),
                    ledger.counted(Count.SIGN_INS),
                    ledger.counted(Count.SIGN_OUTS),
                    ledger.counted(Count.REPLAYS_REFUSED),
                    ledger.counted(Count.REPLAYS_UNDECIDED),
                    ledger.counted(Count.PUBLIC_PAGES),
                    ledger.violations());
        }
    }
}
