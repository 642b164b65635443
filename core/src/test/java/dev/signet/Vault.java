package dev.signet;

import dev.signet.keys.KeySource;
import java.io.IOException;
import java.time.Duration;
import java.util.concurrent.atomic.AtomicInteger;

/** A key source whose text is changed by hand and whose reads are counted; so rarely polled that a test never sees that. Thread-safe. */
public final class Vault implements KeySource {
    public static final Duration POLL = Duration.ofHours(1);

    private final AtomicInteger reads = new AtomicInteger();
    private volatile String text;
    private volatile boolean broken;

    public Vault(String... keys) {
        put(keys);
    }

    public void put(String... keys) {
        write(TestKeys.set(keys));
    }

    public void write(String anything) {
        text = anything;
        broken = false;
    }

    public void breakDown() {
        broken = true;
    }

    public int reads() {
        return reads.get();
    }

    @Override
    public String read() throws IOException {
        reads.incrementAndGet();
        if (broken) {
            throw new IOException("the vault is closed");
        }
        return text;
    }

    @Override
    public Duration pollInterval() {
        return POLL;
    }

    @Override
    public String describe() {
        return "vault";
    }
}
