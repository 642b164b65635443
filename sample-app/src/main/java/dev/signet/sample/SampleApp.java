package dev.signet.sample;

import static dev.signet.javalin.SessionRoute.AUTHORITATIVE;
import static dev.signet.javalin.SessionRoute.NO_RENEWAL;
import static dev.signet.javalin.SessionRoute.SIGNED_IN;
import static dev.signet.javalin.SessionRoute.SIGN_IN;

import dev.signet.Lifetime;
import dev.signet.SessionListener;
import dev.signet.Slot;
import dev.signet.http.Csrf;
import dev.signet.http.WebSessions;
import dev.signet.javalin.SessionPlugin;
import io.javalin.Javalin;
import io.javalin.config.JavalinConfig;
import io.javalin.config.RoutesConfig;
import io.javalin.util.JavalinBindException;
import java.io.UncheckedIOException;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
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
    private final WebSessions administration;

    SampleApp(Services services) {
        SessionPlugin plugin = new SessionPlugin(s -> {
            s.keys = services.keys();
            s.application = "signet-sample";
            s.visitors = VISITORS;
            s.slots = List.of(CART, THEME);
            s.revocations = services.revocations();
            s.index = services.index().orElse(null);
            s.clock = services.clock();
            s.csrf = Csrf.on().origins(services.origin().stream().toArray(String[]::new));
            s.listener = services.listener();
            s.also(AdminPage.ADMIN, AdminPage::configure);
        });
        People people = new People();
        SignInPage signIn = SignInPage.ofTheShop(people);
        SignInPage adminSignIn = SignInPage.ofTheAdministration(people);
        javalin = Javalin.create(config -> {
            config.registerPlugin(plugin);
            configure(config);
            config.routes.before(new SecurityHeaders(services.origin().isPresent())::add);
            config.routes.before(Forms::require);
            shop(config.routes, signIn, new SignOut(plugin.sessions()));
            devices(config.routes, new DevicesPage(plugin.sessions()));
            administration(config.routes, adminSignIn, new AdminPage(plugin.sessions()));
            InspectorPage inspector = new InspectorPage(services.revocations(), services.clock());
            config.routes.get("/inspector", inspector::show, NO_RENEWAL);
            config.routes.get("/health", new Health(services.revocations())::show);
            new Refusals(signIn, adminSignIn).answer(config.routes);
        });
        webSessions = plugin.webSessions();
        administration = plugin.webSessions(AdminPage.ADMIN);
    }

    private static void configure(JavalinConfig config) {
        config.startup.showJavalinBanner = false;
        config.http.maxRequestSize = 16_384; // our forms are short
        config.staticFiles.add("/public");
    }

    private static void shop(RoutesConfig routes, SignInPage signIn, SignOut signOut) {
        routes.get("/", HomePage::show);
        routes.get("/login", signIn::show);
        routes.post("/login", signIn::signIn, SIGN_IN);
        routes.get("/me", MePage::show, SIGNED_IN);
        routes.get("/cart", CartPage::show);
        routes.post("/cart", CartPage::add);
        routes.post("/cart/empty", CartPage::empty);
        routes.get("/preferences", PreferencesPage::show);
        routes.post("/preferences", PreferencesPage::save);
        routes.post("/logout", signOut::here);
        routes.post("/logout-everywhere", signOut::everywhere, SIGNED_IN);
    }

    private static void devices(RoutesConfig routes, DevicesPage devices) {
        routes.get("/devices", devices::show, SIGNED_IN);
        routes.post("/devices/end", devices::end, SIGNED_IN);
        routes.post("/devices/end-others", devices::endOthers, SIGNED_IN);
    }

    private static void administration(RoutesConfig routes, SignInPage signIn, AdminPage admin) {
        routes.get("/admin", AdminPage::show, Role.ADMIN);
        routes.get("/admin/login", signIn::show);
        routes.post("/admin/login", signIn::signIn, SIGN_IN);
        routes.post("/admin/logout", AdminPage::leave, Role.ADMIN);
        routes.post("/admin/revoke", admin::revoke, Role.ADMIN, AUTHORITATIVE);
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

    WebSessions administration() {
        return administration;
    }

    @Override
    public void close() {
        javalin.stop();
    }

    public static void main(String[] arguments) {
        try {
            Settings settings = Settings.from(System.getenv());
            Metrics metrics = new Metrics();
            RevocationStore store = RevocationStore.open(settings.revocations(), metrics.revocations());
            SampleApp app = new SampleApp(new Services(
                    KeyFile.loadOrCreate(settings.keys()),
                    store.revocations(),
                    store.index(),
                    InstantSource.system(),
                    settings.origin(),
                    SessionListener.logging().and(metrics.sessions())));
            app.start(settings.port());
            settings.metricsPort().ifPresent(port -> metrics.start(port, store.revocations()));
            Runtime.getRuntime().addShutdownHook(new Thread(() -> stop(app, metrics, store), "stop the sample"));
        } catch (IllegalArgumentException | UncheckedIOException | JavalinBindException e) {
            System.err.println(e.getMessage());
            System.exit(2);
        }
    }

    private static void stop(SampleApp app, Metrics metrics, RevocationStore store) {
        app.close();
        metrics.close();
        store.close();
    }
}
