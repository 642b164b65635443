package dev.signet;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowable;

import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaModifier;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import dev.signet.keys.KeyRing;
import dev.signet.revocation.Revocation;
import dev.signet.revocation.Revocations;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.lang.reflect.Type;
import java.math.BigInteger;
import java.util.Base64;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.Test;

/** Tokens, ids, keys and slot values show in no text that somebody might log. */
@Keeps({"L1", "K9"})
@Tries(56)
class SecrecyTest {
    private static final String VALUE = "canary-value-5b1f";
    private static final String FACT = "canary-fact-77aa";

    private final MovableClock clock = MovableClock.atNoon();
    private final KeyRing ring = TestKeys.ring(TestKeys.secret("k1", 1), TestKeys.ecdsa("s1", 0));
    private final Revocations revocations = Revocations.inMemory(clock);
    private final SessionsBuilder builder =
            Sessions.with(ring).clock(clock).revocations(revocations).index(SessionIndex.inMemory());
    private final Sessions sessions = builder.build();
    private final Slot<String> slot = Slot.text("note", VALUE);
    private final Session visitor = sessions.startVisitor();
    private final Session ada = sessions.start(SignIn.as("ada").fact("tenant", FACT));
    private final String ticket = sessions.issue(ada);
    private final SlotContent content = sessions.content(slot, VALUE);
    private final String token = sessions.seal(content, ada);
    private final String csrf = sessions.csrfToken(ada);
    private final List<String> secrets = secrets();

    private List<String> secrets() {
        byte[] key = TestKeys.secretBytes(1);
        byte[] pair = ring.keys().get(1).exportPrivateKey().getEncoded();
        return Stream.concat(
                        Stream.of(VALUE, FACT, ticket, token, csrf, ada.id(), visitor.id()),
                        Stream.of(key, pair)
                                .flatMap(bytes -> Stream.of(
                                        Forge.base64url(bytes),
                                        Base64.getEncoder().encodeToString(bytes),
                                        HexFormat.of().formatHex(bytes),
                                        new BigInteger(1, bytes).toString())))
                .toList();
    }

    /** Pieces of ten characters are enough to be seen. */
    private List<String> foundIn(String text) {
        return secrets.stream()
                .filter(secret -> {
                    for (int at = 0; at + 10 <= secret.length(); at++) {
                        String piece = secret.substring(at, at + 10);
                        if (!secret.startsWith("eyJ") || at > secret.indexOf('.')) {
                            if (text.contains(piece)) {
                                return true;
                            }
                        }
                    }
                    return false;
                })
                .toList();
    }

    private Map<Class<?>, Object> onesOfEachType() {
        Map<Class<?>, Object> ones = new LinkedHashMap<>();
        ones.put(Session.class, List.of(ada, visitor, sessions.carrying(ada, visitor, Set.of("note"))));
        ones.put(SignIn.class, SignIn.as("ada").fact("tenant", FACT).carry(slot));
        ones.put(Slot.class, slot.version(2, String.class, old -> old));
        ones.put(SlotContent.class, content);
        ones.put(SlotFormat.class, new Reversed());
        ones.put(SlotTooLarge.class, new SlotTooLarge("note", 2, 1, "fix"));
        ones.put(SignInOvertaken.class, new SignInOvertaken());
        ones.put(Sessions.class, sessions);
        ones.put(SessionsBuilder.class, builder);
        ones.put(Devices.class, sessions.devices());
        ones.put(ListedSession.class, ListedSession.of(ada, "Firefox on Linux"));
        ones.put(SessionIndex.class, SessionIndex.inMemory());
        ones.put(SessionLimit.class, SessionLimit.refusing(2));
        ones.put(TooManySessions.class, new TooManySessions(2));
        ones.put(DeviceLabel.class, DeviceLabel.of(VALUE));
        ones.put(SessionListener.class, new SessionListener() {});
        ones.put(Lifetime.class, Lifetime.DEFAULT);
        ones.put(Assurance.class, List.of(Assurance.values()));
        ones.put(TokenFormat.class, List.of(TokenFormat.values()));
        ones.put(Verifier.class, Verifier.of(ring, "issuer", "audience", clock));
        ones.put(Verification.class, sessions.verify(ticket));
        ones.put(Verification.Active.class, sessions.verify(ticket));
        ones.put(Verification.Undecided.class, new Verification.Undecided(ada));
        ones.put(Verification.Absent.class, sessions.verify(null));
        ones.put(Verification.Expired.class, new Verification.Expired());
        ones.put(Verification.Revoked.class, new Verification.Revoked(ada));
        ones.put(Verification.Invalid.class, sessions.verify(ticket + "x"));
        ones.put(Verification.Outcome.class, sessions.verify(ticket).outcome());
        ones.put(Verification.Cause.class, List.of(Verification.Cause.values()));
        return ones;
    }

    private static final class Reversed implements SlotFormat {
        @Override
        public byte[] write(Object value, Type type) {
            return Forge.utf8(new StringBuilder((String) value).reverse().toString());
        }

        @Override
        public Object read(byte[] bytes, Type type) {
            return new StringBuilder(new String(bytes)).reverse().toString();
        }
    }

    @Test
    void the_search_finds_a_secret() {
        for (String secret : secrets) {
            assertThat(foundIn("text " + secret + " text")).contains(secret);
        }
        assertThat(foundIn("the piece " + ticket.substring(ticket.length() - 15)))
                .containsExactly(ticket);
    }

    @Test
    void every_public_type_is_looked_at() {
        Set<String> types = new ClassFileImporter()
                .withImportOption(ImportOption.Predefined.DO_NOT_INCLUDE_TESTS).importPackages("dev.signet").stream()
                        .filter(type -> type.getPackageName().equals("dev.signet"))
                        .filter(SecrecyTest::isPublic)
                        .map(JavaClass::getName)
                        .collect(Collectors.toCollection(TreeSet::new));

        assertThat(onesOfEachType().keySet()).extracting(Class::getName).containsExactlyInAnyOrderElementsOf(types);
    }

    private static boolean isPublic(JavaClass type) {
        return type.getModifiers().contains(JavaModifier.PUBLIC)
                && type.getEnclosingClass().map(SecrecyTest::isPublic).orElse(true);
    }

    @Test
    void no_type_shows_a_secret() {
        onesOfEachType()
                .forEach((type, one) -> assertThat(foundIn(String.valueOf(one)))
                        .as(type.getName())
                        .isEmpty());
        assertThat(foundIn(ring + " " + ring.keys() + revocations + revocations.status()))
                .isEmpty();
    }

    @Test
    void no_exception_shows_a_secret() {
        Slot<String> small = Slot.text("note").atMost(256);
        Slot<Object> odd = Slot.of("odd", Object.class, "");
        Map<String, Object> itself = new LinkedHashMap<>(Map.of(VALUE, VALUE));
        itself.put("self", itself);
        List<ThrowingCallable> mistakes = List.of(
                () -> sessions.content(small, VALUE.repeat(20)),
                () -> sessions.content(odd, itself),
                () -> sessions.content(odd, new Object() {
                    @SuppressWarnings("unused")
                    public String getValue() {
                        throw new IllegalStateException(VALUE);
                    }
                }),
                () -> slot.value(new SlotContent("note", 1, false, Forge.utf8("{\"" + VALUE + "\":1}"))),
                () -> slot.value(new SlotContent("note", 7, false, Forge.utf8("\"" + VALUE + "\""))),
                () -> slot.format(new Reversed())
                        .value(new SlotContent("note", 1, false, Forge.utf8("\"=" + VALUE + "\""))),
                () -> SignIn.as("ada").fact("tenant", FACT.repeat(100)),
                () -> SignIn.as("ada").fact("tenant", FACT + "\ud800"),
                () -> sessions.start(SignIn.as("\u0001".repeat(255)).fact("tenant", FACT + "\u0001".repeat(900))),
                () -> sessions.restart(ada, SignIn.as("bob").fact("tenant", FACT)),
                () -> sessions.restart(visitor, Set.of()),
                visitor::subject,
                () -> sessions.start(SignIn.as("ada").fact("tenant", FACT).lifetime("unknown")),
                () -> {
                    SignIn checked = SignIn.as("ada").fact("tenant", FACT).checkedAt(sessions.position());
                    sessions.revoke(Revocation.subject("ada"));
                    sessions.start(checked);
                },
                () -> Sessions.with(TestKeys.ring(TestKeys.secret(
                                "k1", 1, TestKeys.from(clock.instant().plusSeconds(9)))))
                        .clock(clock)
                        .build(),
                () -> Sessions.with(TestKeys.ring())
                        .readableByHolder("me", "you")
                        .build(),
                () -> ring.keys().get(0).publicKey(),
                () -> ring.keys().get(1).exportPurposeKey(new byte[1], new byte[1]));

        for (ThrowingCallable mistake : mistakes) {
            Throwable thrown = catchThrowable(mistake);
            assertThat(thrown).isNotNull();
            StringWriter text = new StringWriter();
            thrown.printStackTrace(new PrintWriter(text));
            assertThat(foundIn(text.toString())).as(thrown.getClass().getName()).isEmpty();
        }
    }
}
