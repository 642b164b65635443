package dev.signet.sample;

import static dev.signet.javalin.SessionRoute.AUTHORITATIVE;
import static dev.signet.javalin.SessionRoute.SIGNED_IN;
import static dev.signet.javalin.SessionRoute.SIGN_IN;

import dev.signet.Lifetime;
import dev.signet.SessionIndex;
import dev.signet.SessionListener;
import dev.signet.Slot;
import dev.signet.http.Csrf;
import dev.signet.http.WebSessions;
import dev.signet.javalin.SessionPlugin;
import dev.signet.keys.KeyRing;
import dev.signet.revocation.Revocations;
import io.javalin.Javalin;
import io.javalin.config.JavalinConfig;
import io.javalin.config.RoutesConfig;
import io.javalin.util.JavalinBindException;
import java.io.UncheckedIOException;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** A small shop: what is kept in the session, and which page answers where. */
public final class SampleApp implements AutoCloseable {
    static final Slot<Cart> CART = Slot.of("cart", Cart.class, Cart.EMPTY).atMost(2048);
    static final Slot<Theme> THEME = Slot.of("theme", Theme.class, Theme.AUTO);

    private static final Logger LOG = LoggerFactory.getLogger(SampleApp.class);
    /** A cart that was filled today should still be there next week. */
    private static final Lifetime VISITORS =
            Lifetime.of(Duration.ofDays(30), Duration.ofDays(90)).keptByBrowser();

    private final Javalin javalin;
    private final WebSessions webSessions;

    /** With a list of where people are signed in that this process's memory holds. */
    SampleApp(KeyRing keys, Revocations revocations, InstantSource clock, Optional<String> origin) {
        this(
                keys,
                revocations,
                Optional.of(SessionIndex.inMemory()).filter(index -> revocations.records()),
                clock,
                origin);
    }

    /**
     * @param index lists where people are signed in; empty where no sign-out is recorded
     * @param origin where people find us if that is not where we listen: behind something that ends TLS
     */
    SampleApp(
            KeyRing keys,
            Revocations revocations,
            Optional<SessionIndex> index,
            InstantSource clock,
            Optional<String> origin) {
        SessionPlugin sessions = new SessionPlugin(s -> {
            s.keys = keys;
            s.application = "signet-sample";
            s.visitors = VISITORS;
            s.slots = List.of(CART, THEME);
            s.roles = Role.class;
            s.revocations = revocations;
            s.index = index.orElse(null);
            s.clock = clock;
            s.csrf = Csrf.on().origins(origin.stream().toArray(String[]::new));
            s.listener = SessionListener.logging();
        });
        javalin = Javalin.create(config -> {
            config.registerPlugin(sessions);
            configure(config);
            config.routes.before(new SecurityHeaders(origin.isPresent())::add);
            config.routes.before(Forms::require);
            routes(config.routes, new SignInPage(new People()), new SignOut(sessions.sessions()));
            devices(config.routes, new DevicesPage(sessions.sessions()));
            config.routes.get("/health", new Health(revocations)::show);
            Refusals.answer(config.routes);
        });
        webSessions = sessions.webSessions();
    }

    private static void configure(JavalinConfig config) {
        config.startup.showJavalinBanner = false;
        config.http.maxRequestSize = 16_384; // our forms are short
        config.staticFiles.add("/public");
    }

    private static void routes(RoutesConfig routes, SignInPage signIn, SignOut signOut) {
        routes.get("/", HomePage::show);
        routes.get("/login", SignInPage::show);
        routes.post("/login", signIn::signIn, SIGN_IN);
        routes.get("/me", MePage::show, SIGNED_IN);
        routes.get("/cart", CartPage::show);
        routes.post("/cart", CartPage::add);
        routes.post("/cart/empty", CartPage::empty);
        routes.get("/preferences", PreferencesPage::show);
        routes.post("/preferences", PreferencesPage::save);
        routes.post("/logout", signOut::here);
        routes.post("/logout-everywhere", signOut::everywhere, SIGNED_IN);
        routes.post("/admin/revoke", signOut::others, Role.ADMIN, AUTHORITATIVE);
    }

    private static void devices(RoutesConfig routes, DevicesPage devices) {
        routes.get("/devices", devices::show, SIGNED_IN);
        routes.post("/devices/end", devices::end, SIGNED_IN);
        routes.post("/devices/end-others", devices::endOthers, SIGNED_IN);
    }

    /** Listens on this machine only, since everybody knows the passwords. */
    SampleApp start(int port) {
        javalin.start("localhost", port);
        LOG.info("The sample is at http://localhost:{}", port());
        return this;
    }

    int port() {
        return javalin.port();
    }

    Javalin javalin() {
        return javalin;
    }

    WebSessions sessions() {
        return webSessions;
    }

    @Override
    public void close() {
        javalin.stop();
    }

    public static void main(String[] arguments) {
        try {
            Settings settings = Settings.from(System.getenv());
            RevocationStore store = RevocationStore.open(settings.revocations());
            KeyRing keys = KeyFile.loadOrCreate(settings.keys());
            SampleApp app =
                    new SampleApp(keys, store.revocations(), store.index(), InstantSource.system(), settings.origin());
            app.start(settings.port());
            Runtime.getRuntime().addShutdownHook(new Thread(() -> stop(app, store), "stop the sample"));
        } catch (IllegalArgumentException | UncheckedIOException | JavalinBindException e) {
            System.err.println(e.getMessage());
            System.exit(2);
        }
    }

    private static void stop(SampleApp app, RevocationStore store) {
        app.close();
        store.close();
    }
}
