package dev.signet;

import org.jspecify.annotations.Nullable;

/** Who made a signed token and whom it is for (RFC 7519 §4.1.1, §4.1.3). */
record Audience(String issuer, String audience) {
    Audience {
        if (issuer.isBlank() || audience.isBlank()) {
            throw new IllegalArgumentException("issuer '" + issuer + "', audience '" + audience
                    + "': name both, so that nobody else's token is taken for yours");
        }
    }

    boolean is(@Nullable String otherIssuer, @Nullable String otherAudience) {
        return issuer.equals(otherIssuer) && audience.equals(otherAudience);
    }
}
