package dev.signet.trials;

import dev.signet.keys.KeyRing;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.List;

/** The application processes, each with a way of its own to the one store. The last one is never killed, unless it is the only one. */
final class Cluster implements AutoCloseable {
    private static final List<String> NAMES = List.of("A", "B", "C");

    private final Path directory;
    private final Path keys;
    private final Store store;
    private final List<Proxy> ways = new ArrayList<>();
    private final List<NodeProcess> nodes = new ArrayList<>();
    private final Thread hook = new Thread(this::kill, "end what was started");

    Cluster(Path directory, Store store, Sabotage sabotage) {
        this.directory = directory;
        this.store = store;
        keys = directory.resolve("keys.jwks");
        write(keys);
        int size = store.port() == 0 ? 1 : NAMES.size();
        for (int i = 0; i < size; i++) {
            nodes.add(new NodeProcess(NAMES.get(i), directory, keys, way(), at(i, size, sabotage)));
        }
        Runtime.getRuntime().addShutdownHook(hook);
    }

    private static void write(Path keys) {
        try {
            Files.createFile(keys, PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------")));
            Files.writeString(keys, KeyRing.generate().exportSecretJwkSet());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private String way() {
        if (store.port() == 0) {
            return store.address(0);
        }
        Proxy way = new Proxy(store.port());
        ways.add(way);
        return store.address(way.port());
    }

    private static Sabotage at(int index, int size, Sabotage sabotage) {
        int broken = switch (sabotage) {
            case NOTHING, LIAR -> 0;
            case DEAF -> 1 % size;
            case LEAK -> size - 1;
        };
        return index == broken ? sabotage : Sabotage.NOTHING;
    }

    List<NodeProcess> nodes() {
        return List.copyOf(nodes);
    }

    /** Those that are killed. */
    List<NodeProcess> mortals() {
        return nodes.size() == 1 ? nodes() : List.copyOf(nodes.subList(0, nodes.size() - 1));
    }

    List<Proxy> ways() {
        return List.copyOf(ways);
    }

    /** A process that was not there before, with the whole log to read. */
    NodeProcess fresh() {
        NodeProcess fresh = new NodeProcess("fresh", directory, keys, store.address(store.port()), Sabotage.NOTHING);
        nodes.add(fresh);
        return fresh;
    }

    private void kill() {
        nodes.forEach(NodeProcess::close);
        store.close();
    }

    @Override
    public void close() {
        kill();
        ways.forEach(Proxy::close);
        Runtime.getRuntime().removeShutdownHook(hook);
    }
}
