package dev.signet.revocation.redis;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;

/**
 * The Lua scripts, each of which Redis runs as one undivided step. They are sent as text every time: a kilobyte more on the wire,
 * and nothing to load again into a server that was restarted, flushed or promoted.
 */
enum Script {
    APPEND("append.lua"),
    READ("read.lua"),
    TRIM("trim.lua"),
    SERVER("server.lua");

    private final String text;

    Script(String resource) {
        text = load(resource);
    }

    String text() {
        return text;
    }

    private static String load(String resource) {
        try (InputStream in = Script.class.getResourceAsStream(resource)) {
            if (in == null) {
                throw new IllegalStateException(resource + " is missing beside " + Script.class);
            }
            return new String(in.readAllBytes(), StandardCharsets.UTF_8);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
