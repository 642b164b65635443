package dev.signet.trials;

import java.nio.file.Path;

/** H2 in a file, inside the one application process: it is stopped and killed with that. */
final class H2Store implements Store {
    private final String url;

    H2Store(Path directory) {
        url = "jdbc:h2:file:" + directory.resolve("h2").toAbsolutePath();
    }

    @Override
    public int port() {
        return 0;
    }

    @Override
    public String address(int port) {
        return url;
    }

    @Override
    public void start() {}

    @Override
    public void kill() {
        throw new UnsupportedOperationException("H2 is killed with its process");
    }

    @Override
    public void freeze() {
        throw new UnsupportedOperationException("H2 stops with its process");
    }

    @Override
    public void thaw() {
        throw new UnsupportedOperationException("H2 stops with its process");
    }

    /** While no application process runs. */
    @Override
    public Recorded recorded() {
        return JdbcRecorded.at(url);
    }

    @Override
    public void close() {}
}
