package dev.signet.revocation.jdbc;

import com.zaxxer.hikari.HikariDataSource;
import dev.signet.revocation.Revocation;
import dev.signet.revocation.Revocations;
import java.io.BufferedReader;
import java.io.File;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.Stream;

/**
 * A process of its own with a log. It says {@code ready}, and at each line that it is told appends as many entries in four
 * threads, telling the id of each one that is recorded; then {@code done} and how many entries its replica knows.
 */
final class AppendingProcess {
    private static final int THREADS = 4;

    private AppendingProcess() {}

    static Process start(String url, String table, String name) throws IOException {
        String classPath = System.getProperty("surefire.test.class.path", System.getProperty("java.class.path"));
        return new ProcessBuilder(Stream.of(
                                "java",
                                "-XX:TieredStopAtLevel=1",
                                "-cp",
                                classPath,
                                AppendingProcess.class.getName(),
                                url,
                                table,
                                name)
                        .map(word -> word.equals("java")
                                ? System.getProperty("java.home") + File.separator + "bin" + File.separator + word
                                : word)
                        .toList())
                .redirectError(ProcessBuilder.Redirect.INHERIT)
                .start();
    }

    static BufferedReader output(Process process) {
        return new BufferedReader(new InputStreamReader(process.getInputStream(), StandardCharsets.UTF_8));
    }

    static void tell(Process process, int number) throws IOException {
        process.getOutputStream().write((number + "\n").getBytes(StandardCharsets.UTF_8));
        process.getOutputStream().flush();
    }

    public static void main(String[] arguments) throws Exception {
        String name = arguments[2];
        BufferedReader commands = new BufferedReader(new InputStreamReader(System.in, StandardCharsets.UTF_8));
        ExecutorService threads = Executors.newFixedThreadPool(THREADS);
        try (HikariDataSource source = TestDatabase.pool(arguments[0], null, null);
                Revocations revocations = Revocations.on(JdbcRevocationLog.with(source)
                                .table(arguments[1])
                                .open())
                        .storeTimeout(Duration.ofSeconds(30))
                        .stalenessBound(Duration.ofHours(1))
                        .build()) {
            revocations.start();
            System.out.println("ready");
            int round = 0;
            for (String line = commands.readLine(); line != null; line = commands.readLine()) {
                int each = Integer.parseInt(line) / THREADS;
                List<Future<?>> writers = new ArrayList<>();
                for (int i = 0; i < THREADS; i++) {
                    String prefix = name + "-" + round++ + "-";
                    writers.add(threads.submit(() -> append(revocations, prefix, each)));
                }
                for (Future<?> writer : writers) {
                    writer.get();
                }
                revocations.catchUp();
                System.out.println("done " + revocations.status().entries());
            }
        } finally {
            threads.shutdownNow();
        }
    }

    private static void append(Revocations revocations, String prefix, int number) {
        for (int i = 0; i < number; i++) {
            String sid = Entries.sid(prefix + i);
            revocations.revoke(Revocation.session(sid, prefix + i, Entries.later()), Entries.LONGEST);
            System.out.println(sid);
        }
    }
}
