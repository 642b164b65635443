package dev.signet.javalin.guide;

import static dev.signet.javalin.SessionPlugin.session;
import static dev.signet.javalin.SessionRoute.SIGNED_IN;
import static dev.signet.testing.SignetAssertions.assertThat;
import static org.assertj.core.api.Assertions.assertThat;

import dev.signet.Sessions;
import dev.signet.SignIn;
import dev.signet.Verification;
import dev.signet.http.WebSessions;
import dev.signet.javalin.SessionPlugin;
import dev.signet.keys.KeyRing;
import dev.signet.testing.Browser;
import dev.signet.testing.JavalinExtension;
import io.javalin.Javalin;
import io.javalin.config.JavalinConfig;
import io.javalin.http.Context;
import jakarta.servlet.http.HttpSession;
import java.util.Optional;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** The snippets of {@code docs/coming-from.md}: people who are signed in elsewhere go on with a session of ours. */
class MovingTest {
    private static JavalinExtension running(java.util.function.Consumer<JavalinConfig> moving, KeyRing keys) {
        return JavalinExtension.of(
                () -> Javalin.create(config -> {
                    moving.accept(config);
                    config.routes.get("/form", ctx -> ctx.html(session(ctx).csrfField()));
                    config.routes.get("/me", ctx -> ctx.result(session(ctx).subject()), SIGNED_IN);
                    config.routes.post("/logout", ctx -> session(ctx).end());
                }),
                () -> WebSessions.with(Sessions.with(keys).build()).build());
    }

    private static void isMoved(Browser ada) {
        ada.get("/old");
        assertThat(ada.get("/me")).hasStatus(200).signsIn("ada");
        assertThat(ada.get("/me").body()).isEqualTo("ada");
    }

    @Nested
    class From_jetty_sessions {
        private final KeyRing keys = KeyRing.generate();

        @RegisterExtension
        private final JavalinExtension running = running(this::configure, keys);

        private static final class Moving {
            // snippet: docs/coming-from.md
            static void moveOver(Context ctx) {
                Optional<String> old = oldSubject(ctx);
                if (old.isEmpty()) {
                    return;
                }
                if (session(ctx).verification().outcome() == Verification.Outcome.ABSENT) {
                    session(ctx).start(SignIn.as(old.get()).fact("moved", "yes"));
                }
                dropOld(ctx);
            }
            // end of snippet

            // snippet: docs/coming-from.md
            static Optional<String> oldSubject(Context ctx) {
                HttpSession old = ctx.req().getSession(false);
                return old == null ? Optional.empty() : Optional.ofNullable((String) old.getAttribute("user"));
            }

            static void dropOld(Context ctx) {
                ctx.req().getSession(false).invalidate();
            }
            // end of snippet
        }

        private void configure(JavalinConfig config) {
            // snippet: docs/coming-from.md
            config.registerPlugin(new SessionPlugin(s -> {
                s.keys = keys;
                s.keepJettySessions = true; // only to read the old ones
            }));
            config.routes.before(Moving::moveOver);
            // end of snippet
            config.routes.get("/old", ctx -> ctx.req().getSession().setAttribute("user", "ada"));
        }

        @Test
        void once(Browser ada) {
            isMoved(ada);
            ada.submit("/form", "/logout");
            assertThat(ada.get("/me")).hasStatus(401);
        }

        @Test
        void but_no_stranger(Browser stranger) {
            assertThat(stranger.get("/me")).hasStatus(401).signsNobodyIn();
        }
    }

    @Nested
    class From_a_jwt_in_a_cookie {
        private final KeyRing keys = KeyRing.generate();

        @RegisterExtension
        private final JavalinExtension running = running(this::configure, keys);

        private static final class Moving {
            // snippet: docs/coming-from.md
            static void moveOver(Context ctx) {
                Optional<String> old = oldSubject(ctx);
                if (old.isEmpty()) {
                    return;
                }
                if (session(ctx).verification().outcome() == Verification.Outcome.ABSENT) {
                    session(ctx).start(SignIn.as(old.get()).fact("moved", "yes"));
                }
                dropOld(ctx);
            }
            // end of snippet

            // snippet: docs/coming-from.md
            static Optional<String> oldSubject(Context ctx) {
                return Optional.ofNullable(ctx.cookie("jwt")).flatMap(Moving::checkedAsBefore);
            }

            static void dropOld(Context ctx) {
                ctx.removeCookie("jwt", "/");
            }
            // end of snippet

            private static Optional<String> checkedAsBefore(String jwt) {
                return jwt.startsWith("good.") ? Optional.of(jwt.substring("good.".length())) : Optional.empty();
            }
        }

        private void configure(JavalinConfig config) {
            config.registerPlugin(new SessionPlugin(s -> s.keys = keys));
            config.routes.before(Moving::moveOver);
            config.routes.get("/old", ctx -> ctx.cookie("jwt", "good.ada"));
            config.routes.get("/forged", ctx -> ctx.cookie("jwt", "bad.ada"));
        }

        @Test
        void once(Browser ada) {
            isMoved(ada);
            assertThat(ada.cookies()).doesNotContainKey("jwt");
        }

        @Test
        void but_not_past_a_ticket_that_is_refused(Browser ada) {
            isMoved(ada);
            Browser copy = ada.copy();
            ada.submit("/form", "/logout");

            copy.send(copy.request("/old"));
            assertThat(copy.cookies()).containsKey("jwt");
            assertThat(copy.fetch("/me")).hasStatus(401);
        }

        @Test
        void but_no_stranger_and_no_forger(Browser stranger) {
            assertThat(stranger.get("/me")).hasStatus(401).signsNobodyIn();
            stranger.get("/forged");
            assertThat(stranger.get("/me")).hasStatus(401).signsNobodyIn();
        }
    }
}
