package dev.signet.revocation.jdbc;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.Test;

/**
 * Appends and reads per second. Not part of the build: {@code mvn test -pl revocation-jdbc -am -Dtest=AppendBenchmark
 * -Dsignet.test.fsync=on -Dsurefire.failIfNoSpecifiedTests=false}, and the figures are in
 * {@code target/surefire-reports/*AppendBenchmark-output.txt}.
 */
class AppendBenchmark {
    private static final int NUMBER = 4_800;

    @Test
    void appends_and_reads() throws Exception {
        for (TestDatabase.Kind kind : TestDatabase.Kind.values()) {
            try (TestDatabase database = kind.create()) {
                long begun = System.nanoTime();
                JdbcRevocationLog log = database.log();
                report(kind, "milliseconds to open", (System.nanoTime() - begun) / 1e6);
                appendAll(log, "warm", 4);
                for (int threads : List.of(1, 4, 12)) {
                    report(kind, "appends per second, " + threads + " threads", appendAll(log, "t" + threads, threads));
                }
                readOn(log, log.read(0, 1).head());
                report(
                        kind,
                        "reads per second of nothing new, 1 thread",
                        readOn(log, log.read(0, 1).head()));
            }
        }
    }

    private static double appendAll(JdbcRevocationLog log, String name, int threads) throws Exception {
        ExecutorService executor = Executors.newFixedThreadPool(threads);
        try {
            long begun = System.nanoTime();
            List<Future<?>> writers = new ArrayList<>();
            for (int i = 0; i < threads; i++) {
                String prefix = name + "-" + i + "-";
                writers.add(executor.submit(() -> {
                    for (int n = 0; n < NUMBER / threads; n++) {
                        log.append(Entries.session(prefix + n));
                    }
                }));
            }
            for (Future<?> writer : writers) {
                writer.get();
            }
            return NUMBER * 1e9 / (System.nanoTime() - begun);
        } finally {
            executor.shutdown();
        }
    }

    private static double readOn(JdbcRevocationLog log, long head) {
        long begun = System.nanoTime();
        for (int i = 0; i < NUMBER; i++) {
            log.read(head, 5_000);
        }
        return NUMBER * 1e9 / (System.nanoTime() - begun);
    }

    private static void report(TestDatabase.Kind kind, String what, double number) {
        System.out.printf("%-8s %8.0f %s%n", kind, number, what);
    }
}
