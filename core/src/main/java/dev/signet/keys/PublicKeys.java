package dev.signet.keys;

import java.time.Duration;
import java.time.Instant;
import java.util.List;

/**
 * What an application publishes so that others can verify what it signed: its public keys, and for how long a copy of them may be used. Immutable.
 *
 * @param jwkSet a JWK Set (RFC 7517 §5) without anything secret
 * @param maxAge how long caches may keep it
 */
public record PublicKeys(String jwkSet, Duration maxAge) {
    /** The media type of a JWK Set (RFC 7517 §8.5.2). */
    public static final String CONTENT_TYPE = "application/jwk-set+json";

    /**
     * The public keys of a ring that are accepted now, those that will sign later included.
     *
     * @param pollInterval how often each instance reads its keys. A copy may be kept as long: an instance signs with a new key two intervals after it has read
     *     it, by when the others have read it too and no older copy is left.
     */
    public static PublicKeys of(KeyRing ring, Instant now, Duration pollInterval) {
        List<Key> accepted =
                ring.keys().stream().filter(key -> key.acceptedAt(now)).toList();
        return new PublicKeys(JwkSetWriter.write(accepted, Material::publicMembers), pollInterval);
    }

    /** The value of the {@code Cache-Control} header (RFC 9111 §5.2.2). */
    public String cacheControl() {
        return "public, max-age=" + maxAge.toSeconds();
    }
}
