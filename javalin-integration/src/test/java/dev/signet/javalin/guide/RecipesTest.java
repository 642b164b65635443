package dev.signet.javalin.guide;

import static dev.signet.javalin.SessionPlugin.session;
import static dev.signet.javalin.SessionRoute.SIGNED_IN;
import static dev.signet.javalin.SessionRoute.SIGN_IN;
import static dev.signet.testing.SignetAssertions.assertThat;
import static org.assertj.core.api.Assertions.assertThat;

import dev.signet.Lifetime;
import dev.signet.Sessions;
import dev.signet.SignIn;
import dev.signet.Slot;
import dev.signet.http.WebSessions;
import dev.signet.javalin.SessionPlugin;
import dev.signet.keys.KeyRing;
import dev.signet.testing.Browser;
import dev.signet.testing.JavalinExtension;
import dev.signet.testing.MovableClock;
import io.javalin.Javalin;
import io.javalin.config.JavalinConfig;
import io.javalin.http.Context;
import io.javalin.http.HttpStatus;
import io.javalin.security.RouteRole;
import java.time.Duration;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** The snippets of {@code docs/recipes.md}. */
class RecipesTest {
    // snippet: docs/recipes.md
    static final Slot<String> THEME = Slot.text("theme", "light");
    // end of snippet

    // snippet: docs/recipes.md
    enum Customer implements RouteRole {
        BUYER
    }

    enum Staff implements RouteRole {
        CLERK
    }
    // end of snippet

    private final KeyRing keys = KeyRing.generate();

    private static String recognised(Context ctx) {
        return String.valueOf(ctx.formParam("username"));
    }

    private static void changePassword(Context ctx) {
        ctx.result("changed");
    }

    private static void addPages(JavalinConfig config) {
        config.routes.get("/form", ctx -> ctx.html(session(ctx).csrfField()));
        config.routes.get("/me", ctx -> ctx.result(session(ctx).subject()));
    }

    private static void settings(SessionPlugin.Config s) {
        // snippet: docs/recipes.md
        s.remembered = Lifetime.of(Duration.ofDays(7), Duration.ofDays(30)).keptByBrowser();
        s.lifetime("kiosk", Lifetime.of(Duration.ofMinutes(2), Duration.ofMinutes(15)));
        // end of snippet

        // snippet: docs/recipes.md
        s.visitors = Lifetime.of(Duration.ofDays(30), Duration.ofDays(365)).keptByBrowser();
        // end of snippet
    }

    private static void routes(JavalinConfig config) {
        // snippet: docs/recipes.md
        config.routes.post(
                "/login",
                ctx -> {
                    SignIn signIn = SignIn.as(recognised(ctx));
                    session(ctx).start(ctx.formParam("remember") == null ? signIn : signIn.remember());
                },
                SIGN_IN);
        // end of snippet

        // snippet: docs/recipes.md
        config.routes.post(
                "/transfer",
                ctx -> {
                    session(ctx).requireFresh(Duration.ofMinutes(5));
                    ctx.result("transferred");
                },
                SIGNED_IN);
        config.routes.post(
                "/confirm",
                ctx -> {
                    session(ctx).restart(SignIn.as(recognised(ctx)).amr("pwd", "otp"));
                    ctx.result("confirmed");
                },
                SIGNED_IN);
        // end of snippet

        // snippet: docs/recipes.md
        config.routes.post(
                "/password",
                ctx -> {
                    session(ctx).requireFresh(Duration.ofMinutes(5));
                    changePassword(ctx);
                    session(ctx).endOthers();
                },
                SIGNED_IN);
        // end of snippet

        // snippet: docs/recipes.md
        config.routes.post("/order", ctx -> {
            session(ctx).flash("Thank you, it is on its way.");
            ctx.redirect("/orders", HttpStatus.SEE_OTHER);
        });
        config.routes.get(
                "/orders", ctx -> ctx.result(String.join("\n", session(ctx).takeFlash())));
        // end of snippet

        // snippet: docs/recipes.md
        config.routes.post("/theme", ctx -> session(ctx).set(THEME, ctx.formParam("theme")));
        config.routes.get("/theme", ctx -> ctx.result(session(ctx).get(THEME)));
        config.routes.post("/leave", ctx -> session(ctx).end(THEME));
        config.routes.post(
                "/return", ctx -> session(ctx).start(SignIn.as(recognised(ctx)).carry(THEME)), SIGN_IN);
        // end of snippet
    }

    @Nested
    class One_session {
        private final MovableClock clock = new MovableClock();

        private final SessionPlugin plugin = new SessionPlugin(s -> {
            s.keys = keys;
            s.clock = clock;
            settings(s);
        });

        @RegisterExtension
        private final JavalinExtension running = JavalinExtension.of(this::application, plugin::webSessions);

        private Javalin application() {
            return Javalin.create(config -> {
                config.registerPlugin(plugin);
                addPages(config);
                config.routes.post(
                        "/kiosk", ctx -> session(ctx).start(SignIn.as("ada").lifetime("kiosk")), SIGN_IN);
                routes(config);
            });
        }

        private static Browser signedIn(Browser browser) {
            assertThat(browser.submit("/form", "/login", "username", "ada")).signsIn("ada");
            return browser;
        }

        @Test
        void survives_closing_the_browser_where_it_is_remembered(Browser ada) {
            assertThat(signedIn(ada).restart().get("/me")).hasStatus(401);

            ada.submit("/form", "/login", "username", "ada", "remember", "yes");
            assertThat(ada.restart().get("/me")).hasStatus(200);
            clock.advance(Duration.ofDays(7));
            assertThat(ada.get("/me")).hasStatus(401);
        }

        @Test
        void has_a_lifetime_by_name(Browser ada) {
            assertThat(ada.submit("/form", "/kiosk")).signsIn("ada");
            clock.advance(Duration.ofMinutes(2));
            assertThat(ada.get("/me")).hasStatus(401);
        }

        @Test
        void asks_for_fresh_credentials_before_what_is_dangerous(Browser ada) {
            assertThat(signedIn(ada).submit("/form", "/transfer")).hasStatus(200);
            clock.advance(Duration.ofMinutes(6));
            assertThat(ada.submit("/form", "/transfer")).hasStatus(401);

            Browser copy = ada.copy();
            assertThat(ada.submit("/form", "/confirm", "username", "ada")).hasStatus(200);
            assertThat(ada.submit("/form", "/transfer")).hasStatus(200);
            assertThat(copy.get("/me")).hasStatus(401);
        }

        @Test
        void ends_the_others_after_a_changed_password(Browser ada, Browser elsewhere) {
            signedIn(ada);
            signedIn(elsewhere);

            assertThat(ada.submit("/form", "/password")).hasStatus(200);

            assertThat(ada.get("/me")).hasStatus(200);
            assertThat(elsewhere.get("/me")).hasStatus(401);
        }

        @Test
        void shows_a_flash_message_once(Browser browser) {
            String shown = browser.follow(browser.submit("/form", "/order")).body();

            assertThat(shown).isEqualTo("Thank you, it is on its way.");
            assertThat(browser.get("/orders").body()).isEmpty();
        }

        @Test
        void shows_no_message_that_waited_for_somebody_else(Browser browser) {
            browser.submit("/form", "/order");
            assertThat(browser.submit("/form", "/login", "username", "ada")).signsIn("ada");
            assertThat(browser.get("/orders").body()).isEmpty();

            browser.submit("/form", "/order");
            browser.submit("/form", "/leave");
            assertThat(browser.get("/orders").body()).isEmpty();
        }

        @Test
        void leaves_preferences_behind_and_takes_them_up_again(Browser ada) {
            signedIn(ada).submit("/form", "/theme", "theme", "dark");

            assertThat(ada.submit("/form", "/leave")).clearsSession();
            assertThat(ada.get("/theme").body()).isEqualTo("dark");
            clock.advance(Duration.ofDays(29));
            assertThat(ada.restart().get("/theme").body()).isEqualTo("dark");
            assertThat(ada.submit("/form", "/return", "username", "ada")).signsIn("ada");
            assertThat(ada.get("/theme").body()).isEqualTo("dark");
        }
    }

    @Nested
    class Two_sessions {
        @RegisterExtension
        private final JavalinExtension running = JavalinExtension.of(
                this::application,
                () -> WebSessions.with(Sessions.with(keys).build()).build());

        private Javalin application() {
            return Javalin.create(config -> {
                // snippet: docs/recipes.md
                config.registerPlugin(new SessionPlugin(s -> {
                    s.keys = keys;
                    s.roles = Customer.class;
                    s.also("office", office -> {
                        office.roles = Staff.class;
                        office.lifetime = Lifetime.of(Duration.ofMinutes(15), Duration.ofHours(8));
                    });
                }));
                config.routes.post(
                        "/buyers",
                        ctx -> session(ctx).start(SignIn.as(recognised(ctx)).roles(Customer.BUYER)),
                        SIGN_IN);
                config.routes.post(
                        "/clerks",
                        ctx -> session(ctx, "office")
                                .start(SignIn.as(recognised(ctx)).roles(Staff.CLERK)),
                        SIGN_IN);
                config.routes.get("/basket", ctx -> ctx.result(session(ctx).subject()), Customer.BUYER);
                config.routes.get(
                        "/invoices", ctx -> ctx.result(session(ctx, "office").subject()), Staff.CLERK);
                // end of snippet
                addPages(config);
                config.routes.post("/leave", ctx -> session(ctx).end());
            });
        }

        @Test
        void stand_side_by_side(Browser ada) {
            ada.submit("/form", "/buyers", "username", "ada");
            assertThat(ada.get("/basket").body()).isEqualTo("ada");
            assertThat(ada.get("/invoices")).hasStatus(401);

            ada.submit("/form", "/clerks", "username", "lovelace");
            assertThat(ada.get("/basket").body()).isEqualTo("ada");
            assertThat(ada.get("/invoices").body()).isEqualTo("lovelace");

            ada.submit("/form", "/leave");
            assertThat(ada.get("/basket")).hasStatus(401);
            assertThat(ada.get("/invoices").body()).isEqualTo("lovelace");
        }
    }
}
