package dev.signet.sample;

import java.time.Duration;
import java.time.Instant;

/** A clock that runs down to a moment: in words, and as a bar. {@code clocks.js} lets it tick. Immutable. */
record Countdown(String label, Instant from, Instant until) {
    private static final String CONTENT = """
            <li class="bar">
              <span class="hint">%s</span> <time datetime="%s" data-seconds="%s">%s</time>
              <progress max="%s" value="%s" aria-label="%s"></progress>
            </li>
            """;

    Html at(Instant now) {
        long left = Math.max(0, Duration.between(now, until).toSeconds());
        long all = Duration.between(from, until).toSeconds();
        return Html.of(CONTENT, label, until, left, in(left), all, left, label);
    }

    /** As clocks.js says it. */
    private static String in(long seconds) {
        if (seconds == 0) {
            return "now";
        } else if (seconds < 60) {
            return "in " + seconds + " s";
        } else if (seconds < 3600) {
            return "in " + seconds / 60 + " min " + seconds % 60 + " s";
        } else if (seconds < 48 * 3600) {
            return "in " + seconds / 3600 + " h " + seconds / 60 % 60 + " min";
        }
        return "in " + seconds / 86_400 + " days";
    }
}
