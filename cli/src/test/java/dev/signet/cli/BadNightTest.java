package dev.signet.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.signet.Slot;
import dev.signet.cli.Terminal.Answer;
import dev.signet.javalin.SessionPlugin;
import dev.signet.javalin.SessionRoute;
import dev.signet.keys.KeyRing;
import dev.signet.micrometer.RevocationMetrics;
import dev.signet.micrometer.SessionMetrics;
import dev.signet.revocation.Revocations;
import dev.signet.revocation.redis.RedisRevocationLog;
import io.javalin.Javalin;
import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Objects;
import java.util.stream.Collectors;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import redis.embedded.RedisServer;

/** "People say that they are signed out": the causes that docs/cli.md names, and where doctor, inspect and the meters of a real application point. */
class BadNightTest {
    private static final Slot<String> DRAFT = Slot.text("draft").atMost(3800);

    private static final Duration AHEAD = Duration.ofMinutes(5);

    /** Of an operator whose clock is right, while this machine's is ahead. */
    private final Terminal terminal = new Terminal(Instant.now().minus(AHEAD));

    private final HttpClient http = HttpClient.newHttpClient();

    @TempDir
    Path directory;

    private Path ring;

    @BeforeEach
    void makeKeys() {
        ring = directory.resolve("keys.jwks");
        terminal.environment.put("SIGNET_KEYS", ring.toString());
        terminal.type("keys new").isWell();
    }

    /** An instance of an application, on a port of its own. */
    private final class Node implements AutoCloseable {
        final SimpleMeterRegistry meters = new SimpleMeterRegistry();
        final Javalin javalin;

        Node(Revocations revocations, RevocationMetrics followed, InstantSource clock) {
            followed.of(revocations).bindTo(meters);
            SessionPlugin plugin = new SessionPlugin(s -> {
                s.keys = KeyRing.load(ring);
                s.application = "shop";
                s.slots = List.of(DRAFT);
                s.revocations = revocations;
                s.clock = clock;
                s.listener = SessionMetrics.in(meters);
            });
            javalin = Javalin.create(config -> {
                config.startup.showJavalinBanner = false;
                config.registerPlugin(plugin);
                config.routes.get("/", ctx -> ctx.result("hello"));
                config.routes.get(
                        "/me", ctx -> ctx.result(SessionPlugin.session(ctx).subject()));
                config.routes.post(
                        "/login",
                        ctx -> {
                            SessionPlugin.session(ctx).start("ada");
                            SessionPlugin.session(ctx).set(DRAFT, ctx.body());
                        },
                        SessionRoute.SIGN_IN);
            });
            javalin.start("localhost", 0);
        }

        Node(InstantSource clock) {
            this(Revocations.inMemory(clock), new RevocationMetrics(), clock);
        }

        String url() {
            return "http://localhost:" + javalin.port();
        }

        double refused(String cause) {
            Counter counter =
                    meters.find("signet.tickets.refused").tag("cause", cause).counter();
            return counter == null ? 0 : counter.count();
        }

        @Override
        public void close() {
            javalin.stop();
        }
    }

    private HttpResponse<String> send(HttpRequest.Builder request) throws Exception {
        return http.send(request.build(), HttpResponse.BodyHandlers.ofString());
    }

    /** Signs in, and returns what the browser sends from then on. */
    private String signIn(Node node, String draft) throws Exception {
        return send(HttpRequest.newBuilder(URI.create(node.url() + "/login"))
                        .header("Origin", node.url())
                        .POST(HttpRequest.BodyPublishers.ofString(draft)))
                .headers()
                .allValues("Set-Cookie")
                .stream()
                .map(line -> line.substring(0, line.indexOf(';')))
                .collect(Collectors.joining("; "));
    }

    private int me(String url, String cookies) throws Exception {
        return send(HttpRequest.newBuilder(URI.create(url + "/me")).header("Cookie", cookies))
                .statusCode();
    }

    private String inspect(String cookies, String options) {
        return terminal.typeWith(cookies, "inspect --application shop" + options)
                .out();
    }

    private String doctor(String options) {
        Answer answer = terminal.type("doctor --longest 12h" + options);
        assertThat(answer.code()).isEqualTo(1);
        return answer.out();
    }

    @Test
    void because_the_clock_of_one_instance_is_ahead() throws Exception {
        try (Node ahead = new Node(InstantSource.system());
                Node right = new Node(() -> terminal.now)) {
            String cookies = signIn(ahead, "");
            assertThat(me(ahead.url(), cookies)).isEqualTo(200);
            assertThat(me(right.url(), cookies)).isEqualTo(401);

            assertThat(right.refused("from_the_future")).isEqualTo(1);
            assertThat(inspect(cookies, "")).contains("FROM_THE_FUTURE");
            assertThat(doctor(" --url " + ahead.url()))
                    .contains("problem clock")
                    .contains("5 min ahead of this machine's");
        }
    }

    @Test
    void because_a_key_was_retired_that_is_still_needed() throws Exception {
        String cookies;
        try (Node before = new Node(() -> terminal.now)) {
            cookies = signIn(before, "");
        }
        terminal.type("keys rotate --in 1s").isWell();
        String soon = Long.toString(terminal.now.plusSeconds(60).getEpochSecond());
        Files.writeString(
                ring, Files.readString(ring).replaceFirst("\"nbf\":(\\d+)\\}", "\"nbf\":$1,\"exp\":" + soon + "}"));
        terminal.later(Duration.ofMinutes(2));

        try (Node after = new Node(() -> terminal.now)) {
            assertThat(me(after.url(), cookies)).isEqualTo(401);

            assertThat(after.refused("retired_key")).isEqualTo(1);
            assertThat(inspect(cookies, "")).contains("RETIRED_KEY");
            assertThat(doctor("")).contains("problem key").contains("people it signed in are signed out");
        }
    }

    @Test
    void because_the_store_is_down() throws Exception {
        int port = freePort();
        RedisServer redis = RedisServer.newRedisServer()
                .port(port)
                .bind("127.0.0.1")
                .setting("dir " + directory)
                .setting("appendonly yes")
                .build();
        redis.start();
        String store = "redis://127.0.0.1:" + port;
        RevocationMetrics followed = new RevocationMetrics();
        Revocations revocations = Revocations.on(
                        RedisRevocationLog.at(URI.create(store)).open())
                .clock(() -> terminal.now)
                .listener(followed)
                .build();
        try (Node node = new Node(revocations, followed, () -> terminal.now)) {
            String cookies = signIn(node, "");
            assertThat(me(node.url(), cookies)).isEqualTo(200);
            assertThat(answering(node)).isEqualTo(1);
            redis.stop();
            terminal.later(Duration.ofMinutes(1));

            assertThat(me(node.url(), cookies)).isEqualTo(503);

            assertThat(answering(node)).isZero();
            assertThat(node.refused("undecided")).isEqualTo(1);
            assertThat(doctor(" --store " + store)).contains("problem store");
        } finally {
            redis.stop();
        }
    }

    private static double answering(Node node) {
        return Objects.requireNonNull(
                        node.meters.find("signet.revocations.answering").gauge())
                .value();
    }

    private static int freePort() throws IOException {
        try (ServerSocket free = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            return free.getLocalPort();
        }
    }

    @Test
    void because_a_proxy_cuts_heads_at_four_kibibytes() throws Exception {
        try (Node node = new Node(() -> terminal.now);
                CuttingProxy proxy = new CuttingProxy(node.javalin.port(), 4096)) {
            String small = signIn(node, "");
            String large = signIn(node, "x".repeat(2600));
            assertThat(me(proxy.url(), small)).isEqualTo(200);
            assertThat(me(node.url(), large)).isEqualTo(200);
            String filler = "other=" + "y".repeat(400) + "; ";
            assertThat(me(proxy.url(), filler + large)).isEqualTo(431);

            assertThat(inspect(filler + large, "")).contains("ACTIVE");
            assertThat(doctor(" --url " + proxy.url()))
                    .containsPattern("problem head: a Cookie header of more than about 3[0-9]{3} bytes")
                    .contains("16 KiB");
        }
    }
}
