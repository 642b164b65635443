package dev.signet.revocation.redis;

import dev.signet.revocation.RevocationLog.Entry;
import dev.signet.revocation.RevocationLog.Page;
import java.net.URI;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;

/**
 * One process of several that append to one log at once and follow it meanwhile. Prints {@code ready}, begins when it is sent a
 * line, and prints the positions and ids in the order in which it saw them.
 */
final class Appending {
    static final int THREADS = 4;
    static final int EACH = 250;

    private Appending() {}

    /** {@code address prefix name total}. */
    public static void main(String[] args) throws Exception {
        try (RedisRevocationLog log =
                RedisRevocationLog.at(URI.create(args[0])).keyPrefix(args[1]).open()) {
            log.read(0, 1);
            System.out.println("ready");
            if (System.in.read() < 0) {
                return;
            }
            ExecutorService executor = Executors.newFixedThreadPool(THREADS);
            List<Future<?>> writers = new ArrayList<>();
            for (int thread = 0; thread < THREADS; thread++) {
                String name = args[2] + "-" + thread;
                writers.add(executor.submit(() -> append(log, name)));
            }
            follow(log, Integer.parseInt(args[3]));
            for (Future<?> writer : writers) {
                writer.get();
            }
            executor.shutdown();
        }
    }

    /** Every third time as somebody who got no answer to the first try. */
    private static void append(RedisRevocationLog log, String name) {
        for (int i = 0; i < EACH; i++) {
            Entry entry = Entries.session(name + "-" + i);
            long position = log.append(entry);
            if (i % 3 == 0 && log.append(entry) != position) {
                throw new IllegalStateException("Recorded twice: " + entry.id());
            }
        }
    }

    private static void follow(RedisRevocationLog log, int total) {
        int limit = 50;
        long next = 0;
        int seen = 0;
        StringBuilder told = new StringBuilder();
        while (seen < total) {
            Page page = log.read(next, limit);
            for (Entry entry : page.entries()) {
                told.append(entry.position()).append(' ').append(entry.id()).append('\n');
                seen++;
            }
            next = page.entries().size() < limit
                    ? Math.max(next, page.head() + 1)
                    : page.entries().get(limit - 1).position() + 1;
        }
        System.out.print(told);
    }
}
