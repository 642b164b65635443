package dev.signet.testing;

import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * What a {@code Set-Cookie} line says (RFC 6265bis §5.6).
 *
 * @param domain lower-case and without a leading dot; empty if none was asked for
 * @param path empty if none that counts was asked for
 * @param expires when it is gone; null for the end of the browser
 */
record SetCookie(
        String name,
        String value,
        String domain,
        String path,
        @Nullable Instant expires,
        boolean secure,
        boolean httpOnly,
        boolean sameSiteNone) {
    private static final Pattern CONTROL = Pattern.compile("[\\x00-\\x08\\x0A-\\x1F\\x7F]");
    private static final Pattern SECONDS = Pattern.compile("-?[0-9]+");
    private static final int LONGEST = 4096;
    private static final int LONGEST_ATTRIBUTE = 1024;
    /** RFC 6265bis §5.5. */
    private static final Duration LONGEST_LIFE = Duration.ofDays(400);

    /** Empty for a line that browsers ignore. */
    static Optional<SetCookie> parse(String line, Instant now) {
        String[] parts = line.split(";", -1);
        int equals = parts[0].indexOf('=');
        String name = trimmed(parts[0].substring(0, Math.max(0, equals)));
        String value = trimmed(parts[0].substring(equals + 1));
        int size = octets(name) + octets(value);
        if (CONTROL.matcher(line).find() || size == 0 || size > LONGEST) {
            return Optional.empty();
        }
        Map<String, String> attributes = attributes(parts);
        return Optional.of(new SetCookie(
                name,
                value,
                domain(attributes.getOrDefault("domain", "")),
                path(attributes.getOrDefault("path", "")),
                expires(attributes, now),
                attributes.containsKey("secure"),
                attributes.containsKey("httponly"),
                attributes.getOrDefault("samesite", "").equalsIgnoreCase("none")));
    }

    /** By lower-case name; the last of a name counts, and one whose value is too long does not. */
    private static Map<String, String> attributes(String[] parts) {
        Map<String, String> attributes = new TreeMap<>();
        for (int i = 1; i < parts.length; i++) {
            int equals = parts[i].indexOf('=');
            String name = trimmed(equals < 0 ? parts[i] : parts[i].substring(0, equals));
            String value = equals < 0 ? "" : trimmed(parts[i].substring(equals + 1));
            if (octets(value) <= LONGEST_ATTRIBUTE && counts(name, value)) {
                attributes.put(name.toLowerCase(Locale.ROOT), value);
            }
        }
        return attributes;
    }

    /** A date or a number that cannot be read is as if it were not there, an earlier one of its name stays. */
    private static boolean counts(String name, String value) {
        return switch (name.toLowerCase(Locale.ROOT)) {
            case "expires" -> CookieDate.parse(value).isPresent();
            case "max-age" -> SECONDS.matcher(value).matches();
            default -> true;
        };
    }

    private static String domain(String value) {
        return (value.startsWith(".") ? value.substring(1) : value).toLowerCase(Locale.ROOT);
    }

    private static String path(String value) {
        return value.startsWith("/") ? value : "";
    }

    /** {@code Max-Age} counts before {@code Expires}. */
    private static @Nullable Instant expires(Map<String, String> attributes, Instant now) {
        Instant latest = now.plus(LONGEST_LIFE);
        String maxAge = attributes.get("max-age");
        String expires = attributes.get("expires");
        if (maxAge != null) {
            return maxAge.startsWith("-") ? Instant.MIN : earlier(latest, age(maxAge, now));
        }
        return expires == null
                ? null
                : earlier(latest, CookieDate.parse(expires).orElseThrow());
    }

    private static Instant age(String seconds, Instant now) {
        String significant = seconds.replaceFirst("^0+", "");
        if (significant.isEmpty()) {
            return Instant.MIN;
        }
        return significant.length() > 9 ? Instant.MAX : now.plusSeconds(Long.parseLong(significant));
    }

    private static Instant earlier(Instant one, Instant other) {
        return one.isBefore(other) ? one : other;
    }

    private static int octets(String text) {
        return text.getBytes(StandardCharsets.UTF_8).length;
    }

    private static String trimmed(String text) {
        return text.replaceAll("^[ \\t]+|[ \\t]+$", "");
    }

    boolean deletes(Instant now) {
        return expires != null && !now.isBefore(expires);
    }

    /**
     * Whether the cookie is as the prefix of its name demands (RFC 6265bis §5.7). A cookie without a name must not look as if it had one, since it is sent as
     * its bare value.
     */
    boolean fitsPrefix() {
        boolean atHost = secure && domain.isEmpty() && path.equals("/");
        if (name.isEmpty()) {
            return !has(value, "__secure-") && !has(value, "__host-") && !has(value, "__http-");
        } else if (has(name, "__host-http-")) {
            return atHost && httpOnly;
        } else if (has(name, "__host-")) {
            return atHost;
        } else if (has(name, "__http-")) {
            return secure && httpOnly;
        }
        return !has(name, "__secure-") || secure;
    }

    private static boolean has(String text, String prefix) {
        return text.regionMatches(true, 0, prefix, 0, prefix.length());
    }

    @Override
    public String toString() {
        return "SetCookie[" + name + "]";
    }
}
