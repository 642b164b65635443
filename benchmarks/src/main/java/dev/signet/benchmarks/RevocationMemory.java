package dev.signet.benchmarks;

import java.lang.management.ManagementFactory;
import java.lang.ref.Reference;
import java.util.Locale;

/** The memory that each way to remember ended sessions takes for one of them: {@code RevocationMemory <structure> <entries>} prints bytes. */
public final class RevocationMemory {
    private RevocationMemory() {}

    public static void main(String[] arguments) {
        RevocationBenchmark benchmark = new RevocationBenchmark();
        benchmark.entries = Integer.parseInt(arguments[1]);
        // The first answers of a virtual machine that has just started are too high.
        long unusedFirst = used();
        long without = used();
        Object filled = filled(arguments[0], benchmark);
        long with;
        try {
            with = used();
        } finally {
            Reference.reachabilityFence(filled);
        }
        System.out.printf(Locale.ROOT, "%.1f%n", (double) (with - without) / benchmark.entries);
    }

    static Object filled(String structure, RevocationBenchmark benchmark) {
        switch (structure) {
            case "signet" -> {
                RevocationBenchmark.Table table = new RevocationBenchmark.Table();
                table.fill(benchmark);
                return table;
            }
            case "concurrentHashMap" -> {
                RevocationBenchmark.HashMap map = new RevocationBenchmark.HashMap();
                map.fill(benchmark);
                return map;
            }
            case "caffeine" -> {
                RevocationBenchmark.Cached cached = new RevocationBenchmark.Cached();
                cached.fill(benchmark);
                return cached;
            }
            default -> throw new IllegalArgumentException(structure + ": use signet, concurrentHashMap or caffeine");
        }
    }

    private static long used() {
        for (int i = 0; i < 3; i++) {
            System.gc();
        }
        return ManagementFactory.getMemoryMXBean().getHeapMemoryUsage().getUsed();
    }
}
