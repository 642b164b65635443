package dev.signet.trials;

import dev.signet.revocation.Revocation;
import dev.signet.revocation.Revocations;
import dev.signet.revocation.Verdict;
import java.nio.ByteBuffer;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Base64;
import java.util.List;
import java.util.Random;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.locks.LockSupport;
import java.util.function.Function;

/**
 * How long after its acknowledgement on one node a revocation is refused by the two others. The nodes are three
 * {@link Revocations} with a log and connections of their own in one process, so that one monotonic clock sees both ends and no HTTP
 * lies between; the store is a server of its own. The one that revokes looks for nothing, as its own revocations
 * would have it read the log. Revocations come at random moments, whose phase has nothing to do with polling, and
 * are looked for by {@code ask} four times a millisecond.
 */
final class Propagation {
    static final String HEADING = """
            ## Propagation: from acknowledged revocation to refusal on another node

            | store | news by | samples | p50 | p99 | max | p99 from the call on | aim for p99 |
            | --- | --- | --- | --- | --- | --- | --- | --- |
            """;

    private static final int NODES = 3;
    private static final long GLANCE_NANOS = 250_000;
    private static final double P99 = 0.99;
    private static final int MEAN_PAUSE_MILLIS = 25;
    private static final Duration LONGEST = Duration.ofHours(12);
    private static final Duration AIM = Duration.ofMillis(250);
    private static final Duration POLL = Duration.ofSeconds(1);

    private final List<Revocations> nodes = new ArrayList<>();
    private final List<Seeker> seekers = new ArrayList<>();
    private final long seq;

    private Propagation(String address, boolean push, int number) {
        for (int i = 0; i < NODES; i++) {
            Revocations node = Revocations.on(Logs.open(address, push)).build();
            node.start();
            nodes.add(node);
        }
        seq = nodes.stream().mapToLong(Revocations::catchUp).min().orElseThrow();
        nodes.subList(1, NODES).forEach(node -> seekers.add(new Seeker(node, number)));
    }

    /** A revocation: when it was asked for, and when that was acknowledged. */
    private record Sought(String session, long called, long acknowledged) {}

    /** One node's refusals as they come. */
    private final class Seeker {
        private final Revocations node;
        private final ConcurrentLinkedQueue<Sought> news = new ConcurrentLinkedQueue<>();
        private final List<Sought> open = new ArrayList<>();
        private final long[] sinceAcknowledged;
        private final long[] sinceCalled;
        private final CountDownLatch finished = new CountDownLatch(1);
        private int found;

        Seeker(Revocations node, int expected) {
            this.node = node;
            sinceAcknowledged = new long[expected];
            sinceCalled = new long[expected];
            Thread thread = new Thread(this::seek, "seeker");
            thread.setDaemon(true);
            thread.start();
        }

        private void seek() {
            while (found < sinceCalled.length) {
                for (Sought one = news.poll(); one != null; one = news.poll()) {
                    open.add(one);
                }
                open.removeIf(this::refused);
                LockSupport.parkNanos(GLANCE_NANOS);
            }
            finished.countDown();
        }

        private boolean refused(Sought one) {
            if (node.ask(one.session(), one.session(), seq) != Verdict.ENDED) {
                return false;
            }
            long now = System.nanoTime();
            sinceAcknowledged[found] = now - one.acknowledged();
            sinceCalled[found] = now - one.called();
            found++;
            return true;
        }
    }

    /**
     * Durations at all nodes, ascending.
     *
     * @param nanos since the acknowledgement
     * @param sinceCalled since the revocation was asked for, which no acknowledgement can be earlier than
     */
    record Result(String store, boolean push, long[] nanos, long[] sinceCalled) {
        private static double millis(long[] nanos, double share) {
            return nanos[(int) Math.min(nanos.length - 1L, Math.round(share * nanos.length))] / 1e6;
        }

        private Duration aim() {
            return push ? AIM : POLL.plus(AIM);
        }

        boolean reached() {
            return millis(nanos, P99) <= aim().toMillis();
        }

        String row() {
            return String.format(
                    "| %s | %s | %d | %.1f ms | %.1f ms | %.1f ms | %.1f ms | ≤ %d ms: %s |%n",
                    store,
                    push ? "push" : "polling, " + POLL.toSeconds() + " s",
                    nanos.length,
                    millis(nanos, 0.5),
                    millis(nanos, P99),
                    millis(nanos, 1),
                    millis(sinceCalled, P99),
                    aim().toMillis(),
                    reached() ? "reached" : "**missed**");
        }
    }

    static Result of(String name, boolean push, int number, long seed, Path directory) {
        Store store = Store.named(name, directory);
        Thread hook = new Thread(store::close);
        Runtime.getRuntime().addShutdownHook(hook);
        store.start();
        try {
            Propagation propagation = new Propagation(store.address(store.port()), push, number);
            propagation.revoke(number, new Random(seed));
            return new Result(
                    name,
                    push,
                    propagation.all(seeker -> seeker.sinceAcknowledged),
                    propagation.all(seeker -> seeker.sinceCalled));
        } finally {
            store.close();
            Runtime.getRuntime().removeShutdownHook(hook);
        }
    }

    /** Returns when every one of them has been refused at every other node. */
    private void revoke(int number, Random random) {
        Revocations revoker = nodes.get(0);
        for (int i = 0; i < number; i++) {
            String session = session(random);
            long called = System.nanoTime();
            revoker.revoke(Revocation.session(session, session, Instant.now().plus(LONGEST)), LONGEST);
            Sought sought = new Sought(session, called, System.nanoTime());
            seekers.forEach(seeker -> seeker.news.add(sought));
            if (i % 100 == 99) {
                System.out.println("    " + (i + 1) + " of " + number);
            }
            Pause.millis(random.nextInt(2 * MEAN_PAUSE_MILLIS));
        }
        seekers.forEach(Propagation::await);
        nodes.forEach(Revocations::close);
    }

    private long[] all(Function<Seeker, long[]> which) {
        return seekers.stream()
                .flatMapToLong(seeker -> Arrays.stream(which.apply(seeker)))
                .sorted()
                .toArray();
    }

    private static void await(Seeker seeker) {
        try {
            seeker.finished.await();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException("Nobody interrupts the trials", e);
        }
    }

    private static String session(Random random) {
        byte[] id = ByteBuffer.allocate(16)
                .putLong(random.nextLong())
                .putLong(random.nextLong())
                .array();
        return Base64.getUrlEncoder().withoutPadding().encodeToString(id);
    }
}
