package dev.signet.javalin;

import java.io.BufferedInputStream;
import java.io.ByteArrayOutputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/** One connection to a server, byte by byte, so that nothing is added, merged or swallowed by a client. */
final class Wire implements AutoCloseable {
    private static final int TIMEOUT_MILLIS = 20_000;

    private final Socket socket;
    private final InputStream in;

    Wire(int port) {
        try {
            socket = new Socket(InetAddress.getLoopbackAddress(), port);
            socket.setSoTimeout(TIMEOUT_MILLIS);
            in = new BufferedInputStream(socket.getInputStream());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    static Answer send(int port, String requestLine, List<String> headers, String body) {
        List<String> all = new ArrayList<>(headers);
        all.add("Connection: close");
        if (!body.isEmpty()) {
            all.add("Content-Length: " + body.getBytes(StandardCharsets.UTF_8).length);
        }
        try (Wire wire = new Wire(port)) {
            wire.write(requestLine, all, body);
            return wire.readAnswer();
        }
    }

    Wire write(String requestLine, List<String> headers, String body) {
        StringBuilder text = new StringBuilder(requestLine).append(" HTTP/1.1\r\n");
        if (headers.stream().noneMatch(header -> header.startsWith("Host:"))) {
            text.append("Host: localhost:").append(socket.getPort()).append("\r\n");
        }
        headers.forEach(header -> text.append(header).append("\r\n"));
        text.append("\r\n").append(body);
        try {
            socket.getOutputStream().write(text.toString().getBytes(StandardCharsets.UTF_8));
            socket.getOutputStream().flush();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return this;
    }

    /** Nothing more will be sent; an answer can still be read. */
    void endOfRequest() {
        try {
            socket.shutdownOutput();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** A whole response of a server that closes the connection afterwards. */
    Answer readAnswer() {
        Answer head = readHead();
        try {
            byte[] body = head.header("Transfer-Encoding").equals("chunked") ? chunks() : in.readAllBytes();
            return new Answer(head.status(), head.headers(), new String(body, StandardCharsets.UTF_8));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private byte[] chunks() throws IOException {
        ByteArrayOutputStream body = new ByteArrayOutputStream();
        for (int size = Integer.parseInt(line(), 16); size > 0; size = Integer.parseInt(line(), 16)) {
            body.write(in.readNBytes(size));
            line();
        }
        return body.toByteArray();
    }

    Answer readHead() {
        try {
            int status = Integer.parseInt(line().split(" ")[1]);
            Map<String, List<String>> headers = new LinkedHashMap<>();
            for (String line = line(); !line.isEmpty(); line = line()) {
                int colon = line.indexOf(':');
                String name = line.substring(0, colon).toLowerCase(Locale.ROOT);
                headers.computeIfAbsent(name, n -> new ArrayList<>())
                        .add(line.substring(colon + 1).strip());
            }
            return new Answer(status, headers, "");
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** A line without its end; {@code null} never: the end of the connection is an exception. */
    String line() throws IOException {
        StringBuilder line = new StringBuilder();
        for (int c = in.read(); c != '\n'; c = in.read()) {
            if (c < 0) {
                throw new EOFException("the server closed the connection after '" + line + "'");
            }
            if (c != '\r') {
                line.append((char) c);
            }
        }
        return line.toString();
    }

    /** Whatever comes until the server closes the connection. */
    String rest() {
        try {
            return new String(in.readAllBytes(), StandardCharsets.UTF_8);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Asks for an upgrade to a WebSocket; the answer's head. */
    Answer upgrade(String path, String... headers) {
        List<String> all = new ArrayList<>(List.of(
                "Connection: Upgrade",
                "Upgrade: websocket",
                "Sec-WebSocket-Version: 13",
                "Sec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ=="));
        all.addAll(List.of(headers));
        return write("GET " + path, all, "").readHead();
    }

    /** The text of the next frame, which has to be a short text (RFC 6455 §5.2). */
    String readText() {
        byte[] payload = frame(1);
        return new String(payload, StandardCharsets.UTF_8);
    }

    /** The code of the next frame, which has to close the socket. */
    int readClose() {
        byte[] payload = frame(8);
        return (payload[0] & 0xff) << 8 | payload[1] & 0xff;
    }

    private byte[] frame(int opcode) {
        try {
            int first = in.read();
            if (first < 0 || (first & 0x0f) != opcode) {
                throw new IllegalStateException("expected opcode " + opcode + ", read " + first);
            }
            return in.readNBytes(in.read());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Sends a text frame. The mask of zeros is as good as any here. */
    void sendText(String text) {
        byte[] payload = text.getBytes(StandardCharsets.UTF_8);
        byte[] frame = new byte[payload.length + 6];
        frame[0] = (byte) 0x81;
        frame[1] = (byte) (0x80 | payload.length);
        System.arraycopy(payload, 0, frame, 6, payload.length);
        try {
            socket.getOutputStream().write(frame);
            socket.getOutputStream().flush();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @Override
    public void close() {
        try {
            socket.close();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
