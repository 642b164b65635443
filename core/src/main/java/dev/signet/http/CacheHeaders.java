package dev.signet.http;

import java.util.List;

/** Keeps what depends on a session out of caches (RFC 9111 §5.2), against weaker words of the application. */
final class CacheHeaders {
    private static final List<String> FOR_PROXIES = List.of(
            "CDN-Cache-Control",
            "Cloudflare-CDN-Cache-Control",
            "Vercel-CDN-Cache-Control",
            "Netlify-CDN-Cache-Control",
            "Edge-Control",
            "Surrogate-Control",
            "X-Accel-Expires",
            "Expires",
            "Pragma");

    private CacheHeaders() {}

    /**
     * @param personal whether a session was there or a cookie of ours is set; otherwise the handler only asked
     */
    static void guard(ResponseHead head, boolean personal) {
        if (personal || !says(head, "Cache-Control", "no-store")) {
            head.set("Cache-Control", personal ? "no-store" : "private, no-cache");
        }
        head.remove(FOR_PROXIES);
        if (!says(head, "Vary", "Cookie") && !says(head, "Vary", "*")) {
            head.add("Vary", "Cookie");
        }
    }

    /** As {@link #guard} of a personal response, where no cookie decides about it. */
    static void forbid(ResponseHead head) {
        head.set("Cache-Control", "no-store");
        head.remove(FOR_PROXIES);
    }

    private static boolean says(ResponseHead head, String name, String word) {
        for (String line : head.headers(name)) {
            for (String each : line.split(",", -1)) {
                if (each.strip().equalsIgnoreCase(word)) {
                    return true;
                }
            }
        }
        return false;
    }
}
