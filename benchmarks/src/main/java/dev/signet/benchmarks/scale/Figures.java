package dev.signet.benchmarks.scale;

import java.util.List;

/**
 * What was measured with one store and so many entries.
 *
 * @param size bytes per entry in the store: on the disk, or in Redis's memory
 * @param loadSeconds from the start of a fresh node until it answers
 * @param heap bytes per entry that the node takes, after a garbage collection
 * @param dropSeconds until the node has dropped a tenth of them
 * @param trimSeconds until the store has
 * @param appends per second by 1, 4 and 12 threads
 */
record Figures(
        String store,
        long entries,
        double size,
        double loadSeconds,
        double heap,
        double dropSeconds,
        double trimSeconds,
        List<Double> appends) {}
