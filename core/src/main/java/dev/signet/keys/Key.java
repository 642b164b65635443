package dev.signet.keys;

import java.security.PrivateKey;
import java.security.PublicKey;
import java.security.SecureRandom;
import java.time.Instant;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * One key of a {@link KeyRing}: an id and dates that anybody may see, and material that only the {@code export…} methods give away.
 * Immutable and thread-safe.
 */
public final class Key {
    /** What a key can do. */
    public enum Use {
        /** A 256-bit secret (JWK {@code oct}): keys that seal and open are derived from it. */
        ENCRYPTION,
        /** A key pair on P-256 or Ed25519: signs and verifies. */
        SIGNING,
        /** The public half of such a pair: verifies. */
        VERIFYING
    }

    private final String id;
    private final Material material;
    private final Instant madeAt;
    private final Instant sealsFrom;
    private final @Nullable Instant acceptedUntil;

    Key(String id, Material material, Instant madeAt, Instant sealsFrom, @Nullable Instant acceptedUntil) {
        this.id = id;
        this.material = material;
        this.madeAt = madeAt;
        this.sealsFrom = sealsFrom;
        this.acceptedUntil = acceptedUntil;
    }

    /**
     * A new secret of 256 random bits, which seals.
     *
     * @param madeAt for whoever looks at the ring; {@link Instant#EPOCH} to leave it out
     * @param sealsFrom give every instance time to hold the key before: two of its polling intervals at least
     */
    public static Key secret(Instant madeAt, Instant sealsFrom) {
        byte[] secret = new byte[SecretMaterial.LENGTH];
        new SecureRandom().nextBytes(secret);
        return made(new SecretMaterial(secret), madeAt, sealsFrom);
    }

    /**
     * A new key pair on P-256, which signs with {@code ES256} (RFC 7518 §3.4).
     *
     * @param madeAt for whoever looks at the ring; {@link Instant#EPOCH} to leave it out
     * @param sealsFrom give every verifier time to hold the public half before
     */
    public static Key pair(Instant madeAt, Instant sealsFrom) {
        return made(PairMaterial.random(), madeAt, sealsFrom);
    }

    private static Key made(Material material, Instant madeAt, Instant sealsFrom) {
        return new Key(JwkSetReader.defaultId(material), material, madeAt, sealsFrom, null);
    }

    /**
     * This key, but nothing of it is accepted from that moment on.
     *
     * @throws IllegalArgumentException when that is not later than {@link #sealsFrom()}
     */
    public Key acceptedUntil(Instant end) {
        if (!end.isAfter(sealsFrom)) {
            throw new IllegalArgumentException("a key that seals from " + sealsFrom + " cannot end at " + end);
        }
        return new Key(id, material, madeAt, sealsFrom, end);
    }

    /**
     * The name tokens know this key by: the JWK's {@code kid}, else the first 6 characters of a hash of the key (of its RFC 7638 thumbprint
     * for a key pair).
     */
    public String id() {
        return id;
    }

    /** What this key can do. */
    public Use use() {
        return material.use();
    }

    /** The JOSE name of what this key is for: {@code A256GCM}, {@code ES256} or {@code EdDSA}. */
    public String algorithm() {
        return material.algorithm();
    }

    /** When the key was made (JWK {@code iat}); {@link Instant#EPOCH} where the ring does not say. */
    public Instant madeAt() {
        return madeAt;
    }

    /** From when on the key may seal or sign (JWK {@code nbf}, RFC 7519 §4.1.5); {@link Instant#EPOCH} where the ring does not say. */
    public Instant sealsFrom() {
        return sealsFrom;
    }

    /** The first moment at which the key no longer opens or verifies anything (JWK {@code exp}); empty for one without an end. */
    public Optional<Instant> acceptedUntil() {
        return Optional.ofNullable(acceptedUntil);
    }

    /** Whether tokens of this key are accepted at {@code now}, which is before {@link #acceptedUntil()}. */
    public boolean acceptedAt(Instant now) {
        return acceptedUntil == null || now.isBefore(acceptedUntil);
    }

    /**
     * A 32-byte key for one purpose: HKDF-SHA256 (RFC 5869) of this secret. It may be handed to a party that shall not have the secret.
     *
     * @throws IllegalStateException when this is not an {@link Use#ENCRYPTION} key
     */
    public byte[] exportPurposeKey(byte[] salt, byte[] info) {
        if (material instanceof SecretMaterial secret) {
            return secret.derive(salt, info);
        }
        throw new IllegalStateException(
                this + " signs or verifies; purpose keys are derived from ENCRYPTION keys only.");
    }

    /**
     * The key that verifies what this one signed.
     *
     * @throws IllegalStateException when this is an {@link Use#ENCRYPTION} key
     */
    public PublicKey publicKey() {
        return pair().publicKey();
    }

    /**
     * The key that signs.
     *
     * @throws IllegalStateException when this is not a {@link Use#SIGNING} key
     */
    public PrivateKey exportPrivateKey() {
        PrivateKey privateKey = pair().privateKey();
        if (privateKey == null) {
            throw new IllegalStateException(
                    this + " is the public half of a key pair; only the ring of the issuer has the private one.");
        }
        return privateKey;
    }

    private PairMaterial pair() {
        if (material instanceof PairMaterial pair) {
            return pair;
        }
        throw new IllegalStateException(this + " is a secret; only SIGNING and VERIFYING keys have a public half.");
    }

    Material material() {
        return material;
    }

    /** Id, use and dates, without any key material. */
    @Override
    public String toString() {
        return "Key[" + id + " " + use() + " " + algorithm() + ", made " + madeAt + ", seals from " + sealsFrom
                + acceptedUntil().map(end -> ", accepted until " + end).orElse("") + "]";
    }
}
