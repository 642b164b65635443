package dev.signet.javalin;

import static dev.signet.javalin.SessionPlugin.session;
import static org.assertj.core.api.Assertions.assertThat;

import dev.signet.Sessions;
import dev.signet.SignIn;
import dev.signet.Slot;
import dev.signet.Verification;
import dev.signet.keys.KeyRing;
import dev.signet.revocation.Revocations;
import io.javalin.Javalin;
import io.javalin.http.Context;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The README's snippets. */
class ReadmeTest {
    record Cart(List<String> items) {
        static final Cart EMPTY = new Cart(List.of());

        Cart add(String item) {
            List<String> more = new ArrayList<>(items);
            more.add(item);
            return new Cart(more);
        }
    }

    // snippet: README.md, file is Path.of("keys.jwks"), port is 7070
    static final Slot<Cart> CART = Slot.of("cart", Cart.class, Cart.EMPTY);

    // not shown
    private static Javalin started(Path file, int port) {
        return
        // shown
        Javalin.create(config -> {
                    // not shown
                    App.quiet(config);
                    config.routes.get("/token", ctx -> ctx.result(session(ctx).csrfToken()));
                    config.routes.get(
                            "/cart",
                            ctx -> ctx.result(session(ctx).get(CART).items().toString()));
                    config.routes.get(
                            "/with",
                            ctx -> ctx.result(ctx.with(SessionPlugin.class).subject()));
                    // shown
                    config.registerPlugin(new SessionPlugin(s -> s.keys = KeyRing.load(file)));
                    config.routes.post(
                            "/login",
                            ctx -> session(ctx)
                                    .start(SignIn.as(checkPassword(ctx)).carry(CART)));
                    config.routes.get("/me", ctx -> ctx.result(session(ctx).subject())); // 401 for strangers
                    config.routes.post(
                            "/cart", ctx -> session(ctx).update(CART, cart -> cart.add(ctx.formParam("item"))));
                    config.routes.post("/logout", ctx -> session(ctx).end());
                })
                .start(port);
        // end of snippet
    }

    private static String checkPassword(Context ctx) {
        return String.valueOf(ctx.formParam("username"));
    }

    private static void library(KeyRing keys, PrintStream out) {
        // snippet: README.md, out is System.out
        Sessions sessions = Sessions.with(keys)
                .application("shop")
                .revocations(Revocations.inMemory())
                .build();
        String ticket = sessions.issue(sessions.start("ada"));
        if (sessions.verify(ticket) instanceof Verification.Active active) {
            out.println(
                    active.session().subject() + " until " + active.session().idleUntil());
        }
        sessions.end(sessions.verify(ticket).active().orElseThrow());
        out.println(sessions.verify(ticket).outcome()); // REVOKED, and so is every copy
        // end of snippet
    }

    @TempDir
    private Path directory;

    @Test
    void the_application_does_what_its_lines_say() throws IOException {
        Path file = directory.resolve("keys.jwks");
        Files.writeString(file, KeyRing.generate().exportSecretJwkSet());
        Javalin app = started(file, 0);
        try {
            drive(app.port());
        } finally {
            app.stop();
        }
    }

    @Test
    void the_library_prints_who_it_was_and_that_nobody_is_left() throws IOException {
        Path printed = directory.resolve("printed");
        try (PrintStream out = new PrintStream(printed.toFile())) {
            library(KeyRing.generate(), out);
        }
        assertThat(printed).content().startsWith("ada until ").endsWith("REVOKED" + System.lineSeparator());
    }

    private static void drive(int port) {
        Browser browser = new Browser(port);
        assertThat(browser.get("/me").status()).isEqualTo(401);
        assertThat(browser.post("/cart", "item=book").status()).isEqualTo(200);
        assertThat(browser.submit("/login", "username=ada").status()).isEqualTo(200);
        assertThat(browser.get("/me").body()).isEqualTo("ada");
        assertThat(browser.get("/with").body()).isEqualTo("ada");
        assertThat(browser.submit("/cart", "item=pen").status()).isEqualTo(200);
        assertThat(browser.get("/cart").body()).isEqualTo("[book, pen]");
        assertThat(browser.post("/logout", "").status())
                .as("a sign-out without its token")
                .isEqualTo(403);
        assertThat(browser.get("/me").body()).isEqualTo("ada");

        Browser thief = new Browser(port);
        browser.cookies().forEach((name, value) -> thief.cookie(name + "=" + value));
        assertThat(browser.submit("/logout", "").status()).isEqualTo(200);
        assertThat(browser.cookies()).isEmpty();
        assertThat(browser.get("/me").status()).isEqualTo(401);
        assertThat(thief.get("/me").status()).isEqualTo(401);
    }
}
