package dev.signet.sample;

import dev.signet.SessionIndex;
import dev.signet.SessionListener;
import dev.signet.keys.KeyRing;
import dev.signet.revocation.Revocations;
import dev.signet.testing.Browser;
import java.net.URI;
import java.net.http.HttpResponse;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** The sample on a port of its own. */
final class Running implements AutoCloseable {
    private final SampleApp app;

    private Running(KeyRing keys, Revocations revocations, InstantSource clock) {
        this(keys, revocations, clock, Optional.empty());
    }

    private Running(KeyRing keys, Revocations revocations, InstantSource clock, Optional<String> origin) {
        this(keys, revocations, index(revocations), clock, origin);
    }

    private Running(
            KeyRing keys,
            Revocations revocations,
            Optional<SessionIndex> index,
            InstantSource clock,
            Optional<String> origin) {
        this(new Services(keys, revocations, index, clock, origin, SessionListener.logging()));
    }

    private Running(Services services) {
        app = new SampleApp(services).start(0);
    }

    private static Optional<SessionIndex> index(Revocations revocations) {
        return revocations.records() ? Optional.of(SessionIndex.inMemory()) : Optional.empty();
    }

    static Running sample() {
        return with(Revocations.inMemory());
    }

    static Running with(Revocations revocations) {
        return new Running(KeyRing.generate(), revocations, InstantSource.system());
    }

    static Running with(Revocations revocations, SessionListener listener) {
        return new Running(new Services(
                KeyRing.generate(),
                revocations,
                index(revocations),
                InstantSource.system(),
                Optional.empty(),
                listener));
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

    static Running with(KeyRing keys, RevocationStore store) {
        return new Running(keys, store.revocations(), store.index(), InstantSource.system(), Optional.empty());
    }

    static Running at(InstantSource clock) {
        return new Running(KeyRing.generate(), Revocations.inMemory(clock), clock);
    }

    /** Behind something that ends TLS. */
    static Running behind(String origin) {
        return new Running(KeyRing.generate(), Revocations.inMemory(), InstantSource.system(), Optional.of(origin));
    }

    String origin() {
        return "http://localhost:" + app.port();
    }

    Browser browser() {
        return Browser.at(URI.create(origin()), app.sessions());
    }

    /** What a browser has from another instance is sent to this one. */
    Browser browserWithCookiesOf(Browser other) {
        return other.copyAt(URI.create(origin()));
    }

    /** A browser in which an administrator is signed in. */
    Browser administrator() {
        Browser root = browser();
        root.submit("/admin/login", "/admin/login", "username", "root", "password", "admin");
        return root;
    }

    /** Fills in the form of the sign-in page. */
    static HttpResponse<String> signIn(Browser browser, String name, String password, String... more) {
        List<String> fields = new ArrayList<>(List.of("username", name, "password", password));
        fields.addAll(List.of(more));
        return browser.submit("/login", "/login", fields.toArray(String[]::new));
    }

    @Override
    public void close() {
        app.close();
    }
}
