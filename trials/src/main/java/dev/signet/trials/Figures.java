package dev.signet.trials;

import java.lang.management.ManagementFactory;
import java.util.Map;
import java.util.TreeMap;

/**
 * How large a process is.
 *
 * @param heap bytes in use after a full collection
 * @param threads all Java threads
 * @param entries revocations in its replica
 */
record Figures(long heap, int threads, long entries) {
    private static final int COLLECTIONS = 3;

    static Figures measured(long entries) {
        long heap = Long.MAX_VALUE;
        for (int i = 0; i < COLLECTIONS; i++) {
            System.gc();
            heap = Math.min(
                    heap,
                    ManagementFactory.getMemoryMXBean().getHeapMemoryUsage().getUsed());
        }
        return new Figures(heap, ManagementFactory.getThreadMXBean().getThreadCount(), entries);
    }

    static Figures of(String text) {
        String[] words = text.lines().findFirst().orElseThrow().split(" ", 3);
        return new Figures(Long.parseLong(words[0]), Integer.parseInt(words[1]), Long.parseLong(words[2]));
    }

    /** The figures, and below them the threads by name, for whoever has to find out why there are more. */
    String text() {
        Map<String, Integer> names = new TreeMap<>();
        Thread.getAllStackTraces()
                .keySet()
                .forEach(thread -> names.merge(thread.getName().replaceAll("[0-9a-f]{6,}|\\d+", "#"), 1, Integer::sum));
        return heap + " " + threads + " " + entries + "\n" + names;
    }

    Figures least(Figures other) {
        return new Figures(
                Math.min(heap, other.heap), Math.min(threads, other.threads), Math.max(entries, other.entries));
    }
}
