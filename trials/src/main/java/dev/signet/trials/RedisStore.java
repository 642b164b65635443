package dev.signet.trials;

import java.io.File;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashSet;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import redis.clients.jedis.Jedis;
import redis.embedded.core.ExecutableProvider;

/** Redis with an append-only file that is on the disk before anything is answered. */
final class RedisStore implements Store {
    private static final int FIELDS = 6;

    private final int port = Ports.free();
    private final Path data;
    private @Nullable Process running;

    RedisStore(Path directory) {
        data = directory.resolve("redis").toAbsolutePath();
    }

    @Override
    public int port() {
        return port;
    }

    @Override
    public String address(int port) {
        return "redis://127.0.0.1:" + port;
    }

    @Override
    public void start() {
        try {
            Files.createDirectories(data);
            File executable = ExecutableProvider.newJarResourceProvider().get();
            running = new ProcessBuilder(
                            executable.getPath(),
                            "--port",
                            Integer.toString(port),
                            "--bind",
                            "127.0.0.1",
                            "--dir",
                            data.toString(),
                            "--save",
                            "",
                            "--appendonly",
                            "yes",
                            "--appendfsync",
                            "always")
                    .redirectErrorStream(true)
                    .redirectOutput(ProcessBuilder.Redirect.appendTo(
                            data.resolve("redis.log").toFile()))
                    .start();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @Override
    public void kill() {
        Signals.kill(List.of(process()));
    }

    @Override
    public void freeze() {
        Signals.stop(List.of(process()));
    }

    @Override
    public void thaw() {
        Signals.resume(List.of(process()));
    }

    private ProcessHandle process() {
        return Objects.requireNonNull(running).toHandle();
    }

    /** Entries are texts, {@code id kind keepUntil upTo length sessionSubject}; a length {@code =} says that the session is called like the entry. */
    @Override
    public Recorded recorded() {
        Set<String> sessions = new HashSet<>();
        Set<String> subjects = new HashSet<>();
        List<String> texts;
        try (Jedis jedis = new Jedis("127.0.0.1", port)) {
            texts = jedis.zrange("{signet}:log", 0, -1);
        }
        for (String text : texts) {
            String[] fields = text.split(" ", FIELDS);
            boolean sameName = fields[4].equals("=");
            switch (fields[1]) {
                case "S", "O" ->
                    sessions.add(sameName ? fields[0] : fields[5].substring(0, Integer.parseInt(fields[4])));
                case "U" -> subjects.add(fields[5]);
                case "E" -> {}
                default -> throw new IllegalStateException("The log holds an entry of an unknown kind");
            }
        }
        return new Recorded(sessions, subjects, texts.size());
    }

    @Override
    public void close() {
        Process former = running;
        if (former != null) {
            former.destroyForcibly();
        }
    }
}
