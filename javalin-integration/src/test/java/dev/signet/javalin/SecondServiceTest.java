package dev.signet.javalin;

import static dev.signet.javalin.SessionPlugin.bearer;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.nimbusds.jose.JOSEObjectType;
import com.nimbusds.jose.JWSAlgorithm;
import com.nimbusds.jose.jwk.source.JWKSourceBuilder;
import com.nimbusds.jose.proc.BadJOSEException;
import com.nimbusds.jose.proc.DefaultJOSEObjectTypeVerifier;
import com.nimbusds.jose.proc.JWSVerificationKeySelector;
import com.nimbusds.jose.proc.SecurityContext;
import com.nimbusds.jwt.JWTClaimsSet;
import com.nimbusds.jwt.SignedJWT;
import com.nimbusds.jwt.proc.DefaultJWTClaimsVerifier;
import com.nimbusds.jwt.proc.DefaultJWTProcessor;
import dev.signet.Session;
import dev.signet.Sessions;
import dev.signet.Verifier;
import dev.signet.http.BearerHeader;
import dev.signet.keys.Key;
import dev.signet.keys.KeyRing;
import dev.signet.keys.KeySource;
import io.javalin.Javalin;
import io.javalin.http.Context;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.text.ParseException;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Collections;
import java.util.List;
import java.util.Set;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** A service that has the public keys only, each on a port of its own, and beside it a JWT library that knows nothing of Signet. */
class SecondServiceTest {
    private static final String ISSUER = "https://shop.example";
    private static final String AUDIENCE = "reports";
    private static final Key SECRET = Key.secret(Instant.EPOCH, Instant.EPOCH);
    private static final Key OLD = Key.pair(Instant.EPOCH, Instant.EPOCH);

    /** The library reads the system's clock, so this one runs with it, ahead by as much as it is moved. */
    private final AtomicReference<Duration> ahead = new AtomicReference<>(Duration.ZERO);

    private final InstantSource clock = () -> Instant.now().plus(ahead.get());
    private final AtomicReference<String> ring = new AtomicReference<>(ring(SECRET, OLD));
    private final AtomicInteger fetches = new AtomicInteger();
    private final App shop = App.start(
            s -> {
                s.name = "api";
                s.bearer = true;
                s.keys = KeyRing.from(ring::get);
                s.clock = clock;
                s.readableByHolder(ISSUER, AUDIENCE);
            },
            config -> {
                config.routes.before("/jwks.json", ctx -> fetches.incrementAndGet());
                config.routes.get("/jwks.json", SessionPlugin::publicKeys);
                config.routes.get("/me", ctx -> ctx.result(bearer(ctx).subject()));
            });
    private final URI keySet = URI.create("http://localhost:" + shop.port() + "/jwks.json");
    private final Verifier verifier = verifier();
    private final Javalin reports = Javalin.create(config -> {
                App.quiet(config);
                config.routes.get("/report", this::report);
            })
            .start("127.0.0.1", 0);

    private static String ring(Key... keys) {
        return KeyRing.of(List.of(keys)).exportSecretJwkSet();
    }

    private Verifier verifier() {
        return Verifier.of(KeyRing.from(published()), ISSUER, AUDIENCE, clock);
    }

    private KeySource published() {
        HttpClient http = HttpClient.newHttpClient();
        return () -> {
            try {
                return http.send(HttpRequest.newBuilder(keySet).build(), BodyHandlers.ofString())
                        .body();
            } catch (InterruptedException stopping) {
                Thread.currentThread().interrupt();
                throw new IOException(stopping);
            }
        };
    }

    private void report(Context ctx) {
        String ticket = BearerHeader.ticket(Collections.list(ctx.req().getHeaders("Authorization")));
        String subject = verifier.verify(ticket).active().map(Session::subject).orElse("-");
        ctx.status(subject.equals("-") ? 401 : 200).result(subject);
    }

    @AfterEach
    void stop() {
        reports.stop();
        verifier.close();
        shop.close();
    }

    private String ticket() {
        return shop.plugin.sessions().issue(shop.session("ada"));
    }

    private Answer report(String ticket) {
        return Wire.send(reports.port(), "GET /report", List.of("Authorization: Bearer " + ticket), "");
    }

    private static String keyOf(String ticket) throws ParseException {
        return SignedJWT.parse(ticket).getHeader().getKeyID();
    }

    private DefaultJWTProcessor<SecurityContext> library() throws IOException {
        DefaultJWTProcessor<SecurityContext> library = new DefaultJWTProcessor<>();
        library.setJWSTypeVerifier(new DefaultJOSEObjectTypeVerifier<>(new JOSEObjectType("sj1+jwt")));
        library.setJWSKeySelector(new JWSVerificationKeySelector<>(
                JWSAlgorithm.ES256,
                JWKSourceBuilder.<SecurityContext>create(keySet.toURL()).build()));
        library.setJWTClaimsSetVerifier(new DefaultJWTClaimsVerifier<>(
                AUDIENCE, new JWTClaimsSet.Builder().issuer(ISSUER).build(), Set.of("sub", "exp", "iat")));
        return library;
    }

    @Test
    void the_set_of_keys_has_its_type_and_age_and_no_secret() {
        Answer answer = Wire.send(shop.port(), "GET /jwks.json", List.of(), "");

        assertThat(answer.status()).isEqualTo(200);
        assertThat(answer.header("Content-Type")).startsWith("application/jwk-set+json");
        assertThat(answer.header("Cache-Control")).isEqualTo("public, max-age=10");
        assertThat(answer.setCookies()).isEmpty();
        assertThat(answer.body())
                .contains("\"kid\":\"" + OLD.id() + "\"")
                .doesNotContain("\"d\":", "\"k\":", "oct", SECRET.id());
    }

    @Test
    void whoever_the_shop_knows_is_known_there_and_a_changed_ticket_is_nobody() throws Exception {
        String ticket = ticket();

        assertThat(report(ticket).body()).isEqualTo("ada");
        assertThat(report(ticket.substring(0, ticket.length() - 4) + "AAAA").status())
                .isEqualTo(401);
        assertThat(report("").status()).isEqualTo(401);
        assertThat(library().process(ticket, null).getSubject()).isEqualTo("ada");
    }

    @Test
    void keys_rotate_while_both_run() throws Exception {
        DefaultJWTProcessor<SecurityContext> library = library();
        String before = ticket();
        assertThat(report(before).body()).isEqualTo("ada");
        assertThat(library.process(before, null).getSubject()).isEqualTo("ada");

        Key fresh = Key.pair(clock.instant(), clock.instant().plusSeconds(50));
        ring.set(ring(SECRET, OLD, fresh));
        shop.plugin.sessions().refreshKeys();
        assertThat(Wire.send(shop.port(), "GET /jwks.json", List.of(), "").body())
                .contains(OLD.id(), fresh.id());
        assertThat(keyOf(ticket())).isEqualTo(OLD.id());

        ahead.set(Duration.ofSeconds(51));
        String after = ticket();
        assertThat(keyOf(after)).isEqualTo(fresh.id());
        assertThat(report(after).body())
                .as("by a service that has to ask for the new key")
                .isEqualTo("ada");
        assertThat(report(before).body()).isEqualTo("ada");
        assertThat(library.process(after, null).getSubject()).isEqualTo("ada");
        assertThat(library.process(before, null).getSubject()).isEqualTo("ada");

        ring.set(ring(SECRET, fresh));
        shop.plugin.sessions().refreshKeys();
        try (Verifier later = verifier()) {
            assertThat(later.verify(before).active()).isEmpty();
            assertThat(later.verify(after).active()).isPresent();
        }
    }

    @Test
    void strangers_keys_are_refused_and_cost_few_looks() throws Exception {
        int before = fetches.get();
        String foreign = "";
        for (int i = 0; i < 20; i++) {
            KeyRing theirs = KeyRing.of(List.of(Key.pair(Instant.EPOCH, Instant.EPOCH)));
            try (Sessions stranger =
                    Sessions.with(theirs).readableByHolder(ISSUER, AUDIENCE).build()) {
                foreign = stranger.issue(stranger.start("ada"));
            }
            assertThat(report(foreign).status()).isEqualTo(401);
        }
        String last = foreign;

        assertThat(fetches.get() - before).isBetween(1, 10);
        assertThatThrownBy(() -> library().process(last, null)).isInstanceOf(BadJOSEException.class);
    }
}
