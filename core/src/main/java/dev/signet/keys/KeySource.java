package dev.signet.keys;

import java.io.IOException;

/** Where the text of a key ring comes from. */
@FunctionalInterface
public interface KeySource {
    String read() throws IOException;
}
