package dev.signet.sample;

import dev.signet.keys.KeyRing;
import dev.signet.revocation.Revocations;
import java.time.InstantSource;

/** The sample on a port of its own. */
final class Running implements AutoCloseable {
    private final SampleApp app;

    private Running(KeyRing keys, Revocations revocations, InstantSource clock) {
        app = new SampleApp(keys, revocations, clock).start(0);
    }

    static Running sample() {
        return with(Revocations.inMemory());
    }

    static Running with(Revocations revocations) {
        return new Running(KeyRing.generate(), revocations, InstantSource.system());
    }

    static Running with(Revocations revocations, InstantSource clock) {
        return new Running(KeyRing.generate(), revocations, clock);
    }

    static Running with(KeyRing keys) {
        return new Running(keys, Revocations.inMemory(), InstantSource.system());
    }

    static Running with(KeyRing keys, Revocations revocations) {
        return new Running(keys, revocations, InstantSource.system());
    }

    static Running at(InstantSource clock) {
        return new Running(KeyRing.generate(), Revocations.inMemory(clock), clock);
    }

    String origin() {
        return "http://localhost:" + app.port();
    }

    Client client() {
        return new Client(origin());
    }

    @Override
    public void close() {
        app.close();
    }
}
