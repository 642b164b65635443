package dev.signet.http;

import dev.signet.Lifetime;
import dev.signet.Session;
import dev.signet.SessionListener;
import dev.signet.Sessions;
import dev.signet.SignIn;
import dev.signet.Slot;
import dev.signet.Verification;
import dev.signet.keys.KeyRing;
import dev.signet.revocation.Revocation;
import dev.signet.revocation.Revocations;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.UnaryOperator;

/** An application with a cart and a theme, on as many instances as a test wants; they share keys, a clock and a revocation log. */
final class Shop implements AutoCloseable {
    static final Slot<List<String>> CART = Slot.listOf("cart", String.class);
    static final Slot<String> THEME = Slot.text("theme", "light");
    static final Slot<String> NOTE = Slot.text("note");

    static final String TICKET = "__Host-session";
    static final String VISITOR = "__Host-session-visitor";
    static final String CART_COOKIE = "__Host-session.cart";
    static final String THEME_COOKIE = "__Host-session.theme";
    static final String FLASH_COOKIE = "__Host-session.flash";

    /** A moment at which a session of the default lifetime has to be renewed and has not ended. */
    static final Duration RENEWAL_DUE = Duration.ofMinutes(8);

    /** How long a remote log may be silent; its poll comes so rarely that no test meets it. */
    static final Duration STALENESS_BOUND = Duration.ofMinutes(5);

    final MovableClock clock = new MovableClock();
    final KeyRing keys = KeyRing.generate();
    final Heard heard = new Heard();
    final BreakableLog log;
    private final List<Sessions> opened = new ArrayList<>();

    private Shop(boolean inProcess) {
        log = new BreakableLog(Revocations.memoryLog(clock), inProcess);
    }

    /** With a log that every instance sees at once. */
    static Shop inMemory() {
        return new Shop(true);
    }

    /** With a log on another machine, of which an instance knows what it has read. */
    static Shop onStore() {
        return new Shop(false);
    }

    Revocations revocations() {
        return Revocations.on(log)
                .clock(clock)
                .pollInterval(STALENESS_BOUND.minusSeconds(1))
                .stalenessBound(STALENESS_BOUND)
                .build();
    }

    Revocations failingOpen() {
        return Revocations.on(log)
                .clock(clock)
                .pollInterval(STALENESS_BOUND.minusSeconds(1))
                .stalenessBound(STALENESS_BOUND)
                .failOpen()
                .build();
    }

    /** The store is down for longer than may be. */
    void loseStore() {
        log.breakDown();
        clock.advance(STALENESS_BOUND.plusSeconds(1));
    }

    WebSessions instance() {
        return instance(revocations());
    }

    WebSessions instance(Revocations revocations) {
        return WebSessions.with(sessions(revocations, s -> s)).build();
    }

    WebSessions withoutLog() {
        return instance(Revocations.none());
    }

    WebSessions with(UnaryOperator<WebSessions.Builder> settings) {
        return settings.apply(WebSessions.with(sessions(revocations(), s -> s))).build();
    }

    WebSessions lasting(UnaryOperator<Sessions.Builder> lifetimes) {
        return WebSessions.with(sessions(revocations(), lifetimes)).build();
    }

    Sessions sessions(Revocations revocations, UnaryOperator<Sessions.Builder> settings) {
        Sessions sessions = settings.apply(Sessions.with(keys)
                        .application("shop")
                        .clock(clock)
                        .revocations(revocations)
                        .listener(heard))
                .build();
        opened.add(sessions);
        return sessions;
    }

    Browser browser() {
        return new Browser(clock);
    }

    /** A browser in which somebody is signed in, with a theme. */
    Browser signedIn(WebSessions app, String subject) {
        Browser browser = browser();
        Browser.Visit visit = browser.form(app);
        visit.session.start(SignIn.as(subject));
        visit.session.set(THEME, "dark");
        visit.finish();
        return browser;
    }

    /** A browser of a visitor with a cart and a theme. */
    Browser visiting(WebSessions app) {
        Browser browser = browser();
        Browser.Visit visit = browser.form(app);
        visit.session.set(CART, List.of("apple"));
        visit.session.set(THEME, "dark");
        visit.finish();
        return browser;
    }

    /** What an administrator does, on an instance of its own. */
    void revoke(Revocation revocation) {
        Revocations administration = revocations();
        administration.revoke(revocation, Lifetime.DEFAULT.absolute());
        administration.close();
    }

    @Override
    public void close() {
        opened.forEach(Sessions::close);
    }

    /** What the listener was told. */
    static final class Heard implements SessionListener {
        final List<Session> discarded = new CopyOnWriteArrayList<>();
        final List<Session> renewed = new CopyOnWriteArrayList<>();
        final List<Verification> refused = new CopyOnWriteArrayList<>();
        final List<Session> started = new CopyOnWriteArrayList<>();
        final List<Session> ended = new CopyOnWriteArrayList<>();

        @Override
        public void discarded(Session session) {
            discarded.add(session);
        }

        @Override
        public void renewed(Session session) {
            renewed.add(session);
        }

        @Override
        public void refused(Verification verification) {
            refused.add(verification);
        }

        @Override
        public void started(Session session) {
            started.add(session);
        }

        @Override
        public void ended(Session session) {
            ended.add(session);
        }
    }
}
