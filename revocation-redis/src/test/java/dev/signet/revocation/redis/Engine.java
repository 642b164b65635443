package dev.signet.revocation.redis;

import java.io.BufferedReader;
import java.io.File;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.function.Consumer;
import java.util.stream.Stream;
import redis.clients.jedis.DefaultJedisClientConfig;
import redis.clients.jedis.Jedis;
import redis.embedded.core.ExecutableProvider;

/** A Redis server of our own, in a directory and on a port of its own, that can be killed, stopped and started again. */
final class Engine implements AutoCloseable {
    private static final File EXECUTABLE = executable();

    private final Path directory;
    private final int port = freePort();
    private final List<String> settings = new ArrayList<>();
    private Process process;

    private Engine(String... settings) {
        try {
            directory = Files.createTempDirectory("signet-redis");
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        this.settings.addAll(List.of(settings));
    }

    /** With an append-only file, written to the disk once a second, as Redis does unless told. */
    static Engine durable() {
        return started("--appendonly", "yes");
    }

    /** Keeps nothing over a restart, unless it is told to save. */
    static Engine forgetful() {
        return started();
    }

    /** Answers over TLS only; no client certificates. */
    static Engine tls(Path certificate, Path key) {
        Engine engine = new Engine("--appendonly", "yes", "--tls-auth-clients", "no");
        engine.settings.addAll(List.of("--tls-cert-file", certificate.toString(), "--tls-key-file", key.toString()));
        engine.settings.addAll(List.of("--tls-ca-cert-file", certificate.toString()));
        engine.settings.addAll(List.of("--tls-port", Integer.toString(engine.port), "--port", "0"));
        return engine.launched();
    }

    static Engine started(String... settings) {
        return new Engine(settings).launched();
    }

    private Engine launched() {
        Runtime.getRuntime().addShutdownHook(new Thread(this::close));
        start();
        return this;
    }

    void start() {
        List<String> command = new ArrayList<>(List.of(EXECUTABLE.getPath(), "--port", Integer.toString(port)));
        command.addAll(List.of("--bind", "127.0.0.1", "--dir", directory.toString(), "--save", ""));
        command.addAll(settings);
        try {
            process = new ProcessBuilder(command).redirectErrorStream(true).start();
            process.getOutputStream().close();
            BufferedReader output =
                    new BufferedReader(new InputStreamReader(process.getInputStream(), StandardCharsets.UTF_8));
            StringBuilder said = new StringBuilder();
            for (String line = output.readLine(); ; line = output.readLine()) {
                if (line == null) {
                    throw new IllegalStateException("Redis did not start: " + said);
                }
                said.append(line).append('\n');
                if (line.contains("Ready to accept connections")) {
                    break;
                }
            }
            CompletableFuture.runAsync(() -> output.lines().forEach(line -> {}), Engine::daemon);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static void daemon(Runnable task) {
        Thread thread = new Thread(task, "redis-output");
        thread.setDaemon(true);
        thread.start();
    }

    /** {@code kill -9}. */
    void kill() {
        process.destroyForcibly();
        process.onExit().join();
    }

    /** {@code kill -STOP}: connections stay, nothing answers. */
    void freeze() {
        signal("STOP");
    }

    void thaw() {
        signal("CONT");
    }

    private void signal(String name) {
        try {
            Process kill = new ProcessBuilder("sh", "-c", "kill -" + name + " " + process.pid()).start();
            if (kill.waitFor() != 0) {
                throw new IllegalStateException("kill -" + name + " failed");
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(e);
        }
    }

    int port() {
        return port;
    }

    URI address() {
        return URI.create("redis://127.0.0.1:" + port);
    }

    URI address(String userInfo) {
        return URI.create("redis://" + userInfo + "@127.0.0.1:" + port);
    }

    RedisRevocationLog log() {
        return RedisRevocationLog.at(address()).open();
    }

    /** As the server's operator. */
    void operate(Consumer<Jedis> work) {
        DefaultJedisClientConfig patient = DefaultJedisClientConfig.builder()
                .timeoutMillis(60_000)
                .autoNegotiateProtocol(false)
                .build();
        try (Jedis jedis = new Jedis("127.0.0.1", port, patient)) {
            work.accept(jedis);
        }
    }

    /** Copies the files that the server starts from; of an append-only file that is a backup as operators make them. */
    Path backUp() {
        try {
            Path copy = Files.createDirectory(directory.resolve("backup"));
            copyFiles(directory, copy);
            return copy;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Starts again from that backup, after a kill. */
    void restore(Path backup) {
        kill();
        try {
            copyFiles(backup, directory);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        start();
    }

    private static void copyFiles(Path from, Path to) throws IOException {
        try (Stream<Path> files = Files.list(from)) {
            for (Path file : files.filter(Files::isRegularFile).toList()) {
                Files.copy(file, to.resolve(file.getFileName()), StandardCopyOption.REPLACE_EXISTING);
            }
        }
    }

    @Override
    public void close() {
        kill();
        try (Stream<Path> files = Files.walk(directory)) {
            files.sorted((a, b) -> b.compareTo(a)).map(Path::toFile).forEach(File::delete);
        } catch (IOException | UncheckedIOException e) {
            directory.toFile().deleteOnExit();
        }
    }

    private static int freePort() {
        try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            return socket.getLocalPort();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static File executable() {
        try {
            return ExecutableProvider.newJarResourceProvider().get();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
