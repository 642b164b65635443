package dev.signet.http;

import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.regex.Pattern;

/** How requests that change something are kept from being caused by another site. Immutable. */
public final class Csrf {
    /** The hidden form field that brings the token. */
    public static final String FIELD = "_csrf";
    /** The header that brings the token. */
    public static final String HEADER = "X-CSRF-Token";

    private static final Set<String> SAFE = Set.of("GET", "HEAD", "OPTIONS", "TRACE");

    private static final Pattern ORIGIN = Pattern.compile("https?://([A-Za-z0-9.-]+|\\[[0-9A-Fa-f:.]+])(:[0-9]{1,5})?");

    private final Mode mode;
    private final Set<String> origins;

    enum Mode {
        TOKEN,
        ORIGIN,
        OFF
    }

    /** What the headers say about where a request came from. */
    enum Origin {
        OURS,
        FOREIGN,
        UNKNOWN
    }

    private Csrf(Mode mode, Set<String> origins) {
        this.mode = mode;
        this.origins = origins;
    }

    /** Checks the origin, and a token once there is a ticket. The default. */
    public static Csrf on() {
        return new Csrf(Mode.TOKEN, Set.of());
    }

    /** Checks the origin only, which has to be known: for single-page applications. */
    public static Csrf originOnly() {
        return new Csrf(Mode.ORIGIN, Set.of());
    }

    /** Checks nothing: for applications that do it themselves. Beside other sessions, those decide where a route has no roles. */
    public static Csrf off() {
        return new Csrf(Mode.OFF, Set.of());
    }

    /**
     * Origins that count as our own besides the {@code Host} header, such as {@code https://shop.example}, where a proxy changes the host. Only asked when the
     * browser sends no {@code Sec-Fetch-Site}.
     *
     * @throws IllegalArgumentException if one is not a scheme, a host and at most a port
     */
    public Csrf origins(String... more) {
        Set<String> all = new HashSet<>(origins);
        for (String origin : more) {
            if (!ORIGIN.matcher(origin).matches()) {
                throw new IllegalArgumentException("origin '" + origin
                        + "': use scheme, host and port as browsers send them, such as https://shop.example");
            }
            all.add(hostAndPort(origin));
        }
        return new Csrf(mode, Set.copyOf(all));
    }

    Mode mode() {
        return mode;
    }

    static boolean isSafe(String method) {
        return SAFE.contains(method.toUpperCase(Locale.ROOT));
    }

    /** By {@code Sec-Fetch-Site}, else by {@code Origin}; a scheme says nothing, since TLS usually ends before us. */
    Origin originOf(Exchange exchange) {
        List<String> site = exchange.headers("Sec-Fetch-Site");
        if (!site.isEmpty()) {
            boolean ours = site.size() == 1
                    && (site.get(0).equals("same-origin") || site.get(0).equals("none"));
            return ours ? Origin.OURS : Origin.FOREIGN;
        }
        List<String> origin = exchange.headers("Origin");
        if (origin.isEmpty()) {
            return Origin.UNKNOWN;
        }
        List<String> host = exchange.headers("Host");
        String from = origin.size() == 1 ? hostAndPort(origin.get(0)) : "";
        boolean ours = !from.isEmpty()
                && (origins.contains(from) || host.size() == 1 && from.equals(withoutDefaultPort(host.get(0))));
        return ours ? Origin.OURS : Origin.FOREIGN;
    }

    private static String hostAndPort(String origin) {
        int scheme = origin.indexOf("://");
        return scheme <= 0 ? "" : withoutDefaultPort(origin.substring(scheme + 3));
    }

    private static String withoutDefaultPort(String hostAndPort) {
        String lower = hostAndPort.toLowerCase(Locale.ROOT);
        return lower.endsWith(":80")
                ? lower.substring(0, lower.length() - 3)
                : lower.endsWith(":443") ? lower.substring(0, lower.length() - 4) : lower;
    }
}
