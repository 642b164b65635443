package dev.signet.trials;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** One node's way to the store: passes bytes on until it is told to cut, refuse or swallow. Thread-safe. */
final class Proxy implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(Proxy.class);
    private static final int BUFFER = 16_384;
    private static final int CONNECT_MILLIS = 2_000;

    private final ServerSocket door;
    private final int target;
    private final Set<Socket> open = ConcurrentHashMap.newKeySet();
    private final Object gate = new Object();
    private volatile boolean refusing;
    private boolean silent;

    Proxy(int target) {
        this.target = target;
        try {
            door = new ServerSocket(Ports.free(), 128, InetAddress.getLoopbackAddress());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        start("accept", this::accept);
    }

    int port() {
        return door.getLocalPort();
    }

    /** Ends every connection, half of them with a reset, and refuses new ones until {@link #admit}. */
    void cut() {
        refusing = true;
        boolean reset = false;
        for (Socket socket : open) {
            close(socket, reset);
            reset = !reset;
        }
    }

    void admit() {
        refusing = false;
    }

    /** Connections stand, new ones are accepted, and nothing passes until {@link #speak}. */
    void silence() {
        synchronized (gate) {
            silent = true;
        }
    }

    void speak() {
        synchronized (gate) {
            silent = false;
            gate.notifyAll();
        }
    }

    private void accept() {
        while (!door.isClosed()) {
            try {
                Socket client = door.accept();
                if (refusing) {
                    close(client, true);
                } else {
                    start("connect", () -> connect(client));
                }
            } catch (IOException e) {
                LOG.debug("Nobody came in", e);
            }
        }
    }

    private void connect(Socket client) {
        Socket server = new Socket();
        open.add(client);
        open.add(server);
        try {
            client.setTcpNoDelay(true);
            server.setTcpNoDelay(true);
            server.connect(new InetSocketAddress(InetAddress.getLoopbackAddress(), target), CONNECT_MILLIS);
            start("answer", () -> pass(server, client));
            pass(client, server);
        } catch (IOException e) {
            forget(client, server);
        }
    }

    private void pass(Socket from, Socket to) {
        byte[] buffer = new byte[BUFFER];
        try {
            InputStream in = from.getInputStream();
            OutputStream out = to.getOutputStream();
            for (int read = in.read(buffer); read >= 0 && !refusing; read = in.read(buffer)) {
                awaitSpeech();
                out.write(buffer, 0, read);
            }
        } catch (IOException e) {
            LOG.debug("A connection broke", e);
        } finally {
            forget(from, to);
        }
    }

    private void awaitSpeech() {
        synchronized (gate) {
            while (silent) {
                try {
                    gate.wait();
                } catch (InterruptedException e) {
                    throw new IllegalStateException(e);
                }
            }
        }
    }

    private void forget(Socket one, Socket other) {
        close(one, false);
        close(other, false);
        open.remove(one);
        open.remove(other);
    }

    private static void close(Socket socket, boolean reset) {
        try {
            if (reset) {
                socket.setSoLinger(true, 0);
            }
            socket.close();
        } catch (IOException e) {
            LOG.debug("A connection was closed already", e);
        }
    }

    private static void start(String name, Runnable task) {
        Thread thread = new Thread(task, "proxy " + name);
        thread.setDaemon(true);
        thread.start();
    }

    @Override
    public void close() {
        cut();
        try {
            door.close();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
