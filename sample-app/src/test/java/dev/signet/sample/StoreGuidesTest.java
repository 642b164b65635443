package dev.signet.sample;

import static dev.signet.javalin.SessionPlugin.session;
import static org.assertj.core.api.Assertions.assertThat;

import com.zaxxer.hikari.HikariDataSource;
import dev.signet.SessionListener;
import dev.signet.javalin.SessionPlugin;
import dev.signet.keys.KeyRing;
import dev.signet.micrometer.RevocationMetrics;
import dev.signet.micrometer.SessionMetrics;
import dev.signet.revocation.Revocation;
import dev.signet.revocation.RevocationLog;
import dev.signet.revocation.Revocations;
import dev.signet.revocation.jdbc.JdbcRevocationLog;
import dev.signet.revocation.redis.RedisRevocationLog;
import dev.signet.testing.Browser;
import io.javalin.Javalin;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import javax.sql.DataSource;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The snippets of {@code docs/revocation.md} and {@code docs/metrics.md}. */
class StoreGuidesTest {
    private static final Duration HOUR = Duration.ofHours(1);

    private final KeyRing keys = KeyRing.generate();

    /** What an application says to be {@code s}, and a browser that signed in and out. */
    private static void signInAndOut(SessionPlugin plugin) {
        Javalin app = Javalin.create(config -> {
            config.startup.showJavalinBanner = false;
            config.registerPlugin(plugin);
            config.routes.get("/form", ctx -> ctx.html(session(ctx).csrfField()));
            config.routes.post("/login", ctx -> session(ctx).start("ada"));
            config.routes.post("/logout", ctx -> session(ctx).end());
        });
        app.start("localhost", 0);
        try {
            Browser ada = Browser.at(URI.create("http://localhost:" + app.port()), plugin.webSessions());
            ada.submit("/form", "/login");
            ada.submit("/form", "/logout");
        } finally {
            app.stop();
        }
    }

    @Test
    void sign_outs_are_recorded_in_a_database_or_redis(@TempDir Path database, @TempDir Path redis) {
        try (StoreServer server = new StoreServer(redis);
                HikariDataSource source = new HikariDataSource()) {
            source.setJdbcUrl("jdbc:h2:file:" + database.resolve("revocations"));
            recorded(source, server.address());
        }
    }

    private void recorded(DataSource dataSource, String address) {
        // snippet: docs/revocation.md, address is "rediss://signet:secret@redis.example:6379"
        Revocations onDatabase =
                Revocations.on(JdbcRevocationLog.on(dataSource)).build();
        Revocations onRedis = Revocations.on(
                        RedisRevocationLog.at(URI.create(address)).open())
                .build();

        // not shown
        SessionPlugin plugin =
                // shown
                new SessionPlugin(s -> {
                    s.keys = keys;
                    s.revocations = onDatabase; // started before the first request, closed with the server
                });
        // end of snippet

        signInAndOut(plugin);
        assertThat(onDatabase.status().position()).isPositive();
        try (onRedis) {
            assertThat(onRedis.revoke(Revocation.subject("ada"), HOUR)).isPositive();
        }
    }

    @Test
    void what_happens_is_counted() {
        SimpleMeterRegistry registry = new SimpleMeterRegistry();
        signInAndOut(counted(registry, Revocations.memoryLog(Instant::now)));

        assertThat(registry.get("signet.sessions.started").counter().count()).isEqualTo(1);
        assertThat(registry.get("signet.revocations.entries").gauge().value()).isEqualTo(1);
    }

    private SessionPlugin counted(MeterRegistry registry, RevocationLog log) {
        // snippet: docs/metrics.md
        RevocationMetrics metrics = new RevocationMetrics();
        Revocations revocations = Revocations.on(log).listener(metrics).build();
        metrics.of(revocations).bindTo(registry);

        // not shown
        return new SessionPlugin(s -> {
            s.keys = keys;
            // shown
            s.revocations = revocations;
            s.listener = SessionListener.logging().and(SessionMetrics.in(registry));
            // end of snippet
        });
    }
}
