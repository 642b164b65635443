package dev.signet.javalin;

import java.util.List;
import java.util.Locale;
import java.util.Map;

/** A response as it came over the wire. */
record Answer(int status, Map<String, List<String>> headers, String body) {
    List<String> all(String name) {
        return headers.getOrDefault(name.toLowerCase(Locale.ROOT), List.of());
    }

    String header(String name) {
        return String.join(", ", all(name));
    }

    List<String> setCookies() {
        return all("Set-Cookie");
    }

    /** The names of the cookies that are set or deleted, in order. */
    List<String> cookieNames() {
        return setCookies().stream()
                .map(line -> line.substring(0, line.indexOf('=')))
                .toList();
    }
}
