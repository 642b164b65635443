package dev.signet.fuzzing;

import dev.signet.http.Exchange;
import dev.signet.http.ResponseHead;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** A request with these Cookie lines, and the head of its response. */
record Answered(List<String> cookies, Map<String, List<String>> lines) implements Exchange, ResponseHead {
    private static final Pattern SET_COOKIE = Pattern.compile(
            "__Host-session(-visitor|\\.[a-z0-9]{1,16})?=[A-Za-z0-9_.-]*(; [A-Za-z-]+(=[A-Za-z0-9 ,:/-]+)?)*");

    Answered(List<String> cookies) {
        this(cookies, new TreeMap<>(String.CASE_INSENSITIVE_ORDER));
    }

    @Override
    public String method() {
        return "GET";
    }

    @Override
    public List<String> headers(String name) {
        return switch (name.toLowerCase(java.util.Locale.ROOT)) {
            case "cookie" -> cookies;
            case "sec-fetch-mode" -> List.of("navigate");
            case "sec-fetch-dest" -> List.of("document");
            default -> List.copyOf(lines.getOrDefault(name, List.of()));
        };
    }

    @Override
    public @Nullable String formField(String name) {
        return null;
    }

    @Override
    public void set(String name, String value) {
        lines.put(name, new ArrayList<>(List.of(value)));
    }

    @Override
    public void add(String name, String value) {
        lines.computeIfAbsent(name, any -> new ArrayList<>()).add(value);
    }

    @Override
    public void remove(Set<String> names) {
        names.forEach(lines::remove);
    }

    void requireSound() {
        for (String line : lines.getOrDefault("Set-Cookie", List.of())) {
            Target.require(SET_COOKIE.matcher(line).matches(), "a Set-Cookie line says nothing that came from outside");
            Target.require(line.length() <= 4096, "a cookie fits into a browser");
        }
    }
}
