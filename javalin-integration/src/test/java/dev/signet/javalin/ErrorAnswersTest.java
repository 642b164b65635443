package dev.signet.javalin;

import static dev.signet.javalin.SessionPlugin.session;
import static org.assertj.core.api.Assertions.assertThat;

import dev.signet.Keeps;
import dev.signet.SessionIndex;
import dev.signet.SessionLimit;
import dev.signet.SignIn;
import dev.signet.SignInOvertaken;
import dev.signet.Slot;
import dev.signet.http.CsrfRefused;
import dev.signet.http.NotAllowed;
import dev.signet.http.NotSignedIn;
import dev.signet.revocation.Revocation;
import dev.signet.revocation.StoreUnavailable;
import io.javalin.Javalin;
import io.javalin.config.JavalinConfig;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ErrorAnswersTest {
    private App app;

    @AfterEach
    void stop() {
        app.close();
    }

    private void routes(JavalinConfig config) {
        config.routes.get("/me", ctx -> ctx.result(session(ctx).subject()));
        config.routes.get("/fresh", ctx -> session(ctx).requireFresh(Duration.ofMinutes(1)));
        config.routes.get("/allowed", ctx -> {
            throw new NotAllowed();
        });
        config.routes.get("/csrf", ctx -> {
            throw new CsrfRefused();
        });
        config.routes.get("/overtaken", ctx -> {
            session(ctx);
            app.plugin.sessions().revoke(Revocation.subject("ada"));
            session(ctx).start(SignIn.as("ada"));
        });
        config.routes.get("/many", ctx -> {
            session(ctx, "limited").start("ada");
            app.plugin.sessions("limited").start("ada");
        });
        config.routes.get("/large", ctx -> session(ctx).set(Slot.text("note"), "canary".repeat(1000)));
        config.routes.get("/store", ctx -> {
            throw new StoreUnavailable("canary");
        });
        config.routes.get(
                "/later",
                ctx -> ctx.future(() -> CompletableFuture.failedFuture(new CompletionException(new NotSignedIn()))));
    }

    @ParameterizedTest
    @CsvSource({
        "/me, 401, sign in",
        "/allowed, 403, not allowed",
        "/csrf, 403, request refused",
        "/overtaken, 409, sign in again",
        "/many, 409, too many sessions",
        "/large, 413, too much to keep",
        "/store, 503, try again later",
        "/later, 401, sign in"
    })
    void each_refusal_has_its_status_and_a_word(String path, int status, String word) {
        app = App.start(
                s -> s.also("limited", more -> {
                    more.index = SessionIndex.inMemory();
                    more.limit = SessionLimit.refusing(1);
                }),
                this::routes);
        Answer text = app.browser().get(path);
        assertThat(text.status()).isEqualTo(status);
        assertThat(text.body()).isEqualTo(word);
        assertThat(text.header("Content-Type")).startsWith("text/plain");

        Answer json = app.browser().get(path, "Accept: application/json");
        assertThat(json.status()).isEqualTo(status);
        assertThat(json.body()).isEqualTo("{\"error\":\"" + word + "\",\"status\":" + status + "}");
        assertThat(json.header("Content-Type")).startsWith("application/json");
    }

    @Test
    @Keeps("S10")
    void old_credentials_are_asked_for_again() {
        app = App.start(this::routes);
        Browser ada = app.browserOf("ada");
        assertThat(ada.get("/fresh").status()).isEqualTo(200);
        app.clock.advance(Duration.ofMinutes(2));
        assertThat(ada.get("/fresh").status()).isEqualTo(401);
    }

    @Test
    void only_a_store_that_is_away_says_when_to_come_back() {
        app = App.start(this::routes);
        assertThat(app.browser().get("/store").header("Retry-After")).isEqualTo("5");
        assertThat(app.browser().get("/me").all("Retry-After")).isEmpty();
    }

    @Nested
    class The_application_answers_for_itself {
        private void mapping(JavalinConfig config) {
            config.routes.exception(NotSignedIn.class, (e, ctx) -> ctx.redirect("/login"));
            config.routes.exception(
                    SignInOvertaken.class, (e, ctx) -> ctx.status(400).result("the form again"));
        }

        private void assertMapped(int port) {
            Browser browser = new Browser(port);
            assertThat(browser.get("/me").header("Location")).isEqualTo("/login");
            assertThat(browser.get("/overtaken").body()).isEqualTo("the form again");
            assertThat(browser.get("/csrf").status()).isEqualTo(403);
        }

        @Test
        void when_it_says_so_after_the_plugin() {
            app = App.start(config -> {
                routes(config);
                mapping(config);
            });
            assertMapped(app.port());
        }

        @Test
        void when_it_says_so_before_the_plugin() {
            app = App.create(s -> {}, config -> {});
            Javalin javalin = Javalin.create(config -> {
                        App.quiet(config);
                        mapping(config);
                        config.registerPlugin(app.plugin);
                        routes(config);
                    })
                    .start("127.0.0.1", 0);
            try {
                assertMapped(javalin.port());
            } finally {
                javalin.stop();
            }
        }

        @Test
        void for_fresh_sign_ins_as_for_others() {
            app = App.start(config -> {
                routes(config);
                mapping(config);
            });
            Browser ada = app.browserOf("ada");
            app.clock.advance(Duration.ofMinutes(2));
            assertThat(ada.get("/fresh").header("Location")).isEqualTo("/login");
        }
    }
}
