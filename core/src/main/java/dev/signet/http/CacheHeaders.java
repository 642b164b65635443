package dev.signet.http;

import java.util.List;
import java.util.Set;

/** Keeps what depends on a session out of caches (RFC 9111 §5.2), against weaker words of the application. */
final class CacheHeaders {
    private static final Set<String> FOR_PROXIES = Set.of(
            "cdn-cache-control",
            "cloudflare-cdn-cache-control",
            "vercel-cdn-cache-control",
            "netlify-cdn-cache-control",
            "edge-control",
            "surrogate-control",
            "x-accel-expires",
            "expires",
            "pragma");

    private CacheHeaders() {}

    /**
     * @param personal whether a session was there or a cookie of ours is set; otherwise the handler only asked
     */
    static void guard(ResponseHead head, boolean personal) {
        if (personal || !say(head.headers("Cache-Control"), "no-store")) {
            head.set("Cache-Control", personal ? "no-store" : "private, no-cache");
        }
        head.remove(FOR_PROXIES);
        List<String> vary = head.headers("Vary");
        if (!say(vary, "Cookie") && !say(vary, "*")) {
            head.add("Vary", "Cookie");
        }
    }

    /** As {@link #guard} of a personal response, where no cookie decides about it. */
    static void forbid(ResponseHead head) {
        head.set("Cache-Control", "no-store");
        head.remove(FOR_PROXIES);
    }

    private static boolean say(List<String> lines, String word) {
        for (String line : lines) {
            for (String each : line.split(",", -1)) {
                if (each.strip().equalsIgnoreCase(word)) {
                    return true;
                }
            }
        }
        return false;
    }
}
