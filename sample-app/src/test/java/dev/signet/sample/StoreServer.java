package dev.signet.sample;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Path;
import redis.embedded.RedisServer;

/** A Redis of our own that keeps what it was told over a stop. */
final class StoreServer implements AutoCloseable {
    private final RedisServer server;

    StoreServer(Path folder) {
        try (ServerSocket free = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            server = RedisServer.newRedisServer()
                    .port(free.getLocalPort())
                    .bind("127.0.0.1")
                    .setting("dir " + folder)
                    .setting("appendonly yes")
                    .setting("appendfsync always")
                    .build();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        start();
    }

    RevocationStore open() {
        return RevocationStore.open(address(), (event, detail) -> {});
    }

    String address() {
        return "redis://127.0.0.1:" + server.ports().get(0);
    }

    void start() {
        try {
            server.start();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    void stop() {
        try {
            server.stop();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @Override
    public void close() {
        stop();
    }
}
