package dev.signet.trials;

import io.zonky.test.db.postgres.embedded.EmbeddedPostgres;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** PostgreSQL, set to forget what is committed without being asked for durability. */
final class PostgresStore implements Store {
    private final int port = Ports.free();
    private final Path data;
    private final Path binaries;
    private @Nullable EmbeddedPostgres running;

    PostgresStore(Path directory) {
        data = directory.resolve("postgres").toAbsolutePath();
        binaries = directory.resolve("postgres-bin").toAbsolutePath();
    }

    @Override
    public int port() {
        return port;
    }

    @Override
    public String address(int port) {
        return "jdbc:postgresql://127.0.0.1:" + port + "/postgres?user=postgres";
    }

    @Override
    public void start() {
        try {
            Files.createDirectories(data.getParent());
            running = EmbeddedPostgres.builder()
                    .setOverrideWorkingDirectory(binaries.toFile())
                    .setDataDirectory(data)
                    .setCleanDataDirectory(false)
                    .setPort(port)
                    .setServerConfig("fsync", "on")
                    .setServerConfig("synchronous_commit", "off")
                    .setServerConfig("wal_writer_delay", "10s")
                    .start();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @Override
    public void kill() {
        Signals.kill(processes());
        close();
    }

    @Override
    public void freeze() {
        Signals.stop(processes());
    }

    @Override
    public void thaw() {
        Signals.resume(processes());
    }

    /** The server itself first: it would start again what others see die. */
    private List<ProcessHandle> processes() {
        try {
            String first = Files.readAllLines(data.resolve("postmaster.pid")).get(0);
            Optional<ProcessHandle> server = ProcessHandle.of(Long.parseLong(first.trim()));
            return Stream.concat(server.stream(), server.stream().flatMap(ProcessHandle::descendants))
                    .toList();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @Override
    public Recorded recorded() {
        return JdbcRecorded.at(address(port));
    }

    @Override
    public void close() {
        EmbeddedPostgres former = running;
        if (former != null) {
            try {
                former.close();
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        }
        running = null;
    }
}
