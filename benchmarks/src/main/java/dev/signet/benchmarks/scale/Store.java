package dev.signet.benchmarks.scale;

import dev.signet.revocation.RevocationLog;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.stream.Stream;

/** A store of its own in the system's temporary folder; closing it leaves nothing behind. */
abstract class Store implements AutoCloseable {
    /** So many entries are filled in at a time. */
    static final int STEP = 100_000;

    final Path directory;

    Store() throws IOException {
        directory = Files.createTempDirectory("signet-scale");
    }

    static final List<String> NAMES = List.of("H2", "PostgreSQL", "Redis");

    static Store open(String name) throws Exception {
        return switch (name) {
            case "H2" -> new H2Store();
            case "PostgreSQL" -> new PostgresStore();
            case "Redis" -> new RedisStore();
            default -> throw new IllegalArgumentException(name + ": use one of " + NAMES);
        };
    }

    /** A log on this store, as applications open it. */
    abstract RevocationLog log();

    /**
     * Fills in the sessions from one number up to before another, past the log: each at the position of the first one plus its
     * number, under an id from {@link Sids}.
     */
    abstract void add(long from, long to, long firstPosition, Instant keepUntil) throws Exception;

    /** Makes all entries below the position end now. */
    abstract void expire(long belowPosition) throws Exception;

    /** What the entries take in the store, in bytes: of its files, or of its memory if that is where it keeps them. */
    abstract long size() throws Exception;

    @Override
    public void close() throws IOException {
        try (Stream<Path> files = Files.walk(directory)) {
            files.sorted((a, b) -> b.compareTo(a)).map(Path::toFile).forEach(java.io.File::delete);
        }
    }
}
