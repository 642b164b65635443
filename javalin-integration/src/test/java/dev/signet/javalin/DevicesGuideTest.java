package dev.signet.javalin;

import static dev.signet.javalin.SessionPlugin.session;
import static dev.signet.javalin.SessionRoute.SIGNED_IN;
import static dev.signet.javalin.SessionRoute.SIGN_IN;
import static org.assertj.core.api.Assertions.assertThat;

import dev.signet.DeviceLabel;
import dev.signet.Keeps;
import dev.signet.ListedSession;
import dev.signet.Session;
import dev.signet.SessionLimit;
import dev.signet.SignIn;
import dev.signet.index.jdbc.JdbcSessionIndex;
import dev.signet.keys.KeyRing;
import dev.signet.revocation.Revocations;
import io.javalin.Javalin;
import io.javalin.http.Context;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import javax.sql.DataSource;
import org.h2.jdbcx.JdbcConnectionPool;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The snippets of {@code docs/devices.md}. */
@Keeps({"S11", "S12"})
class DevicesGuideTest {
    private static final String LAPTOP =
            "User-Agent: Mozilla/5.0 (X11; Linux x86_64; rv:140.0) Gecko/20100101 Firefox/140.0";

    @TempDir
    private Path directory;

    private static Javalin application(KeyRing keys, Revocations revocations, DataSource dataSource) {
        // snippet: docs/devices.md
        SessionPlugin plugin = new SessionPlugin(s -> {
            s.keys = keys;
            s.revocations = revocations; // needed: what is listed is ended there
            s.index = JdbcSessionIndex.on(dataSource); // a pool of connections
            s.limit = SessionLimit.endingOldest(5); // or refusing(5), or none
        });
        // end of snippet
        return Javalin.create(config -> {
            App.quiet(config);
            config.registerPlugin(plugin);
            config.routes.get("/token", ctx -> ctx.result(session(ctx).csrfToken()));
            config.routes.get(
                    "/me",
                    ctx -> ctx.result(session(ctx).current().orElseThrow().id()),
                    SIGNED_IN);
            // snippet: docs/devices.md
            config.routes.post(
                    "/login",
                    ctx -> {
                        String device = DeviceLabel.of(ctx.userAgent());
                        session(ctx).start(SignIn.as(checkPassword(ctx)).label(device));
                    },
                    SIGN_IN);
            // end of snippet

            // snippet: docs/devices.md
            config.routes.get(
                    "/devices",
                    ctx -> {
                        session(ctx).requireFresh(Duration.ofMinutes(15));
                        Session here = session(ctx).current().orElseThrow();
                        StringBuilder page = new StringBuilder();
                        for (ListedSession one : plugin.sessions().devices().of(here.subject())) {
                            String mark = one.id().equals(here.id()) ? ", this device" : "";
                            page.append(one.label() + mark + ", last seen " + one.lastSeenAt() + "\n");
                        }
                        ctx.result(page.toString());
                    },
                    SIGNED_IN);

            config.routes.post(
                    "/devices/end",
                    ctx -> {
                        session(ctx).requireFresh(Duration.ofMinutes(15));
                        boolean ended =
                                plugin.sessions().devices().end(session(ctx).subject(), ctx.formParam("id"));
                        ctx.status(ended ? 200 : 404);
                    },
                    SIGNED_IN);

            config.routes.post("/devices/end-others", ctx -> session(ctx).endOthers(), SIGNED_IN);
            // end of snippet
        });
    }

    private static String checkPassword(Context ctx) {
        return String.valueOf(ctx.formParam("username"));
    }

    @Test
    void the_snippets_do_what_the_guide_says() {
        JdbcConnectionPool source = JdbcConnectionPool.create("jdbc:h2:file:" + directory.resolve("index"), "sa", "");
        Javalin app = application(KeyRing.generate(), Revocations.inMemory(), source);
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
