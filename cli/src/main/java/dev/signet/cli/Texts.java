package dev.signet.cli;

import java.time.Duration;
import java.time.Instant;
import java.time.format.DateTimeParseException;
import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Times and durations as people read and type them. */
final class Texts {
    private static final int LONGEST = 256;
    private static final Pattern DURATION = Pattern.compile("(\\d{1,6})([smhd])");

    private Texts() {}

    /** Such as {@code in 12 min} and {@code 3 days ago}. */
    static String relative(Instant time, Instant now) {
        Duration distance = Duration.between(now, time);
        if (distance.isZero()) {
            return "now";
        }
        return distance.isNegative() ? rough(distance.negated()) + " ago" : "in " + rough(distance);
    }

    static String rough(Duration duration) {
        long seconds = duration.toSeconds();
        if (seconds < 120) {
            return seconds + " s";
        }
        if (seconds < 2 * 3600) {
            return seconds / 60 + " min";
        }
        return seconds < 2 * 86_400 ? seconds / 3600 + " hours" : seconds / 86_400 + " days";
    }

    /**
     * The duration that {@code 90s}, {@code 15m}, {@code 12h}, {@code 400d} or ISO 8601 says.
     *
     * @throws Refused for any other text
     */
    static Duration duration(String text) {
        Matcher shortForm = DURATION.matcher(text.toLowerCase(Locale.ROOT));
        if (shortForm.matches()) {
            long number = Long.parseLong(shortForm.group(1));
            return switch (shortForm.group(2)) {
                case "s" -> Duration.ofSeconds(number);
                case "m" -> Duration.ofMinutes(number);
                case "h" -> Duration.ofHours(number);
                default -> Duration.ofDays(number);
            };
        }
        try {
            return Duration.parse(text);
        } catch (DateTimeParseException e) {
            throw new Refused("'" + shown(text) + "' is no duration: use 90s, 15m, 12h or 400d");
        }
    }

    /**
     * The duration that one says about the longest session.
     *
     * @throws Refused unless it is 1 minute to 400 days
     */
    static Duration longest(String text) {
        Duration longest = duration(text);
        if (longest.compareTo(Duration.ofMinutes(1)) < 0 || longest.compareTo(Duration.ofDays(400)) > 0) {
            throw new Refused("--longest " + shown(text) + ": use 1m to 400d");
        }
        return longest;
    }

    /** A text as one word of the shell. */
    static String word(String text) {
        return text.matches("[A-Za-z0-9_./-]+") ? text : "'" + text.replace("'", "'\\''") + "'";
    }

    /** A key's id as the last word of a command: ids may begin as options do. */
    static String argument(String id) {
        return (id.startsWith("-") ? "-- " : "") + word(id);
    }

    /** Somebody else's name or value on one line of a terminal: the beginning of it, without characters that a terminal obeys. */
    static String shown(String text) {
        return text.codePointCount(0, text.length()) > LONGEST
                ? line(text.substring(0, text.offsetByCodePoints(0, LONGEST))) + "…"
                : line(text);
    }

    /** The whole of a text on one line, without characters that a terminal obeys. */
    static String line(String text) {
        StringBuilder shown = new StringBuilder();
        text.codePoints().forEach(c -> {
            if (Character.isISOControl(c) || Character.getType(c) == Character.FORMAT) {
                shown.append("\\u{").append(Integer.toHexString(c)).append('}');
            } else {
                shown.appendCodePoint(c);
            }
        });
        return shown.toString();
    }
}
