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

    /** In the order in which they came: so few that looking through them takes less time than a map. */
    private final List<Cookie> cookies = new ArrayList<>(4);

    /** Where in a header's line a value stands. */
    private record Value(String line, int from, int to) {
        String text() {
            return line.substring(from, to);
        }

        int length() {
            return to - from;
        }

        /** Nothing of what it says. */
        @Override
        public String toString() {
            return "Value[" + length() + " characters]";
        }
    }

    private record Cookie(String name, List<Value> values) {
        boolean isNamed(String line, int from, int to) {
            return to - from == name.length() && line.startsWith(name, from);
        }
    }

    RequestCookies(List<String> headerLines, String ticketName) {
        for (String line : headerLines) {
            for (int from = 0; from < line.length(); ) {
                int semicolon = line.indexOf(';', from);
                int to = semicolon < 0 ? line.length() : semicolon;
                take(line, from, to, ticketName);
                from = to + 1;
            }
        }
    }

    private void take(String line, int start, int to, String ticketName) {
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
            if (cookie == null) {
                if (cookies.size() >= MOST_NAMES && line.charAt(rest) == '.') {
                    return;
                }
                String name = rest == equals ? ticketName : line.substring(from, equals);
                cookie = new Cookie(name, new ArrayList<>(1));
                cookies.add(cookie);
            }
            cookie.values().add(new Value(line, equals + 1, to));
        }
    }

    private static boolean isOurs(String line, int rest, int end) {
        return rest == end
                || end - rest == WebSessions.VISITOR.length() && line.startsWith(WebSessions.VISITOR, rest)
                || isSlot(line, rest, end);
    }

    private static boolean isSlot(String line, int rest, int end) {
        if (end - rest < 2 || end - rest > 17 || line.charAt(rest) != '.') {
            return false;
        }
        for (int i = rest + 1; i < end; i++) {
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
        Cookie cookie = named(name);
        return cookie == null
                ? 0
                : cookie.values().stream()
                        .mapToInt(value -> name.length() + value.length())
                        .sum();
    }
}
