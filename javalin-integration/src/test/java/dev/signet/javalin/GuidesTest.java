package dev.signet.javalin;

import static dev.signet.testing.SignetAssertions.assertThat;
import static org.assertj.core.api.Assertions.assertThat;

import dev.signet.Sessions;
import dev.signet.http.WebSessions;
import dev.signet.keys.KeyRing;
import dev.signet.testing.Browser;
import dev.signet.testing.MovableClock;
import io.javalin.Javalin;
import java.io.IOException;
import java.lang.reflect.Method;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The snippets of the guides in {@code docs}, taken from the guides themselves, compiled and run. */
class GuidesTest {
    private static final Path DOCS = Path.of("..", "docs");

    private static final String IMPORTS = """
            import static dev.signet.javalin.SessionPlugin.session;
            import static dev.signet.javalin.SessionRoute.SIGNED_IN;
            import static dev.signet.javalin.SessionRoute.SIGN_IN;

            import dev.signet.*;
            import dev.signet.javalin.SessionPlugin;
            import dev.signet.keys.KeyRing;
            import io.javalin.Javalin;
            import io.javalin.http.*;
            import io.javalin.security.RouteRole;
            import jakarta.servlet.http.HttpSession;
            import java.time.*;
            import java.util.*;
            """;

    @TempDir
    private Path directory;

    private final MovableClock clock = new MovableClock();
    private final List<Javalin> running = new ArrayList<>();
    private Path keys = Path.of("");

    @BeforeEach
    void makeKeys() throws IOException {
        keys = Files.writeString(
                directory.resolve("keys.jwks"), KeyRing.generate().exportSecretJwkSet());
    }

    @AfterEach
    void stop() {
        running.forEach(Javalin::stop);
    }

    private Class<?> compiled(String name, String source) throws Exception {
        return Snippets.compiled(Files.createTempDirectory(directory, "classes"), name, source);
    }

    /** Browsers of an application that a static method starts. */
    private Browser browser(InstantSource time, String application, Method start, Object... arguments)
            throws Exception {
        start.setAccessible(true);
        Javalin app = (Javalin) start.invoke(null, arguments);
        running.add(app);
        Sessions sessions = Sessions.with(KeyRing.load(keys))
                .application(application)
                .clock(time)
                .build();
        return Browser.at(
                URI.create("http://localhost:" + app.port()),
                WebSessions.with(sessions).build());
    }

    private static List<String> snippets(String guide, int expected) throws IOException {
        List<String> snippets = Snippets.in(DOCS.resolve(guide));
        assertThat(snippets).as("Java snippets in " + guide).hasSize(expected);
        return snippets;
    }

    @Nested
    class Getting_started {
        private List<String> snippets() throws IOException {
            return GuidesTest.snippets("getting-started.md", 2);
        }

        @Test
        void the_library_prints_what_the_guide_says() throws Exception {
            Class<?> hello = compiled("Hello", snippets().get(0));
            Path classes = Path.of(
                    hello.getProtectionDomain().getCodeSource().getLocation().toURI());
            Path printed = directory.resolve("printed");

            Process java = new ProcessBuilder(
                            Path.of(System.getProperty("java.home"), "bin", "java")
                                    .toString(),
                            "-cp",
                            classes + System.getProperty("path.separator") + System.getProperty("java.class.path"),
                            "Hello")
                    .directory(directory.toFile())
                    .redirectOutput(printed.toFile())
                    .redirectError(directory.resolve("errors").toFile())
                    .start();

            assertThat(java.waitFor()).isZero();
            assertThat(printed).content().hasLineCount(3).contains("ada is signed in", "[milk]", "REVOKED");
        }

        @Test
        void the_application_does_what_the_guide_says() throws Exception {
            Class<?> notes = compiled("Notes", snippets().get(1));
            Browser ada = browser(
                    InstantSource.system(), "notes", notes.getDeclaredMethod("start", Path.class, int.class), keys, 0);

            assertThat(ada.submit("/", "/notes", "note", "milk")).redirectsTo("/");
            assertThat(ada.get("/").body()).contains("milk").contains("Sign in");
            assertThat(ada.get("/me")).hasStatus(401);
            assertThat(ada.submit("/", "/login", "username", "ada", "password", "wrong"))
                    .hasStatus(401)
                    .signsNobodyIn();
            assertThat(ada.submit("/", "/login", "username", "ada <3", "password", "lovelace"))
                    .redirectsTo("/")
                    .signsIn("ada <3");
            assertThat(ada.get("/").body()).contains("Hello, ada &lt;3.").contains("milk");
            assertThat(ada.post("/notes", "note", "no token")).hasStatus(403);

            Browser thief = ada.copy();
            assertThat(thief.get("/me")).hasStatus(200);
            assertThat(ada.submit("/", "/logout")).redirectsTo("/").clearsSession();
            assertThat(ada.get("/").body()).contains("Sign in").doesNotContain("milk");
            assertThat(thief.get("/me")).hasStatus(401);
        }
    }

    @Nested
    class Recipes {
        private static final String FRAME = IMPORTS + """
                public class Recipes {
                    %s
                    %s

                    static String recognised(Context ctx) {
                        return ctx.formParam("username");
                    }

                    static void changePassword(Context ctx) {}

                    public static Javalin one(KeyRing keys, InstantSource clock) {
                        return Javalin.create(config -> {
                            config.registerPlugin(new SessionPlugin(s -> {
                                s.keys = keys;
                                s.clock = clock;
                                %s
                                %s
                            }));
                            config.routes.get("/form", ctx -> ctx.html(session(ctx).csrfField()));
                            config.routes.get("/me", ctx -> ctx.result(session(ctx).subject()));
                            %s
                        }).start("localhost", 0);
                    }

                    public static Javalin two(KeyRing keys) {
                        return Javalin.create(config -> {
                            config.routes.get("/form", ctx -> ctx.html(session(ctx).csrfField()));
                            %s
                            config.routes.post("/leave", ctx -> session(ctx).end());
                        }).start("localhost", 0);
                    }
                }
                """;

        private Class<?> recipes() throws Exception {
            List<String> of = snippets("recipes.md", 10);
            String routes = of.get(0) + of.get(2) + of.get(3) + of.get(4) + of.get(6);
            return compiled("Recipes", FRAME.formatted(of.get(5), of.get(8), of.get(1), of.get(7), routes, of.get(9)));
        }

        private Browser one() throws Exception {
            Method start = recipes().getMethod("one", KeyRing.class, InstantSource.class);
            return browser(clock, "app", start, KeyRing.load(keys), clock);
        }

        private static Browser signedIn(Browser browser) {
            assertThat(browser.submit("/form", "/login", "username", "ada")).signsIn("ada");
            return browser;
        }

        @Test
        void remembered_sessions_survive_closing_the_browser() throws Exception {
            Browser ada = signedIn(one());
            assertThat(ada.restart().get("/me")).hasStatus(401);

            ada.submit("/form", "/login", "username", "ada", "remember", "yes");
            assertThat(ada.restart().get("/me")).hasStatus(200);
            clock.advance(Duration.ofDays(7));
            assertThat(ada.get("/me")).hasStatus(401);
        }

        @Test
        void what_is_dangerous_asks_for_fresh_credentials() throws Exception {
            Browser ada = signedIn(one());
            assertThat(ada.submit("/form", "/transfer")).hasStatus(200);
            clock.advance(Duration.ofMinutes(6));
            assertThat(ada.submit("/form", "/transfer")).hasStatus(401);

            Browser copy = ada.copy();
            assertThat(ada.submit("/form", "/confirm", "username", "ada")).hasStatus(200);
            assertThat(ada.submit("/form", "/transfer")).hasStatus(200);
            assertThat(copy.get("/me")).hasStatus(401);
        }

        @Test
        void a_changed_password_ends_the_other_sessions() throws Exception {
            Browser ada = signedIn(one());
            Browser elsewhere = ada.copy();
            signedIn(ada);
            signedIn(elsewhere.restart());

            assertThat(ada.submit("/form", "/password")).hasStatus(200);

            assertThat(ada.get("/me")).hasStatus(200);
            assertThat(elsewhere.get("/me")).hasStatus(401);
        }

        @Test
        void a_flash_message_is_shown_once() throws Exception {
            Browser browser = one();

            String shown = browser.follow(browser.submit("/form", "/order")).body();

            assertThat(shown).isEqualTo("Thank you, it is on its way.");
            assertThat(browser.get("/orders").body()).isEmpty();
        }

        @Test
        void preferences_survive_a_sign_out_and_the_next_sign_in() throws Exception {
            Browser ada = signedIn(one());
            ada.submit("/form", "/theme", "theme", "dark");

            assertThat(ada.submit("/form", "/leave")).clearsSession();
            assertThat(ada.get("/theme").body()).isEqualTo("dark");
            clock.advance(Duration.ofDays(29));
            assertThat(ada.restart().get("/theme").body()).isEqualTo("dark");
            assertThat(ada.submit("/form", "/return", "username", "ada")).signsIn("ada");
            assertThat(ada.get("/theme").body()).isEqualTo("dark");
        }

        @Test
        void two_sessions_stand_side_by_side() throws Exception {
            Browser ada = browser(
                    InstantSource.system(), "app", recipes().getMethod("two", KeyRing.class), KeyRing.load(keys));

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

    @Nested
    class Moving_from_something_else {
        private static final String FRAME = IMPORTS + """
                public class Moving {
                    %s
                    %s

                    static Optional<String> checkedAsBefore(String jwt) {
                        return jwt.startsWith("good.") ? Optional.of(jwt.substring(5)) : Optional.empty();
                    }

                    public static Javalin start(KeyRing keys) {
                        return Javalin.create(config -> {
                            config.routes.get("/old", ctx -> {
                                ctx.req().getSession().setAttribute("user", "ada");
                                ctx.cookie("jwt", "good.ada");
                            });
                            %s
                            config.routes.get("/form", ctx -> ctx.html(session(ctx).csrfField()));
                            config.routes.get("/me", ctx -> ctx.result(session(ctx).subject()), SIGNED_IN);
                            config.routes.post("/logout", ctx -> session(ctx).end());
                        }).start("localhost", 0);
                    }
                }
                """;

        private Browser moving(int old) throws Exception {
            List<String> of = snippets("coming-from.md", 4);
            Class<?> moving = compiled("Moving", FRAME.formatted(of.get(0), of.get(old), of.get(1)));
            return browser(InstantSource.system(), "app", moving.getMethod("start", KeyRing.class), KeyRing.load(keys));
        }

        private void moves(Browser ada) {
            ada.get("/old");
            assertThat(ada.get("/me")).hasStatus(200).signsIn("ada");
            assertThat(ada.get("/me").body()).isEqualTo("ada");
        }

        @Test
        void a_session_of_jettys_becomes_ours_once() throws Exception {
            Browser ada = moving(2);
            moves(ada);
            ada.submit("/form", "/logout");
            assertThat(ada.get("/me")).hasStatus(401);
        }

        @Test
        void a_jwt_becomes_ours() throws Exception {
            Browser ada = moving(3);
            moves(ada);
            assertThat(ada.cookies()).doesNotContainKey("jwt");
        }

        @Test
        void a_ticket_that_was_refused_is_not_moved_past() throws Exception {
            Browser ada = moving(3);
            moves(ada);
            Browser copy = ada.copy();
            ada.submit("/form", "/logout");

            copy.send(copy.request("/old"));
            assertThat(copy.cookies()).containsKey("jwt");
            assertThat(copy.fetch("/me")).hasStatus(401);
        }

        @Test
        void a_stranger_stays_one() throws Exception {
            assertThat(moving(2).get("/me")).hasStatus(401);
            assertThat(moving(3).get("/me")).hasStatus(401);
        }
    }
}
