package dev.signet.cli;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;

/** A proxy in front of a server, for requests without a body, that refuses heads over its limit. One request for each connection. */
final class CuttingProxy implements AutoCloseable {
    private final ServerSocket server = new ServerSocket(0, 50, InetAddress.getLoopbackAddress());
    private final int behind;
    private final int limit;

    CuttingProxy(int behind, int limit) throws IOException {
        this.behind = behind;
        this.limit = limit;
        Thread thread = new Thread(this::serve, "cutting proxy");
        thread.setDaemon(true);
        thread.start();
    }

    String url() {
        return "http://127.0.0.1:" + server.getLocalPort();
    }

    private void serve() {
        while (!server.isClosed()) {
            try (Socket client = server.accept()) {
                byte[] head = head(client.getInputStream());
                client.getOutputStream().write(head.length > limit ? refusal() : answer(head));
            } catch (IOException closed) {
                // The next client, or the end.
            }
        }
    }

    private static byte[] refusal() {
        return "HTTP/1.1 431 Request Header Fields Too Large\r\nContent-Length: 0\r\nConnection: close\r\n\r\n"
                .getBytes(StandardCharsets.US_ASCII);
    }

    private byte[] answer(byte[] head) throws IOException {
        try (Socket origin = new Socket(InetAddress.getByName("localhost"), behind)) {
            String text = new String(head, StandardCharsets.ISO_8859_1);
            origin.getOutputStream()
                    .write(text.replaceFirst("\r\n", "\r\nConnection: close\r\n")
                            .getBytes(StandardCharsets.ISO_8859_1));
            return origin.getInputStream().readAllBytes();
        }
    }

    /** Reads to the empty line. */
    private static byte[] head(InputStream in) throws IOException {
        ByteArrayOutputStream head = new ByteArrayOutputStream();
        int last = 0;
        for (int b = in.read(); b >= 0 && last != 0x0d0a0d0a; b = last == 0x0d0a0d0a ? -1 : in.read()) {
            head.write(b);
            last = last << 8 | b;
        }
        return head.toByteArray();
    }

    @Override
    public void close() throws IOException {
        server.close();
    }
}
