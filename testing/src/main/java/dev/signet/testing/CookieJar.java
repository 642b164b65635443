package dev.signet.testing;

import java.net.URI;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * The cookies of a browser, kept and sent by the rules of RFC 6265bis §5.6 to §5.8. Every request counts as one of the same site, and a domain without a dot as
 * a public suffix: the list of the others is not known here. Thread-safe.
 */
public final class CookieJar {
    private final InstantSource clock;
    /** In the order of their creation, which a new value does not change. */
    private final Map<Key, Cookie> cookies = new LinkedHashMap<>();

    private record Key(String name, String domain, boolean hostOnly, String path) {
        boolean sentTo(String host, String requestPath) {
            return (hostOnly ? host.equals(domain) : domainMatches(host, domain)) && pathMatches(requestPath, path);
        }
    }

    private record Cookie(
            String value, boolean secure, @Nullable Instant expires) {
        boolean expired(Instant now) {
            return expires != null && !now.isBefore(expires);
        }
    }

    /** @param clock tells when cookies expire; best the application's */
    public CookieJar(InstantSource clock) {
        this.clock = clock;
    }

    /**
     * Takes a {@code Set-Cookie} line of a response, or ignores it where browsers do.
     *
     * @param from what was asked for; {@code Secure} needs https or this machine
     */
    public synchronized void take(URI from, String setCookie) {
        Instant now = clock.instant();
        SetCookie.parse(setCookie, now).filter(SetCookie::fitsPrefix).ifPresent(cookie -> store(from, cookie, now));
    }

    private void store(URI from, SetCookie cookie, Instant now) {
        String host = host(from);
        boolean hostOnly = cookie.domain().isEmpty() || publicSuffix(cookie.domain()) && host.equals(cookie.domain());
        String path = cookie.path().isEmpty() ? defaultPath(from) : cookie.path();
        Key key = new Key(cookie.name(), hostOnly ? host : cookie.domain(), hostOnly, path);
        if (!hostOnly && (publicSuffix(cookie.domain()) || !domainMatches(host, cookie.domain()))
                || cookie.sameSiteNone() && !cookie.secure()
                || !trustworthy(from) && (cookie.secure() || hidesSecure(key))) {
            return;
        }
        if (cookie.deletes(now)) {
            cookies.remove(key);
        } else {
            cookies.put(key, new Cookie(cookie.value(), cookie.secure(), cookie.expires()));
        }
    }

    /** Whether there is a secure cookie that one from an insecure place would hide or replace (RFC 6265bis §5.7). */
    private boolean hidesSecure(Key key) {
        return cookies.entrySet().stream()
                .anyMatch(held -> held.getValue().secure()
                        && held.getKey().name().equals(key.name())
                        && (domainMatches(key.domain(), held.getKey().domain())
                                || domainMatches(held.getKey().domain(), key.domain()))
                        && pathMatches(key.path(), held.getKey().path()));
    }

    /** The value of the {@code Cookie} header of a request; empty if there is none to send. */
    public String header(URI to) {
        return sent(to).map(cookie -> cookie.getKey().name().isEmpty()
                        ? cookie.getValue().value()
                        : cookie.getKey().name() + "=" + cookie.getValue().value())
                .collect(Collectors.joining("; "));
    }

    /** What is sent with a request, by name and in order; of two cookies of one name the first. */
    public Map<String, String> cookies(URI to) {
        return sent(to).collect(Collectors.toMap(
                cookie -> cookie.getKey().name(),
                cookie -> cookie.getValue().value(),
                (first, second) -> first,
                LinkedHashMap::new));
    }

    /** Longer paths first, then earlier creation (RFC 6265bis §5.8.3). */
    private synchronized Stream<Map.Entry<Key, Cookie>> sent(URI to) {
        Instant now = clock.instant();
        String host = host(to);
        String path = path(to);
        cookies.values().removeIf(cookie -> cookie.expired(now));
        return List.copyOf(cookies.entrySet()).stream()
                .filter(cookie -> cookie.getKey().sentTo(host, path))
                .filter(cookie -> !cookie.getValue().secure() || trustworthy(to))
                .sorted(Comparator.comparingInt(
                        cookie -> -cookie.getKey().path().length()));
    }

    /** Forgets what a browser forgets when it is closed: cookies without a date. */
    public synchronized void restart() {
        cookies.values().removeIf(cookie -> cookie.expires() == null);
    }

    public synchronized CookieJar copy() {
        CookieJar copy = new CookieJar(clock);
        copy.cookies.putAll(cookies);
        return copy;
    }

    /** Whether a browser sends and accepts secure cookies there: Chromium and Firefox trust this machine without TLS. */
    private static boolean trustworthy(URI uri) {
        String host = host(uri);
        return "https".equalsIgnoreCase(uri.getScheme())
                || host.equals("localhost")
                || host.endsWith(".localhost")
                || host.matches("127(\\.[0-9]{1,3}){3}")
                || host.equals("[::1]");
    }

    private static boolean publicSuffix(String domain) {
        return domain.indexOf('.') < 0;
    }

    /** RFC 6265bis §5.1.3; an address has no sub-domains. */
    private static boolean domainMatches(String host, String domain) {
        return host.equals(domain) || host.endsWith("." + domain) && !host.matches("[0-9.]+") && !host.startsWith("[");
    }

    /** RFC 6265bis §5.1.4. */
    private static boolean pathMatches(String request, String cookie) {
        return request.startsWith(cookie)
                && (request.length() == cookie.length()
                        || cookie.endsWith("/")
                        || request.charAt(cookie.length()) == '/');
    }

    /** The path up to its last slash (RFC 6265bis §5.1.4). */
    private static String defaultPath(URI from) {
        return path(from).substring(0, Math.max(1, path(from).lastIndexOf('/')));
    }

    private static String path(URI uri) {
        String path = uri.getRawPath();
        return path == null || path.isEmpty() ? "/" : path;
    }

    private static String host(URI uri) {
        if (uri.getHost() == null) {
            throw new IllegalArgumentException("'" + uri + "' has no host: use an absolute address");
        }
        return uri.getHost().toLowerCase(Locale.ROOT);
    }

    /** Shows names and no value. */
    @Override
    public synchronized String toString() {
        return "CookieJar" + cookies.keySet().stream().map(Key::name).toList();
    }
}
