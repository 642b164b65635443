package dev.signet.keys;

import java.util.SortedMap;

/** What a key is made of. It leaves this package through the {@code export…} methods of {@link Key} and {@link KeyRing} only. */
sealed interface Material permits SecretMaterial, PairMaterial {
    Key.Use use();

    String algorithm();

    /** The same for the same key bytes, with or without the private part; its beginning is the key's default id. */
    String fingerprint();

    /** The members of a JWK that others may see; empty for a secret. */
    SortedMap<String, String> publicMembers();

    /** The members of a JWK that make up the whole key. */
    SortedMap<String, String> allMembers();
}
