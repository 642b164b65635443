package dev.signet.trials;

import java.io.File;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/** An application process as the driver sees it: has a life from its first answer until it is killed. Thread-safe. */
final class NodeProcess implements AutoCloseable {
    static final int DOWN = 0;

    private static final Duration STARTUP = Duration.ofMinutes(2);
    private static final long GLANCE_MILLIS = 50;
    private static final long DRAIN_MILLIS = 1_000;
    private static final HttpClient GLANCE =
            HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();

    private final String name;
    private final int port = Ports.free();
    private final Class<?> application;
    private final Path keys;
    private final String log;
    private final Sabotage sabotage;
    private final File output;
    private volatile int life = DOWN;
    private int lives;
    private @Nullable Process process;

    /**
     * @param application its main class
     * @param log the address of the revocation log
     */
    NodeProcess(String name, Class<?> application, Path directory, Path keys, String log, Sabotage sabotage) {
        this.name = name;
        this.application = application;
        this.keys = keys;
        this.log = log;
        this.sabotage = sabotage;
        output = directory.resolve("node-" + name + ".log").toFile();
    }

    String name() {
        return name;
    }

    URI uri(String path) {
        return URI.create("http://127.0.0.1:" + port + path);
    }

    /** Which of its lives it is in, {@link #DOWN} while it is not known to answer. */
    int life() {
        return life;
    }

    boolean up() {
        return life != DOWN;
    }

    File output() {
        return output;
    }

    void launch() {
        List<String> command = new ArrayList<>();
        command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
        command.addAll(List.of("-Xmx256m", "-XX:+UseSerialGC", "-XX:TieredStopAtLevel=1", "-Xshare:auto"));
        command.addAll(List.of("-cp", System.getProperty("java.class.path"), application.getName()));
        command.addAll(List.of(Integer.toString(port), keys.toString(), log, sabotage.name()));
        try {
            process = new ProcessBuilder(command)
                    .redirectErrorStream(true)
                    .redirectOutput(ProcessBuilder.Redirect.appendTo(output))
                    .start();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Waits for its first answer; false if it does not come in two minutes, or the process ended by itself. */
    boolean awaitAnswer() {
        Process launched = process;
        long deadline = System.nanoTime() + STARTUP.toNanos();
        while (launched != null && launched.isAlive() && System.nanoTime() < deadline) {
            if (answers()) {
                lives++;
                life = lives;
                return true;
            }
            Pause.millis(GLANCE_MILLIS);
        }
        return false;
    }

    private boolean answers() {
        HttpRequest request = HttpRequest.newBuilder(uri(Paths.PUBLIC))
                .timeout(Duration.ofSeconds(2))
                .build();
        try {
            return GLANCE.send(request, BodyHandlers.discarding()).statusCode() == 200;
        } catch (IOException e) {
            return false;
        } catch (InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }

    /** Taken from those that are asked, and then told to end; both as a rolling restart does it. */
    void stop() {
        life = DOWN;
        Pause.millis(DRAIN_MILLIS);
        Process stopped = process;
        if (stopped != null) {
            stopped.toHandle().destroy();
            await(stopped);
        }
    }

    private static void await(Process ending) {
        try {
            ending.waitFor(1, TimeUnit.MINUTES);
        } catch (InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }

    /** {@code kill -9}; its life ends before, so that nobody expects an answer. */
    void kill() {
        life = DOWN;
        Process killed = process;
        if (killed != null) {
            killed.destroyForcibly();
            await(killed);
        }
    }

    /** Whether it ended although nobody killed it. */
    boolean died() {
        Process launched = process;
        return up() && launched != null && !launched.isAlive();
    }

    @Override
    public void close() {
        kill();
    }
}
