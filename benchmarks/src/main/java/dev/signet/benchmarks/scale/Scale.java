package dev.signet.benchmarks.scale;

import dev.signet.revocation.RevocationLog;
import dev.signet.revocation.RevocationLog.Entry;
import dev.signet.revocation.RevocationLog.Kind;
import dev.signet.revocation.Revocations;
import dev.signet.revocation.Verdict;
import java.lang.management.ManagementFactory;
import java.lang.ref.Reference;
import java.lang.ref.WeakReference;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicReference;

/** Measures real stores full of entries and a node that follows them: {@code Scale <page> <entries>,… <store>…}. */
public final class Scale {
    private static final List<Integer> THREADS = List.of(1, 4, 12);
    private static final Duration PATIENCE = Duration.ofMinutes(1);
    private static final Duration SHORTER = Duration.ofDays(1);
    private static final Duration LONGER = Duration.ofDays(90);

    private final Store store;
    private final long entries;
    private final Duration appending;
    private final Instant begun = Instant.now();
    private final long firstPosition;
    private double loadSeconds;
    private double dropSeconds;
    private long heapWithNode;

    private Scale(Store store, long entries, Duration appending) {
        this.store = store;
        this.entries = entries;
        this.appending = appending;
        firstPosition = begun.toEpochMilli() - entries;
    }

    public static void main(String[] arguments) throws Exception {
        Path page = Path.of(arguments[0]);
        List<Figures> measured = new ArrayList<>();
        for (String size : arguments[1].split(",", -1)) {
            for (String name : List.of(arguments).subList(2, arguments.length)) {
                say("=== %s, %,d entries", name, Long.parseLong(size));
                measured.add(measure(name, Long.parseLong(size), Duration.ofSeconds(4)));
                Files.writeString(page, Page.of(measured));
            }
        }
    }

    static Figures measure(String name, long entries, Duration appending) throws Exception {
        try (Store store = Store.open(name)) {
            return new Scale(store, entries, appending).measure(name);
        }
    }

    private Figures measure(String name) throws Exception {
        say("    filled in %.1f s", seconds(this::fill));
        double size = (double) store.size() / entries;
        say("    %.0f bytes per entry in the store", size);
        Reference<Revocations> node = follow();
        double heap = (double) (heapWithNode - heapWithout(node)) / entries;
        say("    %.1f bytes of heap per entry", heap);
        try (RevocationLog log = store.log()) {
            List<Double> appends = new ArrayList<>();
            for (int threads : THREADS) {
                appends.add(appendsPerSecond(log, threads));
                say("    %.0f appends per second by %d threads", appends.get(appends.size() - 1), threads);
            }
            store.expire(firstPosition + entries / 10);
            double trimSeconds = seconds(log::trim);
            require(log.read(0, 1).entries().get(0).position() == firstPosition + entries / 10, "trimmed");
            say("    the store has dropped a tenth of them after %.1f s", trimSeconds);
            return new Figures(name, entries, size, loadSeconds, heap, dropSeconds, trimSeconds, appends);
        }
    }

    /** The log makes its tables itself. */
    private void fill() throws Exception {
        try (RevocationLog log = store.log()) {
            require(log.read(0, 1).head() == 0, "an empty log");
        }
        for (long from = 0; from < entries; from += Store.STEP) {
            long to = Math.min(entries, from + Store.STEP);
            if (from % (10 * Store.STEP) == 0) {
                say("    filling in %,d", from);
            }
            long tenth = Math.min(to, Math.max(from, entries / 10));
            store.add(from, tenth, firstPosition, begun.plus(SHORTER));
            store.add(tenth, to, firstPosition, begun.plus(LONGER));
        }
    }

    private Reference<Revocations> follow() throws Exception {
        AtomicReference<InstantSource> clock = new AtomicReference<>(InstantSource.system());
        try (Revocations node = Revocations.on(store.log())
                .storeTimeout(PATIENCE)
                .stalenessBound(PATIENCE)
                .clock(() -> clock.get().instant())
                .build()) {
            loadSeconds = seconds(node::start);
            check(node, entries);
            say("    a fresh node has read them after %.1f s", loadSeconds);
            heapWithNode = usedHeap();
            clock.set(InstantSource.offset(InstantSource.system(), SHORTER.multipliedBy(2)));
            dropSeconds = seconds(node::catchUp);
            check(node, entries - entries / 10);
            say("    and has dropped a tenth of them after %.2f s", dropSeconds);
            return new WeakReference<>(node);
        }
    }

    private void check(Revocations node, long held) {
        require(node.status().entries() == held, "a node that holds " + held + ": " + node.status());
        require(node.ask(Sids.of(entries - 1), "ada", 1) == Verdict.ENDED, "the last one ended");
        require(node.ask(Sids.of(entries), "ada", 1) == Verdict.LIVE, "nobody else ended");
    }

    private double appendsPerSecond(RevocationLog log, int threads) throws Exception {
        ExecutorService writers = Executors.newFixedThreadPool(threads);
        try {
            long start = System.nanoTime();
            List<Future<Integer>> counts = new ArrayList<>();
            for (int i = 0; i < threads; i++) {
                long first = -1_000_000_000L * (threads + i + 1);
                counts.add(writers.submit(() -> appendFrom(log, first, start + appending.toNanos())));
            }
            int sum = 0;
            for (Future<Integer> count : counts) {
                sum += count.get();
            }
            return sum * 1e9 / (System.nanoTime() - start);
        } finally {
            writers.shutdown();
        }
    }

    private int appendFrom(RevocationLog log, long first, long deadline) {
        int number = 0;
        do {
            String sid = Sids.of(first - number);
            log.append(new Entry(0, sid, Kind.SESSION, sid, "user" + number, 0, begun.plus(LONGER)));
            number++;
        } while (System.nanoTime() < deadline);
        return number;
    }

    private interface Step {
        void take() throws Exception;
    }

    private static double seconds(Step step) throws Exception {
        long start = System.nanoTime();
        step.take();
        return (System.nanoTime() - start) / 1e9;
    }

    /** Threads that wait for a store hold what they would tell for some seconds after it was closed. */
    private static long heapWithout(Reference<?> closed) {
        long used = usedHeap();
        while (closed.get() != null) {
            used = usedHeap();
        }
        return used;
    }

    private static long usedHeap() {
        for (int i = 0; i < 3; i++) {
            System.gc();
        }
        return ManagementFactory.getMemoryMXBean().getHeapMemoryUsage().getUsed();
    }

    private static void require(boolean fact, String what) {
        if (!fact) {
            throw new IllegalStateException("expected " + what);
        }
    }

    private static void say(String format, Object... arguments) {
        System.out.printf(Locale.ROOT, format + "%n", arguments);
    }
}
