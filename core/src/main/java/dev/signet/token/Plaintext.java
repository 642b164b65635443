package dev.signet.token;

import java.io.ByteArrayOutputStream;
import java.util.Arrays;

/** Claims on their way into a token: a buffer that can be read in place and wiped. */
final class Plaintext extends ByteArrayOutputStream {
    Plaintext() {
        super(512);
    }

    byte[] buffer() {
        return buf;
    }

    void wipe() {
        Arrays.fill(buf, 0, count, (byte) 0);
        count = 0;
    }
}
