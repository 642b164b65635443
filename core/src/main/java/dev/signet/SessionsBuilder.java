package dev.signet;

import dev.signet.keys.KeyRing;
import dev.signet.revocation.Revocations;
import dev.signet.token.Purpose;
import java.time.Duration;
import java.time.InstantSource;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Settings of {@link Sessions}; each has a default but the key ring. Not thread-safe. */
public final class SessionsBuilder {
    final KeyRing keys;
    final Map<String, Lifetime> lifetimes = new LinkedHashMap<>();
    String application = "app";
    String name = "session";

    @Nullable
    Lifetime visitors;

    Revocations revocations = Revocations.none();
    TokenFormat format = TokenFormat.ENCRYPTED;

    @Nullable
    Audience readable;

    Duration skew = Deadlines.DEFAULT_SKEW;
    InstantSource clock = InstantSource.system();
    SessionListener listener = new SessionListener() {};

    SessionsBuilder(KeyRing keys) {
        this.keys = keys;
        lifetimes.put(Session.DEFAULT_LIFETIME, Lifetime.DEFAULT);
        lifetimes.put(Session.REMEMBERED_LIFETIME, Lifetime.REMEMBERED);
    }

    /** Default {@code app}. Tokens of another application do not open, whatever keys they share: 1 to 64 of {@code A-Z a-z 0-9 . _ -}. */
    public SessionsBuilder application(String value) {
        application = value;
        return this;
    }

    /** Default {@code session}: 1 to 16 of {@code a-z 0-9}; tokens of another session name do not open. */
    public SessionsBuilder name(String value) {
        name = Purpose.requireName("session name", value);
        return this;
    }

    /** Default {@link Lifetime#DEFAULT}. */
    public SessionsBuilder lifetime(Lifetime value) {
        return lifetime(Session.DEFAULT_LIFETIME, value);
    }

    /** Default {@link Lifetime#REMEMBERED}. */
    public SessionsBuilder remembered(Lifetime value) {
        return lifetime(Session.REMEMBERED_LIFETIME, value);
    }

    /** Adds a lifetime that {@link SignIn#lifetime(String)} can choose: 1 to 16 of {@code a-z 0-9}. */
    public SessionsBuilder lifetime(String shortName, Lifetime value) {
        lifetimes.put(Purpose.requireName("lifetime name", shortName), value);
        return this;
    }

    /** How long a visitor's slots stay; default as a session. */
    public SessionsBuilder visitors(Lifetime value) {
        visitors = value;
        return this;
    }

    /** Default {@link Revocations#none()}: then a copied ticket lives until it expires. */
    public SessionsBuilder revocations(Revocations value) {
        revocations = value;
        return this;
    }

    /** Default {@link TokenFormat#ENCRYPTED}. */
    public SessionsBuilder format(TokenFormat value) {
        if (value == TokenFormat.SIGNED) {
            throw new IllegalArgumentException(
                    "format SIGNED: say readableByHolder(issuer, audience), since its holder can read it");
        }
        format = value;
        return this;
    }

    /** Tickets are signed and not encrypted: whoever holds one can read it, and whoever has the public key can verify it with a {@link Verifier}. */
    public SessionsBuilder readableByHolder(String issuer, String audience) {
        readable = new Audience(issuer, audience);
        format = TokenFormat.SIGNED;
        return this;
    }

    /** How far in the future a ticket may have been issued, by another machine's clock: 0 to 10 minutes, default 30 seconds. Deadlines know no skew. */
    public SessionsBuilder skew(Duration value) {
        if (value.isNegative() || value.compareTo(Duration.ofMinutes(10)) > 0) {
            throw new IllegalArgumentException("skew = " + value + ": use 0 to 10 minutes");
        }
        skew = value;
        return this;
    }

    public SessionsBuilder clock(InstantSource value) {
        clock = value;
        return this;
    }

    public SessionsBuilder listener(SessionListener value) {
        listener = value;
        return this;
    }

    /** @throws IllegalArgumentException if settings exclude each other; {@link IllegalStateException} if the ring has no key for the format */
    public Sessions build() {
        return new Sessions(this);
    }

    Lifetime ordinary() {
        return lifetimes.getOrDefault(Session.DEFAULT_LIFETIME, Lifetime.DEFAULT);
    }
}
