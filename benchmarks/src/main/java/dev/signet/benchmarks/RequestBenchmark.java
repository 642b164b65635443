package dev.signet.benchmarks;

import dev.signet.Lifetime;
import dev.signet.Session;
import dev.signet.Sessions;
import dev.signet.SignIn;
import dev.signet.Slot;
import dev.signet.http.WebSession;
import dev.signet.http.WebSessions;
import dev.signet.keys.KeyRing;
import dev.signet.revocation.Revocations;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;

/**
 * The whole way of a request without a server: from the {@code Cookie} header to the session, and back to {@code Set-Cookie}. All threads ask the same
 * application, as they do in a server.
 */
@State(Scope.Benchmark)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
public class RequestBenchmark {
    private static final Slot<Content.State> STATE =
            Slot.of("state", Content.State.class, Content.State.EMPTY).atMost(3800);

    @Param
    public Size size = Size.M;

    private final WebSessions web = web(InstantSource.system());
    private Content.State state = Content.State.EMPTY;
    private Browser browser = new Browser("");

    private static WebSessions web(InstantSource clock) {
        Sessions sessions = Sessions.with(KeyRing.generate())
                .application("shop")
                .revocations(Revocations.inMemory())
                .clock(clock)
                .build();
        return WebSessions.with(sessions).slots(List.of(STATE)).build();
    }

    @Setup
    public void prepare() {
        Session session = web.sessions().start(SignIn.as("ada-1815"));
        state = Content.of(size).state();
        browser = new Browser("_ga=GA1.1.1218398421.1764144000; " + web.cookieHeader(session) + "; "
                + web.cookieHeader(session, STATE, state) + "; consent=all");
    }

    private static Page answer(WebSession session, Page page) {
        session.commit(page);
        return page;
    }

    /** A page that does not ask who is there. */
    @Benchmark
    public Page nobodyAsks() {
        return answer(web.open(browser), new Page());
    }

    /** A page that asks who is there. */
    @Benchmark
    public Page subject() {
        WebSession session = web.open(browser);
        return answer(session, new Page().about(session.subject()));
    }

    /** A page that also reads the state. */
    @Benchmark
    public Page slotRead() {
        WebSession session = web.open(browser);
        return answer(session, new Page().about(session.subject()).about(session.get(STATE)));
    }

    /** A page with a form that brings its CSRF token back. */
    @Benchmark
    public Page form() {
        WebSession session = web.open(browser);
        return answer(session, new Page().about(session.csrfToken()));
    }

    /** A page that replaces the state. */
    @Benchmark
    public Page slotWritten() {
        WebSession session = web.open(browser);
        Page page = new Page().about(session.subject());
        session.set(STATE, state);
        return answer(session, page);
    }

    /** A page in whose answer the ticket is renewed. */
    @Benchmark
    public Page renewal(Later later) {
        WebSession session = later.web.open(later.browser);
        return answer(session, new Page().about(session.subject()));
    }

    /** A browser that comes back when its ticket is due for renewal. */
    @State(Scope.Benchmark)
    public static class Later {
        private Duration passed = Duration.ZERO;
        private final WebSessions web = web(() -> Instant.now().plus(passed));
        private Browser browser = new Browser("");

        @Setup
        public void prepare() {
            passed = Duration.ZERO;
            browser = new Browser(web.cookieHeader(web.sessions().start("ada-1815")));
            passed = Lifetime.DEFAULT.renewAfter();
        }
    }
}
