package dev.signet.sample;

import io.javalin.http.Context;

/**
 * What browsers are told not to do with our pages: no scripts and styles but our own, no frames, and nothing without TLS where
 * people come by it.
 *
 * @param tls whether people come by TLS, which we are told and do not guess from headers that anybody can send
 */
record SecurityHeaders(boolean tls) {
    private static final String POLICY = String.join(
            "; ",
            "default-src 'none'",
            "style-src 'self'",
            "script-src 'self'",
            "img-src 'self'",
            "form-action 'self'",
            "base-uri 'none'",
            "frame-ancestors 'none'");

    private static final String A_YEAR = "max-age=31536000";

    void add(Context ctx) {
        if (tls) {
            ctx.header("Strict-Transport-Security", A_YEAR);
        }
        ctx.header("Content-Security-Policy", POLICY);
        ctx.header("X-Content-Type-Options", "nosniff");
        // Not no-referrer: forms would come with "Origin: null" then, and be refused as another site's.
        ctx.header("Referrer-Policy", "same-origin");
        ctx.header("Cross-Origin-Opener-Policy", "same-origin");
        ctx.header("Cross-Origin-Resource-Policy", "same-origin");
    }
}
