package dev.signet.benchmarks.server;

import java.io.IOException;

/** One server as a process of its own: {@code Server <variant> <port of Redis>} prints its port, and ends when its input does. */
public final class Server {
    private Server() {}

    public static void main(String[] arguments) throws Exception {
        try (Endpoint endpoint = Endpoint.start(Variant.valueOf(arguments[0]), Integer.parseInt(arguments[1]))) {
            System.out.println(endpoint.port());
            awaitEnd();
        }
        System.exit(0);
    }

    private static void awaitEnd() throws IOException {
        while (System.in.read() >= 0) {
            // whoever started this is still there
        }
    }
}
