package dev.signet.trials;

import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** The cookies of one browser, and every ticket that it ever had. Used by one thread. */
final class Jar {
    static final String TICKET = "__Host-session";
    static final String CART = "__Host-session.cart";

    private final Map<String, String> cookies = new LinkedHashMap<>();
    private final Set<String> tickets = new LinkedHashSet<>();

    /** Takes the {@code Set-Cookie} lines of an answer. */
    void take(List<String> lines) {
        for (String line : lines) {
            int equals = line.indexOf('=');
            String name = line.substring(0, equals);
            String value = line.substring(equals + 1, line.indexOf(';'));
            if (line.contains("; Max-Age=0")) {
                cookies.remove(name);
            } else {
                cookies.put(name, value);
            }
            if (name.equals(TICKET) && !value.isEmpty()) {
                tickets.add(TICKET + "=" + value);
            }
        }
    }

    /** The value of the header {@code Cookie}; null while there is none. */
    @Nullable
    String header() {
        return cookies.isEmpty()
                ? null
                : cookies.entrySet().stream()
                        .map(cookie -> cookie.getKey() + "=" + cookie.getValue())
                        .collect(Collectors.joining("; "));
    }

    @Nullable
    String value(String name) {
        return cookies.get(name);
    }

    /** Each as a whole cookie, name included. */
    Set<String> tickets() {
        return Set.copyOf(tickets);
    }
}
