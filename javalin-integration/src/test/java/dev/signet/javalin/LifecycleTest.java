package dev.signet.javalin;

import static dev.signet.javalin.SessionPlugin.session;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.signet.Assurance;
import dev.signet.Keeps;
import dev.signet.Lifetime;
import dev.signet.Session;
import dev.signet.SessionListener;
import dev.signet.SignIn;
import dev.signet.Slot;
import dev.signet.TokenFormat;
import dev.signet.Tries;
import dev.signet.http.SiteData;
import dev.signet.revocation.Revocation;
import dev.signet.revocation.RevocationLog;
import dev.signet.revocation.Revocations;
import dev.signet.revocation.StoreUnavailable;
import dev.signet.testing.MovableClock;
import io.javalin.Javalin;
import io.javalin.http.Handler;
import io.javalin.plugin.PluginNotRegisteredException;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.Consumer;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** How the plugin is configured, starts and stops. */
class LifecycleTest {
    /** What is logged meanwhile. */
    private static String logOf(Runnable work) {
        PrintStream before = System.err;
        ByteArrayOutputStream log = new ByteArrayOutputStream();
        System.setErr(new PrintStream(log, true, StandardCharsets.UTF_8));
        try {
            work.run();
        } finally {
            System.setErr(before);
        }
        return log.toString(StandardCharsets.UTF_8);
    }

    private static String logOfStart(Consumer<SessionPlugin.Config> settings) {
        return logOf(() ->
                App.start(settings, config -> config.routes.get("/", ctx -> {})).close());
    }

    @Nested
    @Keeps("S5")
    class The_log_says_at_the_start {
        @Test
        void once_that_a_restart_forgets_sign_outs() {
            assertThat(logOfStart(s -> s.also("staff", a -> {}))).containsOnlyOnce("a restart forgets them");
        }

        @Test
        void nothing_of_the_kind_when_that_was_chosen() {
            assertThat(logOfStart(s -> s.revocations = Revocations.inMemory())).doesNotContain("forgets");
        }

        @Test
        void what_cannot_be_done_without_a_record() {
            assertThat(logOfStart(s -> s.revocations = Revocations.none())).containsOnlyOnce("No sign-out is recorded");
        }
    }

    @Nested
    @Keeps({"S5", "S6"})
    @Tries(29)
    class Two_applications_that_share_a_log {
        @Test
        void both_refuse_what_one_of_them_ended() {
            RevocationLog log = Revocations.memoryLog(new MovableClock());
            Consumer<SessionPlugin.Config> settings =
                    s -> s.revocations = Revocations.on(log).build();
            try (App one = me(settings);
                    App two = me(settings)) {
                String cookie = "Cookie: " + one.plugin.webSessions().cookieHeader(one.session("ada"));
                assertThat(two.browser().get("/me", cookie).body()).isEqualTo("ada");
                one.plugin.sessions().revoke(Revocation.subject("ada"));
                assertThat(two.browser().get("/me", cookie).status()).isEqualTo(401);
                one.javalin.stop();
                two.plugin.sessions().revoke(Revocation.everyone());
                assertThat(two.browser().get("/me", cookie).status()).isEqualTo(401);
            }
        }
    }

    @Nested
    class What_is_given_to_the_plugin {
        @Test
        void is_closed_with_the_server() {
            OwnLog log = new OwnLog();
            App app = me(s -> s.revocations = Revocations.on(log).build());
            assertThat(log.closed).isFalse();
            app.close();
            assertThat(log.closed).isTrue();
        }

        @Test
        void is_closed_when_the_server_does_not_start() {
            OwnLog log = new OwnLog();
            try (App taken = me(s -> {})) {
                App app = App.create(s -> s.revocations = Revocations.on(log).build(), config -> {});
                assertThatThrownBy(() -> app.javalin.start("127.0.0.1", taken.port()))
                        .isInstanceOf(RuntimeException.class);
            }
            assertThat(log.closed).isTrue();
        }
    }

    private static App me(Consumer<SessionPlugin.Config> settings) {
        return App.start(
                settings,
                config ->
                        config.routes.get("/me", ctx -> ctx.result(session(ctx).subject())));
    }

    @Nested
    class Every_setting {
        @Test
        void reaches_the_session() {
            List<String> seen = new CopyOnWriteArrayList<>();
            Slot<String> note = Slot.text("note");
            try (App app = App.start(
                    s -> {
                        s.name = "kiosk";
                        s.application = "museum";
                        s.lifetime = Lifetime.of(Duration.ofMinutes(1), Duration.ofMinutes(2));
                        s.remembered = Lifetime.of(Duration.ofDays(1), Duration.ofDays(2))
                                .keptByBrowser();
                        s.visitors = Lifetime.of(Duration.ofDays(3), Duration.ofDays(3))
                                .keptByBrowser();
                        s.lifetime("night", Lifetime.of(Duration.ofHours(8), Duration.ofHours(9)));
                        s.skew = Duration.ofSeconds(5);
                        s.format = TokenFormat.ENCRYPTED;
                        s.cookies = dev.signet.http.CookieSettings.DEFAULT.sameSite(dev.signet.http.SameSite.STRICT);
                        s.slots = List.of(note);
                        s.listener = new SessionListener() {
                            @Override
                            public void started(Session session) {
                                seen.add(session.subject());
                            }
                        };
                    },
                    config -> {
                        config.routes.get(
                                "/ada",
                                ctx -> session(ctx).start(SignIn.as("ada").remember()));
                        config.routes.get("/note", ctx -> session(ctx).set(note, "hello"));
                    })) {
                Answer started = app.browser().get("/ada");
                assertThat(started.setCookies())
                        .singleElement()
                        .asString()
                        .startsWith("__Host-kiosk=")
                        .contains("Max-Age=86400", "SameSite=Strict");
                assertThat(app.browser().get("/note").setCookies()).allMatch(line -> line.contains("Max-Age=259200"));
                assertThat(seen).containsExactly("ada");
                Session night = app.plugin.sessions().start(SignIn.as("eve").lifetime("night"));
                assertThat(night.endsAt()).isEqualTo(app.clock.instant().plus(Duration.ofHours(9)));
                assertThat(app.plugin.sessions().name()).isEqualTo("kiosk");
            }
        }
    }

    @Nested
    class Settings_of_trust {
        @Test
        @Keeps("H8")
        void clear_what_the_browser_holds_at_a_sign_out() {
            try (App app = App.start(s -> s.clearSiteData = Set.of(SiteData.STORAGE, SiteData.CACHE), config -> {
                config.routes.get("/token", ctx -> ctx.result(session(ctx).csrfToken()));
                config.routes.post("/logout", ctx -> session(ctx).end());
            })) {
                Browser ada = app.browserOf("ada");
                assertThat(ada.get("/token").header("Clear-Site-Data")).isEmpty();
                assertThat(ada.submit("/logout", "").header("Clear-Site-Data")).isEqualTo("\"cache\", \"storage\"");
            }
        }

        @Test
        @Keeps("S3")
        void hold_lifetimes_to_a_level_unless_there_is_a_reason() {
            Consumer<SessionPlugin.Config> settings = s -> {
                s.keys = App.KEYS;
                s.remembered = Assurance.AAL2.lifetime();
                s.assurance = Assurance.AAL2;
            };
            assertThat(new SessionPlugin(settings).sessions()).isNotNull();
            assertThatThrownBy(() -> new SessionPlugin(settings.andThen(s -> s.lifetime = Lifetime.REMEMBERED)))
                    .isInstanceOf(IllegalArgumentException.class)
                    .hasMessageContaining("AAL2");
            assertThat(logOf(() -> new SessionPlugin(settings.andThen(s -> {
                        s.lifetime = Lifetime.REMEMBERED;
                        s.assuranceExceededBecause = "nobody is harmed";
                    }))))
                    .contains("nobody is harmed");
        }
    }

    @Nested
    class Without_the_plugin {
        @Test
        void asking_for_a_session_says_so() {
            List<Exception> thrown = new CopyOnWriteArrayList<>();
            Javalin app = Javalin.create(config -> {
                        App.quiet(config);
                        config.routes.get("/", ctx -> session(ctx));
                        config.routes.exception(Exception.class, (e, ctx) -> thrown.add(e));
                    })
                    .start("127.0.0.1", 0);
            try {
                new Browser(app.port()).get("/");
                assertThat(thrown).singleElement().isInstanceOf(PluginNotRegisteredException.class);
            } finally {
                app.stop();
            }
        }
    }

    @Nested
    class A_handler_that_was_registered_before_the_plugin {
        private final SessionPlugin plugin = App.plugin(new MovableClock(), s -> {
            s.also("staff", staff -> {});
            s.also("api", api -> api.bearer = true);
        });

        /** What is answered where this handler runs before all routes, and that one is the route's. */
        private Answer answerAfter(Handler earlier, Handler route) {
            Javalin app = Javalin.create(config -> {
                        App.quiet(config);
                        config.routes.before(earlier);
                        config.registerPlugin(plugin);
                        config.routes.get("/", route);
                    })
                    .start("127.0.0.1", 0);
            try {
                return new Browser(app.port()).get("/");
            } finally {
                app.stop();
            }
        }

        @Test
        void finds_the_session_all_the_same() {
            Answer answer = answerAfter(
                    ctx -> session(ctx).set("theme", "dark"),
                    ctx -> ctx.result(session(ctx).get("theme").orElse("none")));
            assertThat(answer.body()).isEqualTo("dark");
            assertThat(answer.cookieNames())
                    .containsExactlyInAnyOrder("__Host-session-visitor", "__Host-session.theme");
        }

        @Test
        void finds_those_that_were_added() {
            Answer answer = answerAfter(ctx -> session(ctx, "staff").set("theme", "dark"), ctx -> {});
            assertThat(answer.cookieNames()).containsExactlyInAnyOrder("__Host-staff-visitor", "__Host-staff.theme");
        }

        @Test
        void finds_those_that_come_in_a_header() {
            Answer answer = answerAfter(ctx -> SessionPlugin.bearer(ctx).subject(), ctx -> {});
            assertThat(answer.status()).isEqualTo(401);
            assertThat(answer.header("WWW-Authenticate")).startsWith("Bearer");
        }

        @Test
        void overtakes_a_sign_in_by_what_it_revokes() {
            Answer answer = answerAfter(
                    ctx -> plugin.sessions().revoke(Revocation.subject("ada")),
                    ctx -> session(ctx).start("ada"));
            assertThat(answer.status()).isEqualTo(409);
        }
    }

    @Nested
    class A_sign_in {
        @Test
        void is_overtaken_by_what_was_revoked_after_its_request_arrived_though_the_handler_asks_late() {
            App[] app = new App[1];
            app[0] = App.start(config -> config.routes.get("/", ctx -> {
                app[0].plugin.sessions().revoke(Revocation.subject("ada"));
                session(ctx).start("ada");
            }));
            try (App running = app[0]) {
                assertThat(running.browser().get("/").status()).isEqualTo(409);
            }
        }
    }

    @Nested
    class A_log_that_fails_when_a_request_arrives {
        @Test
        void is_answered_as_a_store_that_cannot_be_asked() {
            OwnLog log = new OwnLog();
            try (App app = App.start(
                    s -> s.revocations = Revocations.on(log).build(), config -> config.routes.get("/", ctx -> {}))) {
                assertThat(app.browser().get("/").status()).isEqualTo(200);
                log.fails(new StoreUnavailable("expected by a test"));
                assertThatThrownBy(() -> app.plugin.sessions().revoke(Revocation.subject("ada")))
                        .isInstanceOf(StoreUnavailable.class);
                Answer answer = app.browser().get("/");
                assertThat(answer.status()).isEqualTo(503);
                assertThat(answer.body()).isEqualTo("try again later");
            }
        }

        /** A checked exception too, which a log written in Kotlin may throw without saying so. */
        static List<Throwable> defects() {
            return List.of(new StackOverflowError("expected by a test"), new IOException("expected by a test"));
        }

        @ParameterizedTest
        @MethodSource("defects")
        void is_answered_by_the_application_where_it_has_a_defect(Throwable defect) {
            OwnLog log = new OwnLog();
            try (App app = App.start(s -> s.revocations = Revocations.on(log).build(), config -> {
                config.routes.before(ctx -> ctx.header("Handled", "yes"));
                config.routes.get("/", ctx -> {});
                config.routes.error(500, ctx -> ctx.result("sorry"));
            })) {
                assertThat(app.browser().get("/").header("Handled")).isEqualTo("yes");
                log.fails(defect);
                assertThatThrownBy(() -> app.plugin.sessions().revoke(Revocation.subject("ada")))
                        .isSameAs(defect);
                Answer answer = app.browser().get("/");
                assertThat(answer.status()).isEqualTo(500);
                assertThat(answer.body()).isEqualTo("sorry");
                assertThat(answer.header("Handled")).isEmpty();
            }
        }
    }

    /** A log of the application's own in its process. */
    private static final class OwnLog implements RevocationLog {
        private final RevocationLog log = Revocations.memoryLog(new MovableClock());
        private volatile Runnable trouble = () -> {};
        private volatile boolean closed;

        void fails(Throwable failure) {
            trouble = () -> OwnLog.<RuntimeException>raise(failure);
        }

        @SuppressWarnings("unchecked")
        private static <T extends Throwable> void raise(Throwable failure) throws T {
            throw (T) failure;
        }

        @Override
        public long append(Entry entry) {
            return log.append(entry);
        }

        @Override
        public Page read(long from, int limit) {
            trouble.run();
            return log.read(from, limit);
        }

        @Override
        public void trim() {}

        @Override
        public boolean durable() {
            return false;
        }

        @Override
        public boolean inProcess() {
            return true;
        }

        @Override
        public AutoCloseable follow(Runnable changed) {
            return log.follow(changed);
        }

        @Override
        public void close() {
            closed = true;
        }
    }
}
