package dev.signet.javalin;

import static dev.signet.javalin.SessionPlugin.bearer;
import static org.assertj.core.api.Assertions.assertThat;

import dev.signet.Lifetime;
import dev.signet.Session;
import dev.signet.SignIn;
import dev.signet.Verifier;
import dev.signet.http.BearerHeader;
import dev.signet.keys.Key;
import dev.signet.keys.KeyRing;
import dev.signet.keys.KeySource;
import io.javalin.Javalin;
import io.javalin.http.Context;
import io.javalin.security.RouteRole;
import java.io.IOException;
import java.io.InputStream;
import java.net.URI;
import java.net.URLConnection;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The snippets of {@code docs/bearer.md}. */
class BearerGuideTest {
    private static final Pattern ACCESS_TOKEN = Pattern.compile("\"access_token\":\"([^\"]+)\"");

    // snippet: docs/bearer.md, file is Path.of("keys.jwks"), port is 7070
    enum Scope implements RouteRole {
        READ,
        WRITE
    }

    // not shown
    private static Javalin api(Path file, int port) {
        return
        // shown
        Javalin.create(config -> {
                    config.registerPlugin(new SessionPlugin(s -> {
                        s.name = "api";
                        s.bearer = true;
                        s.keys = KeyRing.load(file);
                        s.roles = Scope.class;
                    }));
                    config.routes.post(
                            "/token",
                            ctx -> ctx.json(bearer(ctx)
                                    .start(SignIn.as(checkPassword(ctx)).roles(Scope.READ))
                                    .response()));
                    config.routes.get(
                            "/orders",
                            ctx -> ctx.result("orders of " + bearer(ctx).subject()),
                            Scope.READ);
                    config.routes.post("/orders", ctx -> ctx.result("ordered"), Scope.WRITE);
                    config.routes.post(
                            "/renew", ctx -> ctx.json(bearer(ctx).renew().response()), Scope.READ);
                    config.routes.post("/logout", ctx -> bearer(ctx).end());
                })
                .start(port);
        // end of snippet
    }

    private static Javalin shop(Path file, int port) {
        return
        // snippet: docs/bearer.md, file is Path.of("keys.jwks"), port is 7070
        Javalin.create(config -> {
                    config.registerPlugin(new SessionPlugin(s -> {
                        s.name = "api";
                        s.bearer = true;
                        s.keys = KeyRing.load(file);
                        s.lifetime = Lifetime.of(Duration.ofMinutes(5), Duration.ofHours(8));
                        s.readableByHolder("https://shop.example", "reports");
                    }));
                    config.routes.post(
                            "/token",
                            ctx -> ctx.json(
                                    bearer(ctx).start(checkPassword(ctx)).response()));
                    config.routes.get("/jwks.json", SessionPlugin::publicKeys);
                })
                .start(port);
        // end of snippet
    }

    private static String subject(String address, List<String> authorizationLines) {
        // snippet: docs/bearer.md, address is "https://shop.example/jwks.json"
        KeySource published = () -> {
            URLConnection shop = URI.create(address).toURL().openConnection();
            shop.setConnectTimeout(2000);
            shop.setReadTimeout(2000);
            try (InputStream keys = shop.getInputStream()) {
                return new String(keys.readAllBytes(), StandardCharsets.UTF_8);
            }
        };
        Verifier verifier = Verifier.of(KeyRing.from(published), "https://shop.example", "reports");
        // end of snippet

        // snippet: docs/bearer.md
        String subject = verifier.verify(BearerHeader.ticket(authorizationLines))
                .active()
                .map(Session::subject)
                .orElse("nobody");
        // end of snippet
        return subject;
    }

    private static String checkPassword(Context ctx) {
        return String.valueOf(ctx.formParam("username"));
    }

    @TempDir
    private Path directory;

    private Path keys() throws IOException {
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
    void an_api_gives_takes_renews_and_ends_tickets() throws IOException {
        Javalin app = api(keys(), 0);
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
    void a_second_service_knows_who_it_is() throws IOException {
        Javalin app = shop(keys(), 0);
        try {
            String ada = authorization(app).substring("Authorization: ".length());
            String address = "http://localhost:" + app.port() + "/jwks.json";

            assertThat(subject(address, List.of(ada))).isEqualTo("ada");
            assertThat(subject(address, List.of())).isEqualTo("nobody");
        } finally {
            app.stop();
        }
    }
}
