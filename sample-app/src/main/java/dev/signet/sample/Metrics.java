package dev.signet.sample;

import dev.signet.SessionListener;
import dev.signet.micrometer.RevocationMetrics;
import dev.signet.micrometer.SessionMetrics;
import dev.signet.revocation.RevocationListener;
import dev.signet.revocation.Revocations;
import io.javalin.Javalin;
import io.micrometer.prometheusmetrics.PrometheusConfig;
import io.micrometer.prometheusmetrics.PrometheusMeterRegistry;

/** What happens to sessions, counted for Prometheus, at a port of its own on this machine: it is nobody's business outside. */
final class Metrics implements AutoCloseable {
    private final PrometheusMeterRegistry registry = new PrometheusMeterRegistry(PrometheusConfig.DEFAULT);
    private final RevocationMetrics revocations = new RevocationMetrics();
    private final SessionMetrics sessions = SessionMetrics.in(registry);
    private final Javalin javalin = Javalin.create(config -> {
        config.startup.showJavalinBanner = false;
        config.routes.get(
                "/metrics",
                ctx -> ctx.contentType("text/plain; version=0.0.4; charset=utf-8")
                        .result(registry.scrape()));
    });

    SessionListener sessions() {
        return sessions;
    }

    RevocationListener revocations() {
        return revocations;
    }

    /** @param port 0 for any that is free */
    Metrics start(int port, Revocations followed) {
        revocations.of(followed).bindTo(registry);
        javalin.start("localhost", port);
        return this;
    }

    int port() {
        return javalin.port();
    }

    @Override
    public void close() {
        javalin.stop();
        registry.close();
    }
}
