package dev.signet.benchmarks.server;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import redis.embedded.core.ExecutableProvider;

/** A Redis server on this machine that writes nothing to the disk. */
final class Redis implements AutoCloseable {
    private final int port;
    private final Path directory;
    private final Process process;

    private Redis(int port, Path directory, Process process) {
        this.port = port;
        this.directory = directory;
        this.process = process;
    }

    static Redis start() throws IOException {
        int port = freePort();
        Path directory = Files.createTempDirectory("signet-redis");
        Process process = new ProcessBuilder(
                        ExecutableProvider.newJarResourceProvider().get().getPath(),
                        "--bind",
                        "127.0.0.1",
                        "--port",
                        Integer.toString(port),
                        "--dir",
                        directory.toString(),
                        "--save",
                        "",
                        "--appendonly",
                        "no")
                .redirectErrorStream(true)
                .start();
        Redis redis = new Redis(port, directory, process);
        Runtime.getRuntime().addShutdownHook(new Thread(process::destroyForcibly));
        redis.awaitReady();
        return redis;
    }

    private void awaitReady() throws IOException {
        BufferedReader output =
                new BufferedReader(new InputStreamReader(process.getInputStream(), StandardCharsets.UTF_8));
        StringBuilder said = new StringBuilder();
        for (String line = output.readLine(); line != null; line = output.readLine()) {
            if (line.contains("Ready to accept connections")) {
                return;
            }
            said.append(line).append('\n');
        }
        throw new IllegalStateException("Redis did not start: " + said);
    }

    private static int freePort() throws IOException {
        try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            return socket.getLocalPort();
        }
    }

    int port() {
        return port;
    }

    ProcessHandle handle() {
        return process.toHandle();
    }

    @Override
    public void close() {
        process.destroyForcibly();
        process.onExit().join();
        directory.toFile().delete();
    }
}
