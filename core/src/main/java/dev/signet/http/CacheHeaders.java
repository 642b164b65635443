package dev.signet.http;

import java.util.List;
import java.util.Locale;

/** Keeps what depends on a session out of caches (RFC 9111 §5.2), against weaker words of the application. */
final class CacheHeaders {
    private static final List<String> FOR_PROXIES =
            List.of("CDN-Cache-Control", "Surrogate-Control", "Expires", "Pragma");

    private CacheHeaders() {}

    /**
     * @param personal whether a session was there or a cookie of ours is set; otherwise the handler only asked
     */
    static void guard(ResponseHead head, boolean personal) {
        boolean unstored = head.headers("Cache-Control").stream()
                .anyMatch(value -> value.toLowerCase(Locale.ROOT).contains("no-store"));
        if (personal || !unstored) {
            head.set("Cache-Control", personal ? "no-store" : "private, no-cache");
        }
        FOR_PROXIES.forEach(head::remove);
        boolean varies = head.headers("Vary").stream()
                .flatMap(value -> List.of(value.split(",")).stream())
                .map(String::strip)
                .anyMatch(value -> value.equals("*") || value.equalsIgnoreCase("Cookie"));
        if (!varies) {
            head.add("Vary", "Cookie");
        }
    }
}
