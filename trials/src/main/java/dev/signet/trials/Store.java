package dev.signet.trials;

import java.nio.file.Path;
import java.util.Set;

/** The real store of a run: a server of its own whose files outlive it. */
interface Store extends AutoCloseable {
    /** Of the server; 0 if the store lives in the application process. */
    int port();

    /** The log's address for an application that reaches the server at this port. */
    String address(int port);

    void start();

    /** {@code kill -9} of every process of the server. */
    void kill();

    /** {@code SIGSTOP}: connections stay and nothing answers. */
    void freeze();

    void thaw();

    /** What is in the log, read past Signet. */
    Recorded recorded();

    @Override
    void close();

    /** The sessions and the subjects that entries of the log end. */
    record Recorded(Set<String> sessions, Set<String> subjects, long entries) {}

    static Store named(String name, Path directory) {
        return switch (name) {
            case "postgres" -> new PostgresStore(directory);
            case "redis" -> new RedisStore(directory);
            case "h2" -> new H2Store(directory);
            default -> throw new IllegalArgumentException("The store is '" + name + "': use postgres, redis or h2");
        };
    }
}
