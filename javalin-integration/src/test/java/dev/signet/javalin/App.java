package dev.signet.javalin;

import dev.signet.Session;
import dev.signet.SignIn;
import dev.signet.keys.KeyRing;
import dev.signet.testing.MovableClock;
import dev.signet.testing.TestSession;
import io.javalin.Javalin;
import io.javalin.config.JavalinConfig;
import java.util.function.Consumer;

/** A Javalin application with the plugin on a port of its own, and a clock that tests move. */
final class App implements AutoCloseable {
    static final KeyRing KEYS = KeyRing.generate();

    final MovableClock clock;
    final SessionPlugin plugin;
    final Javalin javalin;

    private App(MovableClock clock, SessionPlugin plugin, Javalin javalin) {
        this.clock = clock;
        this.plugin = plugin;
        this.javalin = javalin;
    }

    static App start(Consumer<JavalinConfig> routes) {
        return start(settings -> {}, routes);
    }

    static App start(Consumer<SessionPlugin.Config> settings, Consumer<JavalinConfig> routes) {
        App app = create(settings, routes);
        app.javalin.start("127.0.0.1", 0);
        return app;
    }

    static App create(Consumer<SessionPlugin.Config> settings, Consumer<JavalinConfig> routes) {
        MovableClock clock = new MovableClock();
        SessionPlugin plugin = plugin(clock, settings);
        Javalin javalin = Javalin.create(config -> {
            quiet(config);
            config.registerPlugin(plugin);
            routes.accept(config);
        });
        return new App(clock, plugin, javalin);
    }

    static SessionPlugin plugin(MovableClock clock, Consumer<SessionPlugin.Config> settings) {
        return new SessionPlugin(s -> {
            s.keys = KEYS;
            s.clock = clock;
            settings.accept(s);
        });
    }

    static void quiet(JavalinConfig config) {
        config.startup.showJavalinBanner = false;
        config.startup.showOldJavalinVersionWarning = false;
        config.startup.startupWatcherEnabled = false;
    }

    int port() {
        return javalin.port();
    }

    Browser browser() {
        return new Browser(port());
    }

    /** A browser in which this person is signed in. */
    Browser browserOf(String subject, Enum<?>... roles) {
        return browser()
                .cookie(TestSession.signedIn(
                                plugin.webSessions(), SignIn.as(subject).roles(roles))
                        .cookieHeader());
    }

    Session session(String subject, Enum<?>... roles) {
        return plugin.sessions().start(SignIn.as(subject).roles(roles));
    }

    @Override
    public void close() {
        javalin.stop();
    }
}
