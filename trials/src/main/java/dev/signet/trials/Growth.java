package dev.signet.trials;

/**
 * How a process grew from after its warm-up to the end, both times at rest. The allowance is a tenth, and beside it what a run may
 * well need: 2 threads, which the JVM starts when it likes; 1 MiB for code paths that were taken first during the run; and 128 bytes for each revocation,
 * which a replica has to hold.
 */
record Growth(String process, Figures before, Figures after) {
    private static final int THREADS = 2;
    private static final long BYTES = 1 << 20;
    private static final long BYTES_OF_ENTRY = 128;

    long heapAllowed() {
        return before.heap() + before.heap() / 10 + BYTES + BYTES_OF_ENTRY * (after.entries() - before.entries());
    }

    int threadsAllowed() {
        return before.threads() + before.threads() / 10 + THREADS;
    }

    boolean tooMuch() {
        return after.heap() > heapAllowed() || after.threads() > threadsAllowed();
    }

    @Override
    public String toString() {
        return String.format(
                "| %s | %.1f MB | %.1f MB (%+.1f %%, allowed %.1f MB) | %d | %d (allowed %d) | %d |",
                process,
                before.heap() / 1e6,
                after.heap() / 1e6,
                100.0 * (after.heap() - before.heap()) / before.heap(),
                heapAllowed() / 1e6,
                before.threads(),
                after.threads(),
                threadsAllowed(),
                after.entries());
    }
}
