package dev.signet.keys;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowable;

import dev.signet.Keeps;
import dev.signet.Tries;
import java.util.List;
import java.util.Objects;
import java.util.stream.Stream;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Key material leaves a ring through its {@code export…} methods and nowhere else. */
@Keeps({"K9", "L1"})
@Tries(56)
class SecrecyTest {
    private static final List<String> SECRETS = List.of(Jwks.k(1), Jwks.k(2), Jwks.EC_D, Jwks.ED_D);
    private static final String RING = Jwks.set(Jwks.secret(1), Jwks.secret(2), Jwks.ecPrivate(), Jwks.edPrivate());

    @Test
    void nothing_shows_it() {
        KeyRing ring = KeyRing.parse(RING);

        Secrets.assertNoneIn(ring.toString(), SECRETS);
        Secrets.assertNoneIn(ring.exportPublicJwkSet(), SECRETS);
        for (Key key : ring.keys()) {
            Secrets.assertNoneIn(key + " " + key.material() + " " + key.id(), SECRETS);
        }
        Secrets.assertNoneIn(ring.key("none") + " " + ring.source(), SECRETS);
    }

    @Test
    void no_wrong_use_tells_it() {
        for (Key key : KeyRing.parse(RING).keys()) {
            Stream.<ThrowingCallable>of(
                            () -> key.exportPurposeKey(new byte[1], new byte[1]), key::publicKey, key::exportPrivateKey)
                    .map(wrong -> catchThrowable(wrong))
                    .filter(Objects::nonNull)
                    .forEach(e -> Secrets.assertNoneIn(e, SECRETS));
        }
    }

    @ParameterizedTest
    @MethodSource
    void no_refusal_tells_it(String text) {
        Throwable refusal = catchThrowable(() -> KeyRing.parse(text));

        assertThat(refusal).isInstanceOf(IllegalArgumentException.class);
        Secrets.assertNoneIn(refusal, SECRETS);
    }

    static Stream<String> no_refusal_tells_it() {
        String k = Jwks.k(1);
        return Stream.of(
                k,
                "\"" + k + "\"",
                Jwks.secret(1),
                RING.substring(0, RING.length() - 1),
                RING + k,
                RING.replace("\"", "'"),
                RING.replace("\"" + k + "\"", k),
                RING.replace("\"k\":", "\"k\" "),
                RING.replace(k, k + k),
                RING.replace(k, k + "="),
                RING.replace(k, k + "\\q"),
                RING.replace(k, k + "\n"),
                RING.replace("\"oct\"", "\"" + k + "\""),
                RING.replace("\"EC\"", "\"" + k + "\""),
                RING.replace("P-256", k),
                RING.replace(Jwks.EC_D, Jwks.ED_D),
                RING.replace(Jwks.ED_D, Jwks.EC_D),
                Jwks.set("{\"" + k + "\":1,\"" + k + "\":2}"),
                Jwks.set(Jwks.secret(1), Jwks.secret(1)),
                Jwks.set(Jwks.secret(1, "\"kid\":\"" + k + "\"")),
                Jwks.set(Jwks.secret(1, "\"alg\":\"" + k + "\"")),
                Jwks.set(Jwks.secret(1, "\"use\":\"" + k + "\"")),
                Jwks.set(Jwks.secret(1, "\"exp\":\"" + k + "\"")),
                Jwks.set(Jwks.secret(1, "\"key_ops\":[\"" + k + "\"]")));
    }
}
