package dev.signet.http;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * The cookies of one session among those of a request, by their exact names: the ticket {@code P}, the visitor's {@code P-visitor}, and {@code P.<slot>}. Reads
 * the header's bytes itself, since servers trim, unquote and merge names and values, which makes one cookie of two.
 */
final class RequestCookies {
    private final Map<String, List<String>> values = new LinkedHashMap<>();

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
        int equals = from + ticketName.length();
        while (equals < to && line.charAt(equals) != '=') {
            equals++;
        }
        if (equals < to && isOurs(line.substring(from + ticketName.length(), equals))) {
            values.computeIfAbsent(line.substring(from, equals), name -> new ArrayList<>(1))
                    .add(line.substring(equals + 1, to));
        }
    }

    private static boolean isOurs(String rest) {
        return rest.isEmpty() || rest.equals(WebSessions.VISITOR) || isSlot(rest);
    }

    private static boolean isSlot(String rest) {
        if (rest.length() < 2 || rest.length() > 17 || rest.charAt(0) != '.') {
            return false;
        }
        for (int i = 1; i < rest.length(); i++) {
            char c = rest.charAt(i);
            if (!(c >= 'a' && c <= 'z' || c >= '0' && c <= '9')) {
                return false;
            }
        }
        return true;
    }

    /** Every value that came under this name. */
    List<String> all(String name) {
        return values.getOrDefault(name, List.of());
    }

    boolean has(String name) {
        return values.containsKey(name);
    }

    Set<String> names() {
        return values.keySet();
    }

    /** Names and values together, in characters. */
    int size(String name) {
        return all(name).stream()
                .mapToInt(value -> name.length() + value.length())
                .sum();
    }
}
