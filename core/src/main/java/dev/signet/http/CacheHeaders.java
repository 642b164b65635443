package dev.signet.http;

import java.util.List;
import java.util.stream.Stream;

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
        if (personal || words(head, "Cache-Control").noneMatch("no-store"::equalsIgnoreCase)) {
            head.set("Cache-Control", personal ? "no-store" : "private, no-cache");
        }
        FOR_PROXIES.forEach(head::remove);
        if (words(head, "Vary").noneMatch(word -> word.equals("*") || word.equalsIgnoreCase("Cookie"))) {
            head.add("Vary", "Cookie");
        }
    }

    /** As {@link #guard} of a personal response, where no cookie decides about it. */
    static void forbid(ResponseHead head) {
        head.set("Cache-Control", "no-store");
        FOR_PROXIES.forEach(head::remove);
    }

    private static Stream<String> words(ResponseHead head, String name) {
        return head.headers(name).stream()
                .flatMap(line -> Stream.of(line.split(",", -1)))
                .map(String::strip);
    }
}
