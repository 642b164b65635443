package dev.signet.http;

import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The cookies of one session among those of a request, by their exact names: the ticket {@code P}, the visitor's {@code P-visitor}, and {@code P.<slot>}. Reads
 * the header's bytes itself, since servers trim, unquote and merge names and values, which makes one cookie of two. A value is cut out when it is asked for.
 */
final class RequestCookies {
    /** More than fit into the budget: strangers send what they like, and each may have to be deleted. */
    private static final int MOST_NAMES = 34;

    private final String ticketName;
    private final List<Cookie> cookies = new ArrayList<>(4);

    /** Where in a header's line a value stands. */
    private record Value(String line, int from, int to) {
        String text() {
            return line.substring(from, to);
        }
    }

    private record Cookie(String name, List<Value> values) {
        boolean isNamed(String line, int from, int to) {
            return to - from == name.length() && line.startsWith(name, from);
        }
    }

    RequestCookies(List<String> headerLines, String ticketName) {
        this.ticketName = ticketName;
        for (String line : headerLines) {
            for (int from = 0; from < line.length(); ) {
                int semicolon = line.indexOf(';', from);
                int to = semicolon < 0 ? line.length() : semicolon;
                take(line, from, to);
                from = to + 1;
            }
        }
    }

    private void take(String line, int start, int to) {
        int from = start;
        while (from < to && (line.charAt(from) == ' ' || line.charAt(from) == '\t')) {
            from++;
        }
        if (!line.startsWith(ticketName, from)) {
            return;
        }
        int rest = from + ticketName.length();
        int equals = rest;
        while (equals < to && line.charAt(equals) != '=') {
            equals++;
        }
        if (equals < to && isOurs(line, rest, equals)) {
            Cookie cookie = named(line, from, equals);
            if (cookie == null && (cookies.size() < MOST_NAMES || line.charAt(rest) != '.')) {
                String name = rest == equals ? ticketName : line.substring(from, equals);
                cookie = new Cookie(name, new ArrayList<>(1));
                cookies.add(cookie);
            }
            if (cookie != null) {
                cookie.values().add(new Value(line, equals + 1, to));
            }
        }
    }

    private static boolean isOurs(String line, int rest, int to) {
        return rest == to
                || to - rest == WebSessions.VISITOR.length() && line.startsWith(WebSessions.VISITOR, rest)
                || isSlot(line, rest, to);
    }

    private static boolean isSlot(String line, int rest, int to) {
        if (to - rest < 2 || to - rest > 17 || line.charAt(rest) != '.') {
            return false;
        }
        for (int i = rest + 1; i < to; i++) {
            char c = line.charAt(i);
            if (!(c >= 'a' && c <= 'z' || c >= '0' && c <= '9')) {
                return false;
            }
        }
        return true;
    }

    private @Nullable Cookie named(String line, int from, int to) {
        for (Cookie cookie : cookies) {
            if (cookie.isNamed(line, from, to)) {
                return cookie;
            }
        }
        return null;
    }

    private @Nullable Cookie named(String name) {
        return named(name, 0, name.length());
    }

    /** Every value that came under this name. */
    List<String> all(String name) {
        Cookie cookie = named(name);
        if (cookie == null) {
            return List.of();
        }
        List<Value> values = cookie.values();
        return values.size() == 1
                ? List.of(values.get(0).text())
                : values.stream().map(Value::text).toList();
    }

    boolean has(String name) {
        return named(name) != null;
    }

    /** Each once, in the order in which they came. */
    List<String> names() {
        return cookies.stream().map(Cookie::name).toList();
    }

    /** Names and values together, in characters. */
    int size(String name) {
        return all(name).stream()
                .mapToInt(value -> name.length() + value.length())
                .sum();
    }
}
