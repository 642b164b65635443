package dev.signet.javalin;

import static dev.signet.javalin.SessionPlugin.session;
import static org.assertj.core.api.Assertions.assertThat;

import dev.signet.testing.MovableClock;
import io.javalin.Javalin;
import io.javalin.config.JavalinConfig;
import io.javalin.http.servlet.JavalinServlet;
import io.javalin.http.servlet.ServletEntry;
import jakarta.servlet.Servlet;
import java.nio.file.Path;
import java.util.concurrent.CompletableFuture;
import java.util.function.Consumer;
import kotlin.LazyKt;
import org.apache.catalina.Context;
import org.apache.catalina.LifecycleException;
import org.apache.catalina.startup.Tomcat;
import org.apache.tomcat.util.descriptor.web.ErrorPage;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The same application in a server that is not Jetty. */
class OffJettyTest {
    private static final String TEAPOT = "/teapot";

    @TempDir
    private Path directory;

    private final Tomcat tomcat = new Tomcat();
    private SessionPlugin plugin;

    private Browser start(Consumer<JavalinConfig> routes) throws LifecycleException {
        plugin = App.plugin(new MovableClock(), s -> {});
        Javalin app = Javalin.create(config -> {
            App.quiet(config);
            // What Javalin itself does where there are no Jetty WebSockets on the class path.
            config.unsafe.servlet = LazyKt.lazy(() -> new ServletEntry(null, new JavalinServlet(config.unsafe)));
            config.registerPlugin(plugin);
            routes.accept(config);
        });
        Servlet servlet = app.javalinServlet();
        tomcat.setBaseDir(directory.toString());
        tomcat.setPort(0);
        Context context = tomcat.addContext("", directory.toString());
        Tomcat.addServlet(context, "javalin", servlet).setAsyncSupported(true);
        context.addServletMappingDecoded("/*", "javalin");
        ErrorPage teapot = new ErrorPage();
        teapot.setErrorCode(418);
        teapot.setLocation(TEAPOT);
        context.addErrorPage(teapot);
        tomcat.getConnector();
        tomcat.start();
        return new Browser(tomcat.getConnector().getLocalPort());
    }

    @AfterEach
    void stop() throws LifecycleException {
        tomcat.stop();
        tomcat.destroy();
    }

    private static void write(io.javalin.http.Context ctx) {
        session(ctx).set("theme", "dark");
    }

    private void assertDelivered(int status, Answer answer) {
        assertThat(answer.status()).isEqualTo(status);
        assertThat(answer.cookieNames()).containsExactlyInAnyOrder("__Host-session-visitor", "__Host-session.theme");
        assertThat(answer.header("Cache-Control")).isEqualTo("no-store");
        assertThat(answer.header("Vary")).contains("Cookie");
    }

    @Nested
    class The_cookie_is_delivered_with {
        @Test
        void a_large_result() throws LifecycleException {
            Browser browser = start(config -> config.routes.get("/", ctx -> {
                write(ctx);
                ctx.header("Expires", "Thu, 01 Jan 2099 00:00:00 GMT").result("x".repeat(1_000_000));
            }));
            Answer answer = browser.get("/");
            assertDelivered(200, answer);
            assertThat(answer.body()).hasSize(1_000_000);
            assertThat(answer.header("Expires")).isEmpty();
        }

        @Test
        void a_future() throws LifecycleException {
            Browser browser = start(config ->
                    config.routes.get("/", ctx -> ctx.future(() -> CompletableFuture.runAsync(() -> write(ctx)))));
            assertDelivered(200, browser.get("/"));
        }

        @Test
        void an_async_timeout() throws LifecycleException {
            Browser browser = start(config -> {
                // After 1 ms Javalin at times sends no answer at all, with or without the plugin.
                config.http.asyncTimeout = 200;
                config.routes.get("/", ctx -> {
                    write(ctx);
                    ctx.future(CompletableFuture::new);
                });
            });
            assertDelivered(500, browser.get("/"));
        }

        @Test
        void a_redirect() throws LifecycleException {
            Browser browser = start(config -> config.routes.get("/", ctx -> {
                write(ctx);
                ctx.redirect("/elsewhere");
            }));
            assertDelivered(302, browser.get("/"));
        }

        @Test
        void a_redirect_ahead_of_all_routes() throws LifecycleException {
            Browser browser = start(config -> config.routes.before(ctx -> {
                write(ctx);
                ctx.redirect("/elsewhere");
            }));
            assertDelivered(302, browser.get("/"));
        }

        @Test
        void an_after_handler_that_writes_it() throws LifecycleException {
            Browser browser = start(config -> {
                config.routes.get("/", ctx -> {});
                config.routes.after(OffJettyTest::write);
            });
            assertDelivered(200, browser.get("/"));
        }

        @Test
        void the_page_about_an_error() throws LifecycleException {
            Browser browser = start(config -> {
                config.routes.get("/", ctx -> ctx.res().sendError(418));
                config.routes.get(TEAPOT, OffJettyTest::write);
            });
            assertDelivered(418, browser.get("/"));
        }

        @Test
        void a_404() throws LifecycleException {
            assertDelivered(
                    404,
                    start(config -> config.routes.before(OffJettyTest::write)).get("/nowhere"));
        }

        @Test
        void an_exception() throws LifecycleException {
            Browser browser = start(config -> config.routes.get("/", ctx -> {
                write(ctx);
                throw new IllegalStateException("expected by a test");
            }));
            assertDelivered(500, browser.get("/"));
        }

        @Test
        void an_error() throws LifecycleException {
            Browser browser = start(config -> config.routes.get("/", ctx -> {
                write(ctx);
                throw new StackOverflowError("expected by a test");
            }));
            assertDelivered(500, browser.get("/"));
        }
    }

    @Nested
    class What_leaves_before_the_handlers_are_through_is_lost {
        @Test
        void such_as_a_flushed_response() throws LifecycleException {
            Browser browser = start(config -> config.routes.get("/", ctx -> {
                write(ctx);
                ctx.res().flushBuffer();
            }));
            assertThat(browser.get("/").setCookies()).isEmpty();
        }

        @Test
        void such_as_a_response_that_skips_the_remaining_handlers() throws LifecycleException {
            Browser browser = start(config -> config.routes.get("/", ctx -> {
                write(ctx);
                ctx.result("enough").skipRemainingHandlers();
            }));
            assertThat(browser.get("/").setCookies()).isEmpty();
        }

        @Test
        void such_as_an_output_stream_beyond_the_buffer() throws LifecycleException {
            Browser browser = start(config -> config.routes.get("/", ctx -> {
                write(ctx);
                ctx.outputStream().write(new byte[200_000]);
            }));
            assertThat(browser.get("/").setCookies()).isEmpty();
        }
    }

    @Nested
    class Otherwise {
        @Test
        void a_late_write_still_throws() throws LifecycleException {
            Browser browser = start(config -> config.routes.get("/", ctx -> {
                ctx.res().flushBuffer();
                try {
                    write(ctx);
                } catch (IllegalStateException late) {
                    ctx.outputStream().print("late");
                }
            }));
            assertThat(browser.get("/").body()).isEqualTo("late");
        }

        @Test
        void guards_and_sign_out_work_as_they_do_on_Jetty() throws LifecycleException {
            Browser ada = start(config -> {
                config.routes.get("/me", ctx -> ctx.result(session(ctx).subject()), SessionRoute.SIGNED_IN);
                config.routes.get("/token", ctx -> ctx.result(session(ctx).csrfToken()));
                config.routes.post("/logout", ctx -> session(ctx).end());
            });
            assertThat(ada.get("/me").status()).isEqualTo(401);
            ada.cookie(plugin.webSessions().cookieHeader(plugin.sessions().start("ada")));
            assertThat(ada.get("/me").body()).isEqualTo("ada");
            assertThat(ada.post("/logout", "").status()).isEqualTo(403);
            assertThat(ada.submit("/logout", "").status()).isEqualTo(200);
            assertThat(ada.cookies()).isEmpty();
        }

        @Test
        void a_page_that_does_not_ask_is_left_as_it_is() throws LifecycleException {
            Answer answer = start(config -> config.routes.get("/", ctx -> ctx.result("public")))
                    .get("/");
            assertThat(answer.body()).isEqualTo("public");
            assertThat(answer.setCookies()).isEmpty();
            assertThat(answer.header("Cache-Control")).isEmpty();
            assertThat(answer.header("Vary")).isEmpty();
        }

        @Test
        void reading_sets_no_cookie() throws LifecycleException {
            Browser browser = start(config -> config.routes.get(
                    "/", ctx -> ctx.result(session(ctx).get("theme").orElse("none"))));
            assertThat(browser.get("/").setCookies()).isEmpty();
        }
    }
}
