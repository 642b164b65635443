package dev.signet.token;

/** What a sealed token is for; its {@code typ} stands in the header and separates the derived keys (RFC 8725 §3.11, §3.12). */
public enum TokenKind {
    TICKET("st1+jwt"),
    VISITOR("sv1+jwt"),
    SLOT("ss1+jwt"),
    /** A signed ticket that every holder can read, for {@code Verifier}s elsewhere. */
    READABLE("sj1+jwt"),
    /** The outside of a signed-then-encrypted token, whatever kind is inside. */
    NESTED("sn1+jwt"),
    /** Never a token: the key that marks CSRF tokens. */
    CSRF("csrf");

    private final String typ;

    TokenKind(String typ) {
        this.typ = typ;
    }

    public String typ() {
        return typ;
    }
}
