package dev.signet.javalin;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * A shared cache in front of an application, as careless as those that made the news: it keeps whatever it is not told to leave alone, {@code Set-Cookie}
 * lines, errors and redirects included, for as long as the test lasts, and believes the headers for content networks more than {@code Cache-Control}.
 */
final class CachingProxy {
    private static final List<String> FOR_NETWORKS =
            List.of("CDN-Cache-Control", "Surrogate-Control", "Cloudflare-CDN-Cache-Control", "X-Accel-Expires");

    private final int port;
    private final boolean minding;
    private final Map<String, Answer> kept = new LinkedHashMap<>();
    private int hits;

    /**
     * @param minding whether it minds {@code Vary}; the most careless do not
     */
    CachingProxy(int port, boolean minding) {
        this.port = port;
        this.minding = minding;
    }

    /** How often it answered itself. */
    int hits() {
        return hits;
    }

    Answer send(String requestLine, String... headers) {
        Optional<Answer> hit = Stream.of(key(requestLine, "", List.of()), key(requestLine, "Cookie", List.of(headers)))
                .filter(kept::containsKey)
                .map(kept::get)
                .findFirst();
        if (hit.isPresent()) {
            hits++;
            return hit.get();
        }
        Answer answer = Wire.send(port, requestLine, new ArrayList<>(List.of(headers)), "");
        String vary = minding ? answer.header("Vary") : "";
        if (mayKeep(answer) && !vary.equals("*")) {
            kept.put(key(requestLine, vary, List.of(headers)), answer);
        }
        return answer;
    }

    private static boolean mayKeep(Answer answer) {
        String network = FOR_NETWORKS.stream().map(answer::header).collect(Collectors.joining());
        if (!network.isEmpty()) {
            return !network.contains("no-store");
        }
        String words = answer.header("Cache-Control").toLowerCase(Locale.ROOT);
        return Stream.of("no-store", "private", "no-cache").noneMatch(words::contains);
    }

    /** The same for a {@code HEAD}, a {@code GET} and a part of it. */
    private static String key(String requestLine, String vary, List<String> headers) {
        String varied = vary.toLowerCase(Locale.ROOT).contains("cookie")
                ? headers.stream().filter(line -> line.startsWith("Cookie:")).collect(Collectors.joining())
                : "";
        return requestLine.substring(requestLine.indexOf(' ') + 1) + "\n" + varied;
    }
}
