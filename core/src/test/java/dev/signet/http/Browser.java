package dev.signet.http;

import dev.signet.Session;
import dev.signet.SignIn;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;

/**
 * A browser's cookie store on https://shop.example, and its requests (RFC 6265bis §5.6, §5.7). Requests may be under way at the same time: each is opened with
 * the cookies of that moment, and what its response sets counts from {@link Visit#arrive} on.
 */
final class Browser {
    private static final Duration LONGEST_AGE = Duration.ofDays(400);
    private static final int LARGEST_COOKIE = 4096;

    private final InstantSource clock;
    private final Map<Key, Cookie> cookies = new LinkedHashMap<>();
    private final List<String> ignored = new ArrayList<>();

    /** What makes two cookies the same one; a cookie of this host only has no domain. */
    private record Key(String name, String domain, String path) {}

    /** A cookie without an end goes when the browser is closed. */
    private record Cookie(String value, Optional<Instant> end) {}

    Browser(InstantSource clock) {
        this.clock = clock;
    }

    /** Another browser that somebody copied all cookies to. */
    Browser copy() {
        Browser copy = new Browser(clock);
        copy.cookies.putAll(cookies);
        return copy;
    }

    /** Closes the browser and opens it again. */
    void restart() {
        cookies.values().removeIf(cookie -> cookie.end().isEmpty());
    }

    /** A request with this browser's cookies. */
    Visit open(WebSessions app, Request request) {
        String header = cookieHeader();
        Request sent = header.isEmpty() ? request : request.with("Cookie", header);
        return new Visit(this, sent, app.open(sent));
    }

    Visit page(WebSessions app) {
        return open(app, Request.page());
    }

    Visit background(WebSessions app) {
        return open(app, Request.background());
    }

    Visit form(WebSessions app) {
        return open(app, Request.form());
    }

    void signIn(WebSessions app, String subject) {
        signIn(app, SignIn.as(subject));
    }

    void signIn(WebSessions app, SignIn signIn) {
        Visit visit = form(app);
        visit.session.start(signIn);
        visit.finish();
    }

    /** Who is signed in here, as a request would find that leaves no trace. */
    Optional<String> who(WebSessions app) {
        return background(app).session.current().map(Session::subject);
    }

    String cookieHeader() {
        forgetEnded();
        return cookies.entrySet().stream()
                .map(entry -> entry.getKey().name() + "=" + entry.getValue().value())
                .collect(Collectors.joining("; "));
    }

    Set<String> names() {
        forgetEnded();
        return cookies.keySet().stream().map(Key::name).collect(Collectors.toCollection(TreeSet::new));
    }

    /** The value of the one cookie of this name. */
    Optional<String> value(String name) {
        forgetEnded();
        List<String> values = cookies.entrySet().stream()
                .filter(entry -> entry.getKey().name().equals(name))
                .map(entry -> entry.getValue().value())
                .toList();
        if (values.size() > 1) {
            throw new AssertionError("the browser has " + values.size() + " cookies called " + name);
        }
        return values.stream().findFirst();
    }

    /** Puts a cookie of this host only into the store, whoever made it. */
    void plant(String name, String value) {
        cookies.put(new Key(name, "", "/"), new Cookie(value, Optional.empty()));
    }

    void forget(String name) {
        cookies.keySet().removeIf(key -> key.name().equals(name));
    }

    /** The lines that were not accepted as cookies. */
    List<String> ignored() {
        return ignored;
    }

    void receive(List<String> lines) {
        lines.forEach(this::receive);
    }

    private void receive(String line) {
        String[] parts = line.split(";");
        int equals = parts[0].indexOf('=');
        String name = parts[0].substring(0, equals).strip();
        String value = parts[0].substring(equals + 1).strip();
        Map<String, String> attributes = attributes(parts);
        if (!allowed(name, value, attributes)) {
            ignored.add(line);
            return;
        }
        Key key = new Key(name, attributes.getOrDefault("domain", ""), attributes.getOrDefault("path", "/"));
        Optional<Instant> end = end(attributes);
        if (end.isPresent() && !end.get().isAfter(clock.instant())) {
            cookies.remove(key);
        } else {
            cookies.put(key, new Cookie(value, end));
        }
    }

    private static Map<String, String> attributes(String[] parts) {
        Map<String, String> attributes = new HashMap<>();
        for (int i = 1; i < parts.length; i++) {
            String[] attribute = parts[i].strip().split("=", 2);
            attributes.put(attribute[0].toLowerCase(Locale.ROOT), attribute.length == 1 ? "" : attribute[1]);
        }
        return attributes;
    }

    private static boolean allowed(String name, String value, Map<String, String> attributes) {
        String lower = name.toLowerCase(Locale.ROOT);
        String domain = attributes.get("domain");
        boolean secure = attributes.containsKey("secure");
        boolean hostOnly = domain == null && "/".equals(attributes.get("path"));
        boolean ours = domain == null || Request.HOST.equals(domain) || Request.HOST.endsWith("." + domain);
        return name.length() + value.length() <= LARGEST_COOKIE
                && ours
                && (secure || !lower.startsWith("__secure-") && !lower.startsWith("__host-"))
                && (hostOnly || !lower.startsWith("__host-"))
                && (secure || !"None".equals(attributes.get("samesite")));
    }

    /** Max-Age wins over Expires, of which only the past is understood. */
    private Optional<Instant> end(Map<String, String> attributes) {
        Instant now = clock.instant();
        if (attributes.containsKey("max-age")) {
            long seconds = Long.parseLong(attributes.get("max-age"));
            return Optional.of(now.plusSeconds(Math.min(seconds, LONGEST_AGE.toSeconds())));
        }
        return attributes.containsKey("expires") ? Optional.of(Instant.EPOCH) : Optional.empty();
    }

    private void forgetEnded() {
        Instant now = clock.instant();
        cookies.values()
                .removeIf(cookie -> cookie.end().map(end -> !end.isAfter(now)).orElse(false));
    }

    /** One request and its response. */
    static final class Visit {
        final WebSession session;
        final Request request;
        final Head head = new Head();
        private final Browser browser;

        private Visit(Browser browser, Request request, WebSession session) {
            this.browser = browser;
            this.request = request;
            this.session = session;
        }

        /** The response goes off. */
        Visit commit() {
            session.commit(head);
            return this;
        }

        /** The response reaches the browser. */
        Visit arrive() {
            browser.receive(setCookies());
            return this;
        }

        Visit finish() {
            return commit().arrive();
        }

        List<String> setCookies() {
            return head.headers("Set-Cookie");
        }

        /** The names of the cookies that the response sets or deletes, in its order. */
        List<String> touched() {
            return setCookies().stream()
                    .map(line -> line.substring(0, line.indexOf('=')))
                    .toList();
        }

        /** The lines with "…" in place of what is sealed. */
        List<String> shapes() {
            return setCookies().stream()
                    .map(line -> line.replaceFirst("=[^;]+;", "=…;"))
                    .toList();
        }
    }
}
