package dev.signet.trials;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** The application processes, each with a way of its own to the one store. The last one is never killed, unless it is the only one. */
final class Cluster implements AutoCloseable {
    private static final List<String> NAMES = List.of("A", "B", "C");

    private final Path directory;
    private final KeyFile keys;
    private final Class<?> application;
    private final Store store;
    private final List<Proxy> ways = new ArrayList<>();
    private final List<NodeProcess> nodes = new ArrayList<>();
    private final Thread hook = new Thread(this::kill, "end what was started");

    /**
     * @param application the main class of the processes
     * @param most how many there are, unless the store is for one only
     */
    Cluster(Path directory, Store store, Sabotage sabotage, Class<?> application, int most) {
        this.directory = directory;
        this.store = store;
        this.application = application;
        keys = new KeyFile(directory.resolve("keys.jwks"));
        int size = store.port() == 0 ? 1 : most;
        for (int i = 0; i < size; i++) {
            nodes.add(node(NAMES.get(i), way(), at(i, size, sabotage)));
        }
        Runtime.getRuntime().addShutdownHook(hook);
    }

    private NodeProcess node(String name, String log, Sabotage sabotage) {
        return new NodeProcess(name, application, directory, keys.path(), log, sabotage);
    }

    KeyFile keys() {
        return keys;
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
            case NOTHING, LIAR, FORGETFUL, CREDULOUS -> 0;
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
        NodeProcess fresh = node("fresh", store.address(store.port()), Sabotage.NOTHING);
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
