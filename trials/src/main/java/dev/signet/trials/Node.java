package dev.signet.trials;

import static dev.signet.javalin.SessionPlugin.session;

import dev.signet.Lifetime;
import dev.signet.Session;
import dev.signet.http.Csrf;
import dev.signet.javalin.SessionPlugin;
import dev.signet.javalin.SessionRoute;
import dev.signet.keys.KeyRing;
import dev.signet.revocation.Revocations;
import dev.signet.revocation.StoreUnavailable;
import io.javalin.Javalin;
import io.javalin.config.RoutesConfig;
import io.javalin.http.Context;
import io.javalin.http.HttpStatus;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Objects;
import java.util.function.BooleanSupplier;
import org.eclipse.jetty.util.thread.QueuedThreadPool;

/** The application process of the fault run: a few pages on Signet, with the log of a store. */
final class Node {
    /** As many as the driver has threads, so that those who wait for a stopped store leave room for public pages. */
    private static final int THREADS = 40;
    /** Short, so that tickets are renewed, and old copies of them are kept, within seconds. */
    private static final Lifetime LIFETIME = Lifetime.DEFAULT.renewAfter(Duration.ofSeconds(2));

    private final Revocations revocations;
    private final Sabotage sabotage;
    private final Leak leak = new Leak();

    private Node(Revocations revocations, Sabotage sabotage) {
        this.revocations = revocations;
        this.sabotage = sabotage;
    }

    /** Arguments: port, key file, address of the log, and what is sabotaged here. */
    public static void main(String[] arguments) {
        Lifeline.endWithTheDriver();
        int port = Integer.parseInt(arguments[0]);
        KeyRing keys = KeyRing.load(Path.of(arguments[1]));
        Sabotage sabotage = Sabotage.named(arguments[3]);
        Revocations revocations = sabotage == Sabotage.DEAF
                ? Revocations.none()
                : Revocations.on(Logs.await(arguments[2])).build();
        new Node(revocations, sabotage).start(port, keys);
    }

    private void start(int port, KeyRing keys) {
        Javalin.create(config -> {
                    config.startup.showJavalinBanner = false;
                    config.jetty.threadPool = new QueuedThreadPool(THREADS, THREADS);
                    config.registerPlugin(new SessionPlugin(s -> {
                        s.keys = keys;
                        s.application = "trials";
                        s.revocations = revocations;
                        s.csrf = Csrf.originOnly();
                        s.lifetime = LIFETIME;
                    }));
                    routes(config.routes);
                })
                .start("127.0.0.1", port);
    }

    private void routes(RoutesConfig routes) {
        routes.get(Paths.PUBLIC, this::publicPage);
        routes.get(
                Paths.OPTIONAL,
                ctx -> ctx.result(session(ctx).current().map(Session::subject).orElse(Paths.NOBODY)));
        routes.post(Paths.SIGN_IN, Node::signIn, SessionRoute.SIGN_IN);
        routes.get(Paths.GUARDED, Node::who, SessionRoute.SIGNED_IN);
        routes.get(Paths.AUTHORITATIVE, Node::who, SessionRoute.SIGNED_IN, SessionRoute.AUTHORITATIVE);
        routes.post(Paths.SIGN_OUT, this::signOut);
        routes.post(Paths.EVERYWHERE, this::everywhere, SessionRoute.SIGNED_IN);
        routes.get(Paths.HEALTH, this::health);
        routes.get(
                Paths.FIGURES,
                ctx -> ctx.result(
                        Figures.measured(revocations.status().entries()).text()));
    }

    private void publicPage(Context ctx) {
        if (sabotage == Sabotage.LEAK) {
            leak.drip();
        }
        ctx.result("welcome");
    }

    private static void signIn(Context ctx) {
        ctx.result(session(ctx)
                .start(Objects.requireNonNull(ctx.formParam("subject")))
                .id());
    }

    private static void who(Context ctx) {
        ctx.result(session(ctx).subject());
    }

    private void signOut(Context ctx) {
        answer(ctx, honestly(() -> session(ctx).end()));
    }

    private void everywhere(Context ctx) {
        answer(ctx, honestly(() -> session(ctx).endEverywhere()));
    }

    private boolean honestly(BooleanSupplier end) {
        try {
            return end.getAsBoolean();
        } catch (StoreUnavailable e) {
            if (sabotage == Sabotage.LIAR) {
                return true;
            }
            throw e;
        }
    }

    private static void answer(Context ctx, boolean ended) {
        ctx.result(ended ? Paths.ENDED : Paths.NOBODY);
    }

    private void health(Context ctx) {
        Revocations.Status status = revocations.status();
        ctx.status(status.answering() ? HttpStatus.OK : HttpStatus.SERVICE_UNAVAILABLE)
                .header("Retry-After", "1")
                .result(status.toString());
    }
}
