package consumer;

import static dev.signet.javalin.SessionPlugin.session;

import dev.signet.SessionIndex;
import dev.signet.SessionLimit;
import dev.signet.SignIn;
import dev.signet.http.Csrf;
import dev.signet.index.jdbc.JdbcSessionIndex;
import dev.signet.javalin.SessionPlugin;
import dev.signet.keys.KeyRing;
import dev.signet.micrometer.SessionMetrics;
import dev.signet.revocation.Revocations;
import dev.signet.revocation.jdbc.JdbcRevocationLog;
import dev.signet.revocation.redis.RedisRevocationLog;
import io.javalin.Javalin;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import org.h2.jdbcx.JdbcDataSource;

/** A Javalin application with every published module: somebody signs in over HTTP, is known, and signs out for good. */
public final class Web {
    private final HttpClient client = HttpClient.newHttpClient();
    private final String site;

    private Web(int port) {
        site = "http://localhost:" + port;
    }

    public static void main(String[] arguments) throws Exception {
        RedisRevocationLog.at(URI.create("redis://localhost")); // links the Redis client, and connects to nothing
        JdbcDataSource database = new JdbcDataSource();
        database.setUrl("jdbc:h2:" + arguments[0]);
        try (Revocations revocations =
                Revocations.on(JdbcRevocationLog.on(database)).build()) {
            Javalin app = application(revocations, JdbcSessionIndex.on(database)).start("localhost", 0);
            try {
                new Web(app.port()).signInAndOut();
            } finally {
                app.stop();
            }
        }
    }

    private static Javalin application(Revocations revocations, SessionIndex index) {
        return Javalin.create(config -> {
            config.registerPlugin(new SessionPlugin(s -> {
                s.keys = KeyRing.generate();
                s.application = "consumer";
                s.revocations = revocations;
                s.index = index;
                s.limit = SessionLimit.endingOldest(3);
                s.listener = SessionMetrics.in(new SimpleMeterRegistry());
                s.csrf = Csrf.originOnly();
            }));
            config.routes.post("/login", ctx -> session(ctx).start(SignIn.as("ada")));
            config.routes.get("/me", ctx -> ctx.result(session(ctx).subject()));
            config.routes.post("/logout", ctx -> session(ctx).end());
        });
    }

    private void signInAndOut() throws IOException, InterruptedException {
        require(401, send("GET", "/me", ""));
        HttpResponse<String> signedIn = send("POST", "/login", "");
        require(200, signedIn);
        String ticket = signedIn.headers().firstValue("Set-Cookie").orElseThrow().split(";", 2)[0];
        HttpResponse<String> known = send("GET", "/me", ticket);
        require(200, known);
        if (!known.body().equals("ada")) {
            throw new AssertionError("the subject is " + known.body());
        }
        require(200, send("POST", "/logout", ticket));
        require(401, send("GET", "/me", ticket));
    }

    private HttpResponse<String> send(String method, String path, String cookies)
            throws IOException, InterruptedException {
        HttpRequest.Builder request =
                HttpRequest.newBuilder(URI.create(site + path)).method(method, BodyPublishers.noBody());
        request.header("Origin", site);
        if (!cookies.isEmpty()) {
            request.header("Cookie", cookies);
        }
        return client.send(request.build(), BodyHandlers.ofString());
    }

    private static void require(int status, HttpResponse<String> response) {
        if (response.statusCode() != status) {
            throw new AssertionError(response + ", and not " + status + ": " + response.body());
        }
    }
}
