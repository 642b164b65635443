package dev.signet.testing;

import dev.signet.http.WebSessions;
import io.javalin.Javalin;
import java.net.URI;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.extension.BeforeAllCallback;
import org.junit.jupiter.api.extension.BeforeEachCallback;
import org.junit.jupiter.api.extension.ExtensionContext;
import org.junit.jupiter.api.extension.ExtensionContext.Namespace;
import org.junit.jupiter.api.extension.ParameterContext;
import org.junit.jupiter.api.extension.ParameterResolver;

/**
 * Runs a Javalin application on a free port of this machine: for each test, or in a static field for all tests of a class. Each parameter of type
 * {@link Browser} is a browser of its own.
 *
 * <pre>{@code @RegisterExtension final JavalinExtension running = JavalinExtension.of(shop::javalin, shop::sessions);}</pre>
 */
public final class JavalinExtension implements BeforeAllCallback, BeforeEachCallback, ParameterResolver {
    private static final Namespace NAMESPACE = Namespace.create(JavalinExtension.class);

    private final Supplier<Javalin> application;
    private final Supplier<WebSessions> sessions;
    private volatile @Nullable Running running;

    private record Running(Javalin javalin, WebSessions sessions) implements AutoCloseable {
        @Override
        public void close() {
            javalin.stop();
        }
    }

    private JavalinExtension(Supplier<Javalin> application, Supplier<WebSessions> sessions) {
        this.application = application;
        this.sessions = sessions;
    }

    /**
     * @param application makes what is to be started
     * @param sessions the sessions of that application; asked after it was made
     */
    public static JavalinExtension of(Supplier<Javalin> application, Supplier<WebSessions> sessions) {
        return new JavalinExtension(application, sessions);
    }

    /** Called by JUnit. */
    @Override
    public void beforeAll(ExtensionContext context) {
        startOnce(context);
    }

    /** Called by JUnit. */
    @Override
    public void beforeEach(ExtensionContext context) {
        startOnce(context);
    }

    /** JUnit closes what is in its store when the test, or the class, that put it there is over. */
    private void startOnce(ExtensionContext context) {
        running = context.getStore(NAMESPACE).computeIfAbsent(this, key -> start(), Running.class);
    }

    private Running start() {
        Javalin made = application.get();
        return new Running(made.start("localhost", 0), sessions.get());
    }

    /** Where it is: {@code http://localhost:} and the port. */
    public URI origin() {
        return URI.create("http://localhost:" + running().javalin().port());
    }

    public WebSessions sessions() {
        return running().sessions();
    }

    /** A browser without cookies. */
    public Browser browser() {
        return Browser.at(origin(), sessions());
    }

    private Running running() {
        Running now = running;
        if (now == null) {
            throw new IllegalStateException(
                    "the application is not running yet: annotate this field with @RegisterExtension, and ask in the tests");
        }
        return now;
    }

    /** Called by JUnit. */
    @Override
    public boolean supportsParameter(ParameterContext parameter, ExtensionContext context) {
        return parameter.getParameter().getType() == Browser.class;
    }

    /** Called by JUnit. */
    @Override
    public Object resolveParameter(ParameterContext parameter, ExtensionContext context) {
        return browser();
    }
}
