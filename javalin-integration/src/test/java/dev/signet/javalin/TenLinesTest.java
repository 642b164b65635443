package dev.signet.javalin;

import static dev.signet.javalin.SessionPlugin.session;
import static org.assertj.core.api.Assertions.assertThat;

import dev.signet.SignIn;
import dev.signet.Slot;
import dev.signet.keys.KeyRing;
import io.javalin.Javalin;
import io.javalin.http.Context;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The first lines that a developer writes, as the documents have them. */
class TenLinesTest {
    record Cart(List<String> items) {
        static final Cart EMPTY = new Cart(List.of());

        Cart add(String item) {
            List<String> more = new ArrayList<>(items);
            more.add(item);
            return new Cart(more);
        }
    }

    static final Slot<Cart> CART = Slot.of("cart", Cart.class, Cart.EMPTY);

    @TempDir
    private Path directory;

    private Javalin app;

    @BeforeEach
    void start() throws IOException {
        Path keys = directory.resolve("keys.jwks");
        Files.writeString(keys, KeyRing.generate().exportSecretJwkSet());
        app = Javalin.create(config -> {
                    App.quiet(config);
                    config.registerPlugin(new SessionPlugin(s -> s.keys = KeyRing.load(keys)));
                    config.routes.post(
                            "/login",
                            ctx -> session(ctx)
                                    .start(SignIn.as(checkPassword(ctx)).carry(CART)));
                    config.routes.get("/me", ctx -> ctx.result(session(ctx).subject()));
                    config.routes.post(
                            "/cart", ctx -> session(ctx).update(CART, cart -> cart.add(ctx.formParam("item"))));
                    config.routes.post("/logout", ctx -> session(ctx).end());
                    config.routes.get(
                            "/cart",
                            ctx -> ctx.result(session(ctx).get(CART).items().toString()));
                    config.routes.get("/token", ctx -> ctx.result(session(ctx).csrfToken()));
                    config.routes.get(
                            "/with",
                            ctx -> ctx.result(ctx.with(SessionPlugin.class).subject()));
                })
                .start("127.0.0.1", 0);
    }

    @AfterEach
    void stop() {
        app.stop();
    }

    private static String checkPassword(Context ctx) {
        return String.valueOf(ctx.formParam("username"));
    }

    @Test
    void they_do_what_they_say() {
        Browser browser = new Browser(app.port());

        assertThat(browser.get("/me").status()).isEqualTo(401);
        assertThat(browser.post("/cart", "item=book").status()).isEqualTo(200);
        assertThat(browser.get("/cart").body()).isEqualTo("[book]");

        assertThat(browser.submit("/login", "username=ada").status()).isEqualTo(200);
        assertThat(browser.get("/me").body()).isEqualTo("ada");
        assertThat(browser.get("/with").body()).isEqualTo("ada");
        assertThat(browser.get("/cart").body()).isEqualTo("[book]");
        assertThat(browser.submit("/cart", "item=pen").status()).isEqualTo(200);
        assertThat(browser.get("/cart").body()).isEqualTo("[book, pen]");

        Browser thief = new Browser(app.port());
        browser.cookies().forEach((name, value) -> thief.cookie(name + "=" + value));
        assertThat(browser.submit("/logout", "").status()).isEqualTo(200);
        assertThat(browser.cookies()).isEmpty();
        assertThat(browser.get("/me").status()).isEqualTo(401);
        assertThat(thief.get("/me").status()).isEqualTo(401);
    }
}
