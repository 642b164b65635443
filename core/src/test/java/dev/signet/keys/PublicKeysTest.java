package dev.signet.keys;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.signet.Sessions;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;

class PublicKeysTest {
    private static final Instant NOW = Instant.parse("2026-11-23T10:00:00Z");
    private static final Duration INTERVAL = Duration.ofSeconds(10);

    private static PublicKeys of(String... keys) {
        return PublicKeys.of(KeyRing.parse(Jwks.set(keys)), NOW, INTERVAL);
    }

    private static JsonNode json(PublicKeys keys) {
        try {
            return new ObjectMapper().readTree(keys.jwkSet());
        } catch (JsonProcessingException unreadable) {
            throw new IllegalArgumentException(unreadable);
        }
    }

    private static List<String> ids(PublicKeys keys) {
        return json(keys).findValuesAsText("kid");
    }

    /** Member by member, so that a new kind of key cannot bring a secret that nobody thought of. */
    @Test
    void show_nothing_secret_of_any_key() {
        PublicKeys keys = of(
                Jwks.secret(1, "\"kid\":\"oct\""), Jwks.ecPrivate("\"kid\":\"ec\""), Jwks.edPrivate("\"kid\":\"ed\""));

        List<String> members = new ArrayList<>();
        json(keys).get("keys").forEach(key -> key.fieldNames().forEachRemaining(members::add));
        assertThat(ids(keys)).containsExactly("ec", "ed");
        assertThat(members).containsOnly("kid", "use", "alg", "kty", "crv", "x", "y");
        for (String secret : Arrays.asList(Jwks.k(1), Jwks.EC_D, Jwks.ED_D)) {
            assertThat(keys.toString()).doesNotContain(secret);
        }
        assertThat(KeyRing.parse(keys.jwkSet()).verifyingOnly()).isTrue();
    }

    @Test
    void are_an_empty_set_where_there_are_only_secrets() {
        assertThat(of(Jwks.secret(1)).jwkSet()).isEqualTo("{\"keys\":[]}");
    }

    @Test
    void have_the_one_that_will_sign_and_not_the_one_that_has_ended() {
        PublicKeys keys = of(
                Jwks.ecPrivate("\"kid\":\"ended\",\"exp\":" + NOW.getEpochSecond()),
                Jwks.edPrivate(
                        "\"kid\":\"coming\",\"nbf\":" + NOW.plusSeconds(60).getEpochSecond()));

        assertThat(ids(keys)).containsExactly("coming");
    }

    @Test
    void may_be_kept_as_long_as_an_instance_waits_between_two_reads() {
        assertThat(of(Jwks.ecPrivate()).cacheControl()).isEqualTo("public, max-age=10");
    }

    @Test
    void are_those_of_sessions_that_others_can_verify() {
        KeyRing ring = KeyRing.parse(Jwks.set(Jwks.secret(1), Jwks.ecPrivate("\"kid\":\"ec\"")));
        try (Sessions readable = Sessions.with(ring)
                        .readableByHolder("https://shop.example", "reports")
                        .build();
                Sessions sealed = Sessions.with(ring).build()) {
            assertThat(ids(readable.publicKeys())).containsExactly("ec");
            assertThatIllegalStateException().isThrownBy(sealed::publicKeys).withMessageContaining("readableByHolder");
        }
    }
}
