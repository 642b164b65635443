package dev.signet.trials;

import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.SocketException;
import java.net.URI;
import java.nio.charset.StandardCharsets;

/** Sends bytes that no client library would. */
final class Wire {
    private static final int PATIENCE_MILLIS = 20_000;
    private static final int LONGEST_ANSWER = 1 << 16;
    private static final int STATUS_AT = "HTTP/1.1 ".length();

    private Wire() {}

    /** The status of the answer; 0 if the server hung up without one. */
    static int send(URI node, String bytes) throws IOException {
        try (Socket socket = new Socket()) {
            socket.connect(new InetSocketAddress(InetAddress.getLoopbackAddress(), node.getPort()), PATIENCE_MILLIS);
            socket.setSoTimeout(PATIENCE_MILLIS);
            try {
                socket.getOutputStream().write(bytes.getBytes(StandardCharsets.ISO_8859_1));
                return status(socket.getInputStream());
            } catch (SocketException hungUp) {
                return 0;
            }
        }
    }

    private static int status(InputStream in) throws IOException {
        String answer = new String(in.readNBytes(LONGEST_ANSWER), StandardCharsets.ISO_8859_1);
        return answer.startsWith("HTTP/1.1 ") ? Integer.parseInt(answer.substring(STATUS_AT, STATUS_AT + 3)) : 0;
    }
}
