package dev.signet.javalin;

import static org.assertj.core.api.Assertions.assertThat;

import dev.signet.Keeps;
import dev.signet.keys.KeyRing;
import dev.signet.revocation.Revocations;
import io.javalin.Javalin;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import javax.sql.DataSource;
import org.h2.jdbcx.JdbcConnectionPool;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The snippets of {@code docs/devices.md}, taken from there, compiled and run. */
@Keeps({"S11", "S12"})
class DevicesGuideTest {
    private static final Path GUIDE = Path.of("..", "docs", "devices.md");
    private static final String LAPTOP =
            "User-Agent: Mozilla/5.0 (X11; Linux x86_64; rv:140.0) Gecko/20100101 Firefox/140.0";

    private static final String FRAME = """
            import static dev.signet.javalin.SessionPlugin.session;
            import static dev.signet.javalin.SessionRoute.*;

            import dev.signet.*;
            import dev.signet.index.jdbc.JdbcSessionIndex;
            import dev.signet.javalin.SessionPlugin;
            import dev.signet.keys.KeyRing;
            import dev.signet.revocation.Revocations;
            import io.javalin.Javalin;
            import io.javalin.http.Context;
            import java.time.Duration;
            import java.util.*;
            import javax.sql.DataSource;

            public class Guide {
                static String checkPassword(Context ctx) {
                    return ctx.formParam("username");
                }

                public static Javalin create(KeyRing keys, Revocations revocations, DataSource dataSource) {
                    %s
                    return Javalin.create(config -> {
                        config.registerPlugin(plugin);
                        config.routes.get("/token", ctx -> ctx.result(session(ctx).csrfToken()));
                        config.routes.get("/me", ctx -> ctx.result(session(ctx).current().orElseThrow().id()), SIGNED_IN);
                        %s
                        %s
                    });
                }
            }
            """;

    @TempDir
    private Path directory;

    @Test
    void the_snippets_do_what_the_guide_says() throws Exception {
        List<String> snippets = Snippets.in(GUIDE);
        assertThat(snippets).as("Java snippets in the guide").hasSize(3);
        Class<?> guide = Snippets.compiled(directory, "Guide", FRAME.formatted(snippets.toArray()));

        JdbcConnectionPool source = JdbcConnectionPool.create("jdbc:h2:file:" + directory.resolve("index"), "sa", "");
        Javalin app = (Javalin) guide.getMethod("create", KeyRing.class, Revocations.class, DataSource.class)
                .invoke(null, KeyRing.generate(), Revocations.inMemory(), source);
        app.start("localhost", 0);
        try {
            drive(app.port());
        } finally {
            app.stop();
            source.dispose();
        }
    }

    private static Browser signedIn(int port, String... headers) {
        Browser browser = new Browser(port);
        List<String> all = new ArrayList<>(List.of(headers));
        all.add("Sec-Fetch-Site: same-origin");
        assertThat(browser.send("POST /login", "username=ada", all.toArray(String[]::new))
                        .status())
                .isEqualTo(200);
        return browser;
    }

    private static void drive(int port) {
        Browser laptop = signedIn(port, LAPTOP);
        Browser phone = signedIn(port);
        assertThat(laptop.get("/devices").body())
                .contains("Firefox on Linux, this device, last seen ")
                .contains("Unknown browser, last seen ");

        assertThat(laptop.submit("/devices/end", "id=" + phone.get("/me").body())
                        .status())
                .isEqualTo(200);
        assertThat(phone.get("/me").status()).isEqualTo(401);
        assertThat(laptop.submit("/devices/end", "id=unknown").status()).isEqualTo(404);

        for (int i = 0; i < 5; i++) {
            phone = signedIn(port);
        }
        assertThat(phone.get("/devices").body().lines())
                .as("of six, all but the oldest")
                .hasSize(5);
        assertThat(phone.submit("/devices/end-others", "").status()).isEqualTo(200);
        assertThat(phone.get("/devices").body().lines()).hasSize(1);
    }
}
