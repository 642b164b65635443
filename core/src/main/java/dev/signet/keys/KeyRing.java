package dev.signet.keys;

import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * An immutable set of keys, written as a JWK Set (RFC 7517 §5): {@code oct} keys of 256 bits, and EC P-256 or OKP Ed25519 keys for
 * signatures. Thread-safe.
 *
 * <p>A ring with a key that somebody could guess or know is refused: a passphrase, a pattern, an example out of a specification. The hash
 * of a passphrase looks random and cannot be told from a key; use random bytes.
 */
public final class KeyRing {
    private static final Duration SHORTEST_LIFETIME = Duration.ofHours(1);
    private static final Duration DEFAULT_LIFETIME = Duration.ofDays(400);

    private final List<Key> keys;
    private final Map<String, Key> byId;
    private final Duration longestLifetime;
    private final @Nullable KeySource source;

    private KeyRing(List<Key> keys, Duration longestLifetime, @Nullable KeySource source) {
        this.keys = List.copyOf(keys);
        this.byId = keys.stream().collect(Collectors.toUnmodifiableMap(Key::id, Function.identity()));
        this.longestLifetime = longestLifetime;
        this.source = source;
    }

    /**
     * The ring in a file, as {@link #from} a {@link KeySource#file}.
     *
     * @throws IllegalArgumentException when there is no good ring; the message names the file, the reason and the command that makes one
     */
    public static KeyRing load(Path file) {
        return from(KeySource.file(file));
    }

    /**
     * The ring in an environment variable, as {@link #from} a {@link KeySource#environment}.
     *
     * @throws IllegalArgumentException when there is no good ring; the message names the variable, the reason and the command that sets it
     */
    public static KeyRing environment(String variable) {
        return from(KeySource.environment(variable));
    }

    /**
     * The ring that a source has now. The ring itself does not change; it remembers the source, so that who uses it can follow.
     *
     * @throws IllegalArgumentException when there is no good ring; the message names the source, the reason and the command that makes one
     */
    public static KeyRing from(KeySource source) {
        String text;
        try {
            text = source.read();
        } catch (IOException e) {
            throw new IllegalArgumentException(
                    "The " + source.describe() + " cannot be read: " + e.getMessage()
                            + ". If there is none yet, this makes one: " + NewRing.command(source),
                    e);
        }
        return read(text, source.describe(), NewRing.command(source), source);
    }

    /**
     * The ring that a text describes; it has no source and is never followed.
     *
     * @throws IllegalArgumentException when the text is no good ring; the message names the reason and a command that prints one
     */
    public static KeyRing parse(String jwkSet) {
        return read(jwkSet, "JWK Set", NewRing.command(), null);
    }

    private static KeyRing read(String text, String what, String command, @Nullable KeySource source) {
        List<Key> keys;
        try {
            keys = JwkSetReader.read(text);
        } catch (IllegalArgumentException e) {
            throw new IllegalArgumentException("The " + what + " is refused: " + e.getMessage()
                    + ". Correct it; or start over with a new key, which ends every session: " + command);
        }
        return new KeyRing(keys, DEFAULT_LIFETIME, source);
    }

    /** A ring of one new random secret for tests and development: nothing it sealed opens after a restart or on another instance. */
    public static KeyRing generate() {
        return of(List.of(Key.secret(Instant.EPOCH, Instant.EPOCH)));
    }

    /**
     * A ring of these keys, which has no source.
     *
     * @throws IllegalArgumentException when there are none, or two are the same or have the same id
     */
    public static KeyRing of(List<Key> keys) {
        JwkSetReader.check(keys);
        return new KeyRing(keys, DEFAULT_LIFETIME, null);
    }

    /**
     * This ring with another limit on lifetimes, which bounds the days for which keys are derived and revocations are kept.
     *
     * @throws IllegalArgumentException when it is shorter than an hour or longer than 400 days
     */
    public KeyRing withLongestLifetime(Duration lifetime) {
        if (lifetime.compareTo(SHORTEST_LIFETIME) < 0 || lifetime.compareTo(DEFAULT_LIFETIME) > 0) {
            throw new IllegalArgumentException(
                    "The longest lifetime " + lifetime + " must lie between 1 hour and 400 days.");
        }
        return new KeyRing(keys, lifetime, source);
    }

    /** The longest time that any token of this ring may live: 400 days by default. */
    public Duration longestLifetime() {
        return longestLifetime;
    }

    /** The keys in the order of the set; at least one. */
    public List<Key> keys() {
        return keys;
    }

    /** The key of an id, compared character for character; empty when the ring has none. */
    public Optional<Key> key(String id) {
        return Optional.ofNullable(byId.get(id));
    }

    /** Where the ring came from; empty when it was parsed or generated. */
    public Optional<KeySource> source() {
        return Optional.ofNullable(source);
    }

    /** Whether the ring has public keys only, so that it can neither seal, open nor sign. */
    public boolean verifyingOnly() {
        return keys.stream().allMatch(key -> key.use() == Key.Use.VERIFYING);
    }

    /** The whole ring, secrets included, as a JWK Set that {@link #parse} reads. */
    public String exportSecretJwkSet() {
        return JwkSetWriter.write(keys, Material::allMembers);
    }

    /** What others need to verify this ring's signatures: the public keys as a JWK Set, which is empty where there are only secrets. */
    public String exportPublicJwkSet() {
        return JwkSetWriter.write(keys, Material::publicMembers);
    }

    /** Ids, uses and dates, without any key material. */
    @Override
    public String toString() {
        return "KeyRing" + keys;
    }
}
