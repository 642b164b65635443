package dev.signet.http;

/** When a browser sends a cookie along with a request that another site caused (RFC 6265bis §5.6.7). */
public enum SameSite {
    STRICT("Strict"),
    /** With top-level navigations only. The default. */
    LAX("Lax"),
    /** Always: needs a CSRF guard. */
    NONE("None");

    private final String attribute;

    SameSite(String attribute) {
        this.attribute = attribute;
    }

    String attribute() {
        return attribute;
    }
}
