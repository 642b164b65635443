package dev.signet.revocation.jdbc;

import io.zonky.test.db.postgres.embedded.EmbeddedPostgres;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** The PostgreSQL of all tests, those of the index of sessions included: one of their own, started once, or the one that the environment names. */
public final class PostgresServer {
    /** A superuser's URL, with user and password. */
    private static final @Nullable String GIVEN = System.getenv("SIGNET_TEST_POSTGRES");

    private static final PostgresServer SHARED = new PostgresServer();

    private final Path directory = Path.of("target", "postgres").toAbsolutePath();
    private final Path data = directory.resolve("data" + ProcessHandle.current().pid());
    private @Nullable EmbeddedPostgres running;

    private PostgresServer() {
        if (GIVEN == null) {
            start();
        }
    }

    public static PostgresServer shared() {
        return SHARED;
    }

    /** Whether it may be stopped and killed. */
    public boolean ours() {
        return GIVEN == null;
    }

    public String url() {
        return url("postgres");
    }

    String url(String user) {
        EmbeddedPostgres server = running;
        return server == null ? String.valueOf(GIVEN) : server.getJdbcUrl(user, "postgres");
    }

    private void start() {
        try {
            EmbeddedPostgres.Builder builder = EmbeddedPostgres.builder()
                    .setOverrideWorkingDirectory(directory.resolve("bin").toFile())
                    .setDataDirectory(data)
                    // Or stopping it would drop what it holds.
                    .setCleanDataDirectory(false)
                    // Commits wait for nothing unless the log asks for it; a kill of all processes loses them.
                    .setServerConfig("synchronous_commit", "off")
                    .setServerConfig("wal_writer_delay", "10s")
                    .setServerConfig("fsync", System.getProperty("signet.test.fsync", "off"));
            EmbeddedPostgres former = running;
            if (former != null) {
                builder.setPort(former.getPort());
            }
            Files.createDirectories(directory);
            running = builder.start();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Kills every process of the server, and starts it again on what is on disk. */
    public void crash() throws IOException {
        List<ProcessHandle> killed = processes();
        killed.forEach(ProcessHandle::destroyForcibly);
        killed.forEach(process -> process.onExit().join());
        EmbeddedPostgres former = running;
        if (former != null) {
            former.close();
        }
        start();
    }

    /** @param signal {@code STOP} or {@code CONT} */
    public void signal(String signal) throws IOException, InterruptedException {
        String[] pids = processes().stream()
                .map(process -> Long.toString(process.pid()))
                .toArray(String[]::new);
        String[] command =
                Stream.concat(Stream.of("kill", "-" + signal), Stream.of(pids)).toArray(String[]::new);
        new ProcessBuilder(command).inheritIO().start().waitFor();
    }

    /** The server itself first: it would start again what others see die. */
    private List<ProcessHandle> processes() throws IOException {
        String first = Files.readAllLines(data.resolve("postmaster.pid")).get(0);
        Optional<ProcessHandle> server = ProcessHandle.of(Long.parseLong(first.trim()));
        return Stream.concat(server.stream(), server.stream().flatMap(ProcessHandle::descendants))
                .toList();
    }
}
