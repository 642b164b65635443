package dev.signet.cli;

import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.time.InstantSource;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;

/** A site with a clock and a limit on the bytes of a request's head, as a proxy has one. */
final class Site implements AutoCloseable {
    private final ServerSocket server = new ServerSocket(0, 50, InetAddress.getLoopbackAddress());
    private final InstantSource clock;
    private final int limit;

    Site(InstantSource clock, int limit) throws IOException {
        this.clock = clock;
        this.limit = limit;
        Thread thread = new Thread(this::serve, "site");
        thread.setDaemon(true);
        thread.start();
    }

    String url() {
        return "http://127.0.0.1:" + server.getLocalPort() + "/";
    }

    private void serve() {
        while (!server.isClosed()) {
            try (Socket client = server.accept()) {
                int size = head(client.getInputStream());
                String date = DateTimeFormatter.RFC_1123_DATE_TIME.format(
                        clock.instant().atOffset(ZoneOffset.UTC));
                String status = size > limit ? "431 Request Header Fields Too Large" : "200 OK";
                client.getOutputStream()
                        .write(("HTTP/1.1 " + status + "\r\nDate: " + date
                                        + "\r\nContent-Length: 0\r\nConnection: close\r\n\r\n")
                                .getBytes(StandardCharsets.US_ASCII));
            } catch (IOException closed) {
                // The next client, or the end.
            }
        }
    }

    /** Reads to the empty line. */
    private static int head(InputStream in) throws IOException {
        int size = 0;
        int last = 0;
        for (int b = in.read(); b >= 0; b = in.read()) {
            size++;
            last = last << 8 | b;
            if (last == 0x0d0a0d0a) {
                break;
            }
        }
        return size;
    }

    @Override
    public void close() throws IOException {
        server.close();
    }
}
