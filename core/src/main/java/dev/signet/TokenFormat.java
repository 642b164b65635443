package dev.signet;

/** How tokens are protected. */
public enum TokenFormat {
    /** Hidden and authenticated under one secret key: {@code dir} with {@code A256GCM} (RFC 7518 §4.5). The default. */
    ENCRYPTED,
    /** Signed with a private key, then encrypted: whoever has only the secret key cannot forge. Costs a signature per write and a verification per read. */
    SIGNED_THEN_ENCRYPTED,
    /** Signed only, so that its holder and every {@link Verifier} can read it. For library calls and bearer sessions, never for cookies. */
    SIGNED
}
