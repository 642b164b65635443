package dev.signet.javalin;

import static dev.signet.javalin.SessionPlugin.session;
import static org.assertj.core.api.Assertions.assertThat;

import dev.signet.Keeps;
import dev.signet.Tries;
import dev.signet.http.WebSession;
import io.javalin.http.Context;
import io.javalin.http.staticfiles.Location;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;

/** Whatever becomes of a response, the cookie that its handler wrote is in it. */
class CommitTest {
    private static final String THEME = "__Host-session.theme";
    private static final List<String> BOTH = List.of("__Host-session-visitor", THEME);

    private App app;

    @AfterEach
    void stop() {
        app.close();
    }

    private static void write(Context ctx) {
        session(ctx).set("theme", "dark");
    }

    private Answer get(String path, String... headers) {
        return app.browser().get(path, headers);
    }

    private void assertDelivered(int status, Answer answer) {
        assertThat(answer.status()).isEqualTo(status);
        assertThat(answer.cookieNames()).containsExactlyInAnyOrderElementsOf(BOTH);
        assertThat(answer.header("Cache-Control")).isEqualTo("no-store");
    }

    @Nested
    class The_cookie_is_delivered_with {
        @Test
        void a_result() {
            app = App.start(config -> config.routes.get("/", ctx -> {
                write(ctx);
                ctx.result("fine");
            }));
            Answer answer = get("/");
            assertDelivered(200, answer);
            assertThat(answer.body()).isEqualTo("fine");
        }

        @Test
        void a_large_result() {
            app = App.start(config -> config.routes.get("/", ctx -> {
                write(ctx);
                ctx.result("x".repeat(1_000_000));
            }));
            Answer answer = get("/");
            assertDelivered(200, answer);
            assertThat(answer.body()).hasSize(1_000_000);
        }

        @Test
        void a_future() {
            app = App.start(config -> config.routes.get(
                    "/",
                    ctx -> ctx.future(() -> CompletableFuture.runAsync(() -> {
                        write(ctx);
                        ctx.result("later");
                    }))));
            Answer answer = get("/");
            assertDelivered(200, answer);
            assertThat(answer.body()).isEqualTo("later");
        }

        @Test
        void an_async_timeout() {
            app = App.start(config -> {
                // After 1 ms Javalin at times sends no answer at all, with or without the plugin.
                config.http.asyncTimeout = 200;
                config.routes.get("/", ctx -> {
                    write(ctx);
                    ctx.future(CompletableFuture::new);
                });
            });
            Answer answer = get("/");
            assertDelivered(500, answer);
            assertThat(answer.body()).isEqualTo("Request Timeout");
        }

        @Test
        void a_redirect() {
            app = App.start(config -> config.routes.get("/", ctx -> {
                write(ctx);
                ctx.redirect("/elsewhere");
            }));
            assertDelivered(302, get("/"));
        }

        @Test
        void a_404() {
            app = App.start(config -> config.routes.before(CommitTest::write));
            assertDelivered(404, get("/nowhere"));
        }

        @Test
        void an_exception() {
            app = App.start(config -> config.routes.get("/", ctx -> {
                write(ctx);
                throw new IllegalStateException("expected by a test");
            }));
            assertDelivered(500, get("/"));
        }

        @Test
        void an_error() {
            app = App.start(config -> config.routes.get("/", ctx -> {
                write(ctx);
                throw new StackOverflowError("expected by a test");
            }));
            assertDelivered(500, get("/"));
        }

        @Test
        void a_static_file() {
            app = App.start(config -> {
                config.staticFiles.add("/public", Location.CLASSPATH);
                config.routes.before(CommitTest::write);
            });
            Answer answer = get("/hello.txt");
            assertDelivered(200, answer);
            assertThat(answer.body()).startsWith("hello");
        }

        @Test
        void an_output_stream_beyond_the_buffer() {
            app = App.start(config -> config.routes.get("/", ctx -> {
                write(ctx);
                ctx.outputStream().write(new byte[200_000]);
            }));
            Answer answer = get("/");
            assertDelivered(200, answer);
            assertThat(answer.body()).hasSize(200_000);
        }

        @Test
        void flushBuffer() {
            app = App.start(config -> config.routes.get("/", ctx -> {
                write(ctx);
                ctx.res().flushBuffer();
            }));
            assertDelivered(200, get("/"));
        }

        @Test
        void server_sent_events() {
            app = App.start(config -> {
                config.routes.before(CommitTest::write);
                config.routes.sse("/", client -> client.sendEvent("hello"));
            });
            Answer answer = get("/", "Accept: text/event-stream");
            assertDelivered(200, answer);
            assertThat(answer.body()).contains("data: hello");
        }

        @Test
        void sendError() {
            app = App.start(config -> config.routes.get("/", ctx -> {
                write(ctx);
                ctx.res().sendError(418);
            }));
            assertDelivered(418, get("/"));
        }

        @Test
        void sendError_before_anybody_asked() {
            app = App.start(config -> config.routes.get("/", ctx -> {
                ctx.res().sendError(418);
                write(ctx);
            }));
            assertDelivered(418, get("/"));
        }

        @Test
        void skipRemainingHandlers() {
            app = App.start(config -> config.routes.get("/", ctx -> {
                write(ctx);
                ctx.result("enough").skipRemainingHandlers();
            }));
            assertDelivered(200, get("/"));
        }

        @Test
        void an_upgrade_to_a_WebSocket() {
            app = App.start(config -> {
                config.routes.wsBeforeUpgrade(CommitTest::write);
                config.routes.ws("/", socket -> {});
            });
            try (Wire wire = new Wire(app.port())) {
                assertDelivered(101, wire.upgrade("/"));
            }
        }

        @Test
        void a_refused_upgrade() {
            app = App.start(config -> {
                config.routes.wsBeforeUpgrade(CommitTest::write);
                config.routes.ws("/", socket -> {}, SessionRoute.SIGNED_IN);
            });
            try (Wire wire = new Wire(app.port())) {
                assertThat(wire.upgrade("/").status()).isEqualTo(401);
            }
        }

        @Test
        void a_HEAD_request() {
            app = App.start(config -> {
                config.routes.before(CommitTest::write);
                config.routes.get("/", ctx -> ctx.result("body"));
            });
            Answer answer = app.browser().send("HEAD /", "");
            assertDelivered(200, answer);
            assertThat(answer.body()).isEmpty();
        }

        @Test
        void a_HEAD_handler_of_its_own() {
            app = App.start(config -> config.routes.head("/", CommitTest::write));
            assertDelivered(200, app.browser().send("HEAD /", ""));
        }

        @Test
        void an_answer_after_100_continue() {
            app = App.start(config -> config.routes.post(
                    "/",
                    ctx -> {
                        write(ctx);
                        ctx.result(ctx.body());
                    },
                    SessionRoute.CSRF_EXEMPT));
            try (Wire wire = new Wire(app.port())) {
                wire.write("POST /", List.of("Expect: 100-continue", "Content-Length: 2", "Connection: close"), "hi");
                Answer interim = wire.readHead();
                assertThat(interim.status()).isEqualTo(100);
                assertThat(interim.setCookies()).isEmpty();
                assertDelivered(200, wire.readAnswer());
            }
        }
    }

    @Nested
    @Keeps("H9")
    class What_comes_too_late {
        @Test
        void throws_after_flushBuffer() {
            app = App.start(config -> config.routes.get("/", ctx -> {
                session(ctx).get("theme");
                ctx.res().flushBuffer();
                ctx.outputStream().print(lateness(ctx));
            }));
            Answer answer = get("/");
            assertThat(answer.body()).startsWith("IllegalStateException");
            assertThat(answer.setCookies()).isEmpty();
        }

        @Test
        void throws_when_the_session_is_first_asked_for_after_flushBuffer() {
            app = App.start(config -> config.routes.get("/", ctx -> {
                ctx.res().flushBuffer();
                ctx.outputStream().print(lateness(ctx));
            }));
            Answer answer = get("/");
            assertThat(answer.body()).startsWith("IllegalStateException");
            assertThat(answer.setCookies()).isEmpty();
        }

        @Test
        void throws_in_server_sent_events() {
            app = App.start(config -> config.routes.sse("/", client -> client.sendEvent(lateness(client.ctx()))));
            assertThat(get("/", "Accept: text/event-stream").body()).contains("IllegalStateException");
        }

        private static String lateness(Context ctx) {
            try {
                session(ctx).set("theme", "late");
                return "nothing was thrown";
            } catch (IllegalStateException late) {
                return late.getClass().getSimpleName() + " " + late.getMessage();
            }
        }
    }

    @Nested
    class When_a_timeout_races_the_completion {
        @Test
        void one_response_is_committed_once_and_the_late_write_throws() throws Exception {
            CountDownLatch answered = new CountDownLatch(1);
            CompletableFuture<String> late = new CompletableFuture<>();
            app = App.start(config -> {
                // After 1 ms Javalin at times sends no answer at all, with or without the plugin.
                config.http.asyncTimeout = 200;
                config.routes.get("/", ctx -> {
                    write(ctx);
                    WebSession own = session(ctx);
                    ctx.future(() -> CompletableFuture.runAsync(() -> {
                        try {
                            answered.await(20, TimeUnit.SECONDS);
                            own.set("theme", "late");
                            late.complete("written");
                        } catch (InterruptedException | RuntimeException refused) {
                            late.complete(refused.getClass().getSimpleName());
                        }
                    }));
                });
            });
            assertDelivered(500, get("/"));
            answered.countDown();
            assertThat(late.get(20, TimeUnit.SECONDS)).isEqualTo("IllegalStateException");
        }
    }

    @Nested
    @Keeps({"H1", "H7"})
    class Reading {
        @Test
        void sets_no_cookie_and_keeps_the_page_out_of_shared_caches() {
            app = App.start(config -> config.routes.get(
                    "/", ctx -> ctx.result(session(ctx).get("theme").orElse("none"))));
            Answer answer = get("/");
            assertThat(answer.body()).isEqualTo("none");
            assertThat(answer.setCookies()).isEmpty();
            assertThat(answer.header("Cache-Control")).isEqualTo("private, no-cache");
            assertThat(answer.header("Vary")).contains("Cookie");
        }

        @Test
        void of_nothing_leaves_the_response_alone() {
            app = App.start(config -> config.routes.get("/", ctx -> ctx.result("public")));
            Answer answer = get("/");
            assertThat(answer.setCookies()).isEmpty();
            assertThat(answer.all("Cache-Control")).isEmpty();
            assertThat(answer.all("Vary")).doesNotContain("Cookie");
        }

        @Test
        @Keeps("H2")
        @Tries(47)
        void replaces_cache_headers_that_the_handler_set_weaker() {
            app = App.start(config -> config.routes.get("/", ctx -> {
                ctx.header("Cache-Control", "public, max-age=3600").header("Expires", "Thu, 01 Jan 2099 00:00:00 GMT");
                ctx.header("cdn-cache-control", "max-age=3600").header("Surrogate-Control", "max-age=3600");
                ctx.result(session(ctx).subject());
            }));
            Answer answer = app.browserOf("ada").get("/");
            assertThat(answer.body()).isEqualTo("ada");
            assertThat(answer.all("Cache-Control")).containsExactly("no-store");
            for (String invited : List.of("Expires", "CDN-Cache-Control", "Surrogate-Control")) {
                assertThat(answer.all(invited)).as(invited).isEmpty();
            }
        }
    }
}
