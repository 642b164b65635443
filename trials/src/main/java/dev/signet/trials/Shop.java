package dev.signet.trials;

import static dev.signet.javalin.SessionPlugin.session;

import dev.signet.Lifetime;
import dev.signet.Session;
import dev.signet.SignIn;
import dev.signet.Slot;
import dev.signet.http.Csrf;
import dev.signet.javalin.SessionPlugin;
import dev.signet.javalin.SessionRoute;
import dev.signet.keys.KeyRing;
import dev.signet.revocation.Revocations;
import io.javalin.Javalin;
import io.javalin.config.RoutesConfig;
import io.javalin.http.Context;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * The application process of a soak: the sample's shop without its pages and with as many accounts as are asked for. Who signs in by password and whose
 * sixty-fourth sign-out ends all others, as with the three people of the sample, would be another trial.
 */
final class Shop {
    static final String APPLICATION = "trials";
    /** Short, so that tickets are renewed, and come under new keys, within seconds. */
    static final Lifetime LIFETIME = Lifetime.DEFAULT.renewAfter(Duration.ofSeconds(2));

    private static final Slot<Cart> CART =
            Slot.of("cart", Cart.class, new Cart(List.of())).atMost(2048);
    private static final int FORGETS_EVERY = 50;

    private final Revocations revocations;
    private final Sabotage sabotage;
    private final Leak leak = new Leak();
    private final AtomicInteger writes = new AtomicInteger();

    /** What somebody wants to buy. Immutable. */
    record Cart(List<String> items) {
        Cart {
            items = List.copyOf(items);
        }

        Cart with(String item) {
            List<String> more = new ArrayList<>(items);
            more.add(item);
            return new Cart(more);
        }
    }

    private Shop(Revocations revocations, Sabotage sabotage) {
        this.revocations = revocations;
        this.sabotage = sabotage;
    }

    /** Arguments: port, key file, address of the log, and what is sabotaged here. */
    public static void main(String[] arguments) {
        Lifeline.endWithTheDriver();
        Sabotage sabotage = Sabotage.named(arguments[3]);
        Revocations revocations = sabotage == Sabotage.DEAF
                ? Revocations.none()
                : Revocations.on(Logs.await(arguments[2])).build();
        KeyRing keys = KeyRing.load(Path.of(arguments[1]));
        Javalin shop = new Shop(revocations, sabotage).open(keys);
        shop.start("127.0.0.1", Integer.parseInt(arguments[0]));
        Runtime.getRuntime().addShutdownHook(new Thread(shop::stop, "close the shop"));
    }

    private Javalin open(KeyRing keys) {
        return Javalin.create(config -> {
            config.startup.showJavalinBanner = false;
            config.registerPlugin(new SessionPlugin(s -> {
                s.keys = keys;
                s.application = APPLICATION;
                s.revocations = revocations;
                s.csrf = sabotage == Sabotage.CREDULOUS ? Csrf.off() : Csrf.on();
                s.lifetime = LIFETIME;
                s.slots = List.of(CART);
            }));
            routes(config.routes);
        });
    }

    private void routes(RoutesConfig routes) {
        routes.get(Paths.PUBLIC, this::publicPage);
        routes.get(
                Paths.OPTIONAL,
                ctx -> ctx.result(session(ctx).current().map(Session::subject).orElse(Paths.NOBODY)));
        routes.get(Paths.TOKEN, ctx -> ctx.result(session(ctx).csrfToken()));
        routes.get(Paths.CART, ctx -> ctx.result(text(session(ctx).get(CART))));
        routes.post(Paths.CART, this::add);
        routes.post(Paths.EMPTY, Shop::empty);
        routes.post(Paths.SIGN_IN, Shop::signIn, SessionRoute.SIGN_IN);
        routes.get(Paths.GUARDED, Shop::who, SessionRoute.SIGNED_IN);
        routes.get(Paths.AUTHORITATIVE, Shop::who, SessionRoute.SIGNED_IN, SessionRoute.AUTHORITATIVE);
        routes.post(Paths.SIGN_OUT, ctx -> answer(ctx, session(ctx).end()));
        routes.post(Paths.EVERYWHERE, ctx -> answer(ctx, session(ctx).endEverywhere()), SessionRoute.SIGNED_IN);
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

    private void add(Context ctx) {
        String item = Objects.requireNonNull(ctx.formParam("item"));
        boolean forgets = sabotage == Sabotage.FORGETFUL && writes.incrementAndGet() % FORGETS_EVERY == 0;
        ctx.result(
                text(forgets ? session(ctx).get(CART).with(item) : session(ctx).update(CART, cart -> cart.with(item))));
    }

    private static void empty(Context ctx) {
        session(ctx).remove(CART);
        ctx.result("");
    }

    private static String text(Cart cart) {
        return String.join("\n", cart.items());
    }

    private static void signIn(Context ctx) {
        SignIn signIn =
                SignIn.as(Objects.requireNonNull(ctx.formParam("subject"))).carry(CART);
        ctx.result(session(ctx).start(signIn).id());
    }

    private static void who(Context ctx) {
        ctx.result(session(ctx).subject());
    }

    private static void answer(Context ctx, boolean ended) {
        ctx.result(ended ? Paths.ENDED : Paths.NOBODY);
    }
}
