package dev.signet;

import dev.signet.keys.Key;
import dev.signet.keys.KeyRing;
import dev.signet.revocation.Revocations;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Instant;
import java.util.Objects;
import java.util.Set;
import java.util.function.Predicate;

/**
 * The tokens that lie in the test resources, and the program that made them. It is run by hand, once for each token format, with the
 * folder to write to; never over tokens that are there.
 */
final class FrozenTokens {
    static final Instant SEALED = Instant.parse("2026-01-15T12:00:00Z");
    static final Slot<String> THEME = Slot.text("theme");
    static final Slot<String> NOTE = Slot.text("note").version(2, String.class, old -> old);
    static final String ISSUER = "https://shop.example";
    static final String AUDIENCE = "reports";

    private FrozenTokens() {}

    static String read(String name) {
        try (InputStream in = FrozenTokens.class.getResourceAsStream("/tokens/format-1/" + name)) {
            return new String(Objects.requireNonNull(in, name).readAllBytes(), StandardCharsets.UTF_8).strip();
        } catch (IOException unreadable) {
            throw new UncheckedIOException(unreadable);
        }
    }

    static KeyRing keys() {
        return KeyRing.parse(read("keys.jwks"));
    }

    /** The configuration of all of them, and a clock at their sealing. */
    static Sessions.Builder sessions(MovableClock clock, KeyRing keys) {
        return Sessions.with(keys).application("frozen").clock(clock);
    }

    static SignIn everything() {
        return SignIn.as("ada")
                .roles("ADMIN", "BUYER")
                .amr("pwd", "otp")
                .fact("tenant", "zürich")
                .remember();
    }

    public static void main(String[] args) throws IOException {
        Path folder = Path.of(args[0]);
        MovableClock clock = new MovableClock(SEALED.minusSeconds(600));
        KeyRing ecdsa = without("OKP");
        Sessions plain =
                sessions(clock, ecdsa).revocations(Revocations.inMemory(clock)).build();
        Session visitor = plain.startVisitor();
        Session started = plain.start(everything());
        clock.set(SEALED);
        Session ada =
                plain.carrying(plain.restart(started, everything()).orElseThrow(), visitor, Set.of("theme", "note"));
        write(folder, "ticket.jwe", plain.issue(plain.start("ada")));
        write(folder, "ticket-with-everything.jwe", plain.issue(ada));
        write(folder, "visitor.jwe", plain.issue(plain.renew(visitor)));
        write(folder, "slot-theme.jwe", plain.seal(plain.content(THEME, "dark"), ada));
        write(folder, "slot-note-of-visitor.jwe", plain.seal(plain.content(NOTE, "ü😀"), visitor));
        for (KeyRing ring : new KeyRing[] {ecdsa, without("EC")}) {
            String algorithm = ring.keys().stream()
                    .map(Key::algorithm)
                    .filter(Predicate.not("A256GCM"::equals))
                    .findFirst()
                    .orElseThrow();
            Sessions nested = sessions(clock, ring)
                    .format(TokenFormat.SIGNED_THEN_ENCRYPTED)
                    .build();
            Session owner = nested.start(everything());
            write(folder, "nested-" + algorithm + "-ticket.jwe", nested.issue(owner));
            write(folder, "nested-" + algorithm + "-slot-theme.jwe", nested.seal(nested.content(THEME, "dark"), owner));
            Sessions signed =
                    sessions(clock, ring).readableByHolder(ISSUER, AUDIENCE).build();
            write(folder, "signed-" + algorithm + "-ticket.jws", signed.issue(signed.start(everything())));
        }
    }

    private static KeyRing without(String kty) {
        String pair = "(?s),\\s*\\{\\s*\"kid\": \"frozen-..\", \"kty\": \"" + kty + "\".*?}";
        return KeyRing.parse(read("keys.jwks").replaceFirst(pair, ""));
    }

    private static void write(Path folder, String name, String token) throws IOException {
        Files.writeString(folder.resolve(name), token + "\n", StandardOpenOption.CREATE_NEW);
    }
}
