package dev.signet;

import dev.signet.keys.KeyRing;
import dev.signet.revocation.Revocations;
import dev.signet.token.Purpose;
import java.time.Duration;
import java.time.InstantSource;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Settings of {@link Sessions}; each has a default but the key ring. Not thread-safe. */
public final class SessionsBuilder {
    private static final Logger LOG = LoggerFactory.getLogger(SessionsBuilder.class);

    final KeyRing keys;
    final Map<String, Lifetime> lifetimes = new LinkedHashMap<>();
    String application = "app";
    String name = "session";

    @Nullable
    Lifetime visitors;

    @Nullable
    Assurance assurance;

    @Nullable
    String exceededBecause;

    Revocations revocations = Revocations.none();

    @Nullable
    SessionIndex index;

    @Nullable
    SessionLimit limit;

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
        application = Purpose.requireApplication(value);
        return this;
    }

    /**
     * Default {@code session}: 1 to 16 of {@code a-z 0-9}; tokens of another session name do not open.
     *
     * @throws IllegalArgumentException if it is no such name
     */
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

    /**
     * Adds a lifetime that {@link SignIn#lifetime(String)} can choose: 1 to 16 of {@code a-z 0-9}.
     *
     * @throws IllegalArgumentException if it is no such name
     */
    public SessionsBuilder lifetime(String shortName, Lifetime value) {
        lifetimes.put(Purpose.requireName("lifetime name", shortName), value);
        return this;
    }

    /** Insists that no lifetime of sessions, the remembered one included, is longer than this level allows; default no level. */
    public SessionsBuilder assurance(Assurance level) {
        assurance = level;
        exceededBecause = null;
        return this;
    }

    /**
     * As {@link #assurance(Assurance)}, but longer lifetimes only cause a warning at the start.
     *
     * @param exceededBecause why they are accepted, for whoever reads the log
     * @throws IllegalArgumentException if the reason is blank
     */
    public SessionsBuilder assurance(Assurance level, String exceededBecause) {
        if (exceededBecause.isBlank()) {
            throw new IllegalArgumentException("assurance " + level + " exceeded without a reason: say why");
        }
        assurance = level;
        this.exceededBecause = exceededBecause;
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

    /**
     * Lists the live sessions of each person, for {@link Sessions#devices}; default nothing does. Is closed with the sessions. Give each application and
     * session name an index of its own, such as another table: rows do not say whose they are, which nothing here can see. In one that two share, lists and
     * limits have the sessions of both; and where they do not share a revocation log too, ending a session of the other one is claimed and ends nothing.
     */
    public SessionsBuilder index(SessionIndex value) {
        index = value;
        return this;
    }

    /** How many sessions a person may have at a time; default as many as they like. Needs an {@link #index}. */
    public SessionsBuilder limit(SessionLimit value) {
        limit = value;
        return this;
    }

    /**
     * Default {@link TokenFormat#ENCRYPTED}.
     *
     * @throws IllegalArgumentException for {@link TokenFormat#SIGNED}: say {@link #readableByHolder}
     */
    public SessionsBuilder format(TokenFormat value) {
        if (value == TokenFormat.SIGNED) {
            throw new IllegalArgumentException(
                    "format SIGNED: say readableByHolder(issuer, audience), since its holder can read it");
        }
        format = value;
        return this;
    }

    /**
     * Tickets are signed and not encrypted: whoever holds one can read it, and whoever has the public key can verify it with a {@link Verifier}.
     *
     * @param issuer goes into each ticket as {@code iss} (RFC 7519 §4.1.1)
     * @param audience goes into each ticket as {@code aud} (RFC 7519 §4.1.3)
     * @throws IllegalArgumentException if one of them is blank
     */
    public SessionsBuilder readableByHolder(String issuer, String audience) {
        readable = new Audience(issuer, audience);
        format = TokenFormat.SIGNED;
        return this;
    }

    /**
     * How far in the future a ticket may have been issued, by another machine's clock: 0 to 10 minutes, default 30 seconds. Deadlines know no skew.
     *
     * @throws IllegalArgumentException if it is out of this range
     */
    public SessionsBuilder skew(Duration value) {
        if (value.isNegative() || value.compareTo(Duration.ofMinutes(10)) > 0) {
            throw new IllegalArgumentException("skew = " + value + ": use 0 to 10 minutes");
        }
        skew = value;
        return this;
    }

    /** Default the system's; tests bring one that they can move. Its {@code millis()} has to tell the same as its {@code instant()}. */
    public SessionsBuilder clock(InstantSource value) {
        clock = value;
        return this;
    }

    /** Is told what happens, for metrics and audit logs; default nobody is. */
    public SessionsBuilder listener(SessionListener value) {
        listener = value;
        return this;
    }

    /** @throws IllegalArgumentException if settings exclude each other; {@link IllegalStateException} if the ring has no key for the format */
    public Sessions build() {
        return new Sessions(this);
    }

    void requireUsefulIndex() {
        if (limit != null && index == null) {
            throw new IllegalArgumentException("limit = " + limit + " without an index that counts: set index(…)");
        }
        if (index != null && !revocations.records()) {
            throw new IllegalArgumentException(
                    "an index without revocations: nothing it lists could be ended; set revocations(…)");
        }
    }

    void requireAssurance() {
        Assurance level = assurance;
        if (level != null) {
            lifetimes.forEach((shortName, lifetime) -> requireAllowed(level, shortName, lifetime));
        }
    }

    private void requireAllowed(Assurance level, String shortName, Lifetime lifetime) {
        if (level.allows(lifetime)) {
            return;
        }
        String problem = "lifetime '" + shortName + "' of " + lifetime.idle() + " idle and " + lifetime.absolute()
                + " in all is longer than " + level + " allows, "
                + level.lifetime().idle() + " and " + level.lifetime().absolute();
        if (exceededBecause == null) {
            throw new IllegalArgumentException(
                    problem + ": shorten it, or say why it may be in assurance(" + level + ", reason)");
        }
        LOG.warn("The {}; accepted because: {}", problem, exceededBecause);
    }

    Lifetime ordinary() {
        return lifetimes.getOrDefault(Session.DEFAULT_LIFETIME, Lifetime.DEFAULT);
    }
}
