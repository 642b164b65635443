package dev.signet.keys;

import java.util.Collections;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;

/** 256 secret bits, from which the keys that seal are derived. */
final class SecretMaterial implements Material {
    static final int LENGTH = 32;

    private final byte[] secret;

    /** Takes 32 bytes, which is what {@link Jwk#bytes} gives. */
    SecretMaterial(byte[] secret) {
        WeakKeys.refuse(secret);
        this.secret = secret.clone();
    }

    byte[] derive(byte[] salt, byte[] info) {
        return Hkdf.derive(secret, salt, info, LENGTH);
    }

    @Override
    public Key.Use use() {
        return Key.Use.ENCRYPTION;
    }

    @Override
    public String algorithm() {
        return "A256GCM";
    }

    @Override
    public String fingerprint() {
        return Digests.base64url(Digests.sha256(Digests.utf8("signet/kid"), secret));
    }

    @Override
    public SortedMap<String, String> publicMembers() {
        return Collections.emptySortedMap();
    }

    @Override
    public SortedMap<String, String> allMembers() {
        return new TreeMap<>(Map.of("kty", "oct", "k", Digests.base64url(secret)));
    }
}
