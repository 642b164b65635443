package dev.signet.benchmarks;

/** How much content a token carries, in bytes of JSON. */
public enum Size {
    S(154),
    M(558),
    L(2750);

    private final int bytes;

    Size(int bytes) {
        this.bytes = bytes;
    }

    int bytes() {
        return bytes;
    }
}
