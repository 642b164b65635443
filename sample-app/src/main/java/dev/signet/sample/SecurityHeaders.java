package dev.signet.sample;

import io.javalin.http.Context;

/**
 * What browsers are told not to do with our pages: no scripts, no styles but our own, no frames. Where TLS ends, add
 * {@code Strict-Transport-Security}.
 */
final class SecurityHeaders {
    private static final String POLICY = String.join(
            "; ",
            "default-src 'none'",
            "style-src 'self'",
            "img-src 'self'",
            "form-action 'self'",
            "base-uri 'none'",
            "frame-ancestors 'none'");

    private SecurityHeaders() {}

    static void add(Context ctx) {
        ctx.header("Content-Security-Policy", POLICY);
        ctx.header("X-Content-Type-Options", "nosniff");
        // Not no-referrer: forms would come with "Origin: null" then, and be refused as another site's.
        ctx.header("Referrer-Policy", "same-origin");
        ctx.header("Cross-Origin-Opener-Policy", "same-origin");
        ctx.header("Cross-Origin-Resource-Policy", "same-origin");
    }
}
