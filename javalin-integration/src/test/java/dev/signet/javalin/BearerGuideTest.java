package dev.signet.javalin;

import static org.assertj.core.api.Assertions.assertThat;

import dev.signet.keys.Key;
import dev.signet.keys.KeyRing;
import io.javalin.Javalin;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The snippets of the guide to bearer mode, taken from the guide itself, compiled and run. */
class BearerGuideTest {
    private static final Path GUIDE = Path.of("..", "docs", "bearer.md");
    private static final Pattern ACCESS_TOKEN = Pattern.compile("\"access_token\":\"([^\"]+)\"");

    private static final String FRAME = """
            import static dev.signet.javalin.SessionPlugin.bearer;

            import dev.signet.*;
            import dev.signet.http.BearerHeader;
            import dev.signet.javalin.SessionPlugin;
            import dev.signet.keys.*;
            import io.javalin.Javalin;
            import io.javalin.http.Context;
            import io.javalin.security.RouteRole;
            import java.io.InputStream;
            import java.net.*;
            import java.nio.charset.StandardCharsets;
            import java.nio.file.Path;
            import java.time.Duration;
            import java.util.List;

            public class Guide {
                static String checkPassword(Context ctx) {
                    return ctx.formParam("username");
                }

                %s

                %s

                public static String subject(String address, List<String> authorizationLines) {
                    %s
                    %s
                    return subject;
                }
            }
            """;

    @TempDir
    private Path directory;

    private Class<?> guide() throws Exception {
        List<String> snippets = Snippets.in(GUIDE);
        assertThat(snippets).as("Java snippets in the guide").hasSize(4);
        return Snippets.compiled(
                directory,
                "Guide",
                FRAME.formatted(
                        Snippets.started(snippets.get(0), "public static Javalin api(Path keys)"),
                        Snippets.started(snippets.get(1), "public static Javalin shop(Path keys)"),
                        snippets.get(2).replace("\"https://shop.example/jwks.json\"", "address"),
                        snippets.get(3)));
    }

    private Path keys() throws Exception {
        KeyRing ring =
                KeyRing.of(List.of(Key.secret(Instant.EPOCH, Instant.EPOCH), Key.pair(Instant.EPOCH, Instant.EPOCH)));
        return Files.writeString(directory.resolve("keys.jwks"), ring.exportSecretJwkSet());
    }

    private static Answer send(Javalin app, String requestLine, String body, String... headers) {
        return Wire.send(app.port(), requestLine, List.of(headers), body);
    }

    private static String authorization(Javalin app) {
        Answer answer = send(app, "POST /token", "username=ada", "Content-Type: application/x-www-form-urlencoded");
        Matcher found = ACCESS_TOKEN.matcher(answer.body());
        assertThat(found.find()).as(answer.body()).isTrue();
        return "Authorization: Bearer " + found.group(1);
    }

    @Test
    void an_api_gives_takes_renews_and_ends_tickets() throws Exception {
        Javalin app = (Javalin) guide().getMethod("api", Path.class).invoke(null, keys());
        try {
            String ada = authorization(app);

            assertThat(send(app, "GET /orders", "").status()).isEqualTo(401);
            assertThat(send(app, "GET /orders", "", ada).body()).isEqualTo("orders of ada");
            assertThat(send(app, "POST /orders", "", ada).status()).isEqualTo(403);
            assertThat(send(app, "POST /renew", "", ada).body()).contains("\"expires_in\":1800");
            assertThat(send(app, "POST /logout", "", ada).status()).isEqualTo(200);
            assertThat(send(app, "GET /orders", "", ada).header("WWW-Authenticate"))
                    .isEqualTo("Bearer realm=\"api\", error=\"invalid_token\"");
        } finally {
            app.stop();
        }
    }

    @Test
    void a_second_service_knows_who_it_is() throws Exception {
        Class<?> guide = guide();
        Javalin app = (Javalin) guide.getMethod("shop", Path.class).invoke(null, keys());
        try {
            String ada = authorization(app).substring("Authorization: ".length());
            String address = "http://localhost:" + app.port() + "/jwks.json";

            assertThat(guide.getMethod("subject", String.class, List.class).invoke(null, address, List.of(ada)))
                    .isEqualTo("ada");
            assertThat(guide.getMethod("subject", String.class, List.class).invoke(null, address, List.of()))
                    .isEqualTo("nobody");
        } finally {
            app.stop();
        }
    }
}
