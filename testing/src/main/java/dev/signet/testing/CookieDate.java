package dev.signet.testing;

import java.time.DateTimeException;
import java.time.Instant;
import java.time.LocalDateTime;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** Reads dates of cookies as loosely as browsers do (RFC 6265bis §5.1.1). Not thread-safe. */
final class CookieDate {
    private static final Pattern DELIMITERS = Pattern.compile("[\\x09\\x20-\\x2F\\x3B-\\x40\\x5B-\\x60\\x7B-\\x7E]+");
    private static final Pattern TIME = Pattern.compile("([0-9]{1,2}):([0-9]{1,2}):([0-9]{1,2})([^0-9].*)?");
    private static final Pattern DAY = Pattern.compile("([0-9]{1,2})([^0-9].*)?");
    private static final Pattern YEAR = Pattern.compile("([0-9]{2,4})([^0-9].*)?");
    private static final List<String> MONTHS =
            List.of("jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec");
    private static final int UNKNOWN = -1;

    private @Nullable Matcher time;
    private int day = UNKNOWN;
    private int month = UNKNOWN;
    private int year = UNKNOWN;

    private CookieDate() {}

    static Optional<Instant> parse(String text) {
        CookieDate date = new CookieDate();
        DELIMITERS.splitAsStream(text).forEach(date::take);
        return date.instant();
    }

    /** Each token counts as the first part of the four that it fits and that is still missing. */
    private void take(String token) {
        Matcher asTime = TIME.matcher(token);
        Matcher asDay = DAY.matcher(token);
        Matcher asYear = YEAR.matcher(token);
        if (time == null && asTime.matches()) {
            time = asTime;
        } else if (day == UNKNOWN && asDay.matches()) {
            day = Integer.parseInt(asDay.group(1));
        } else if (month == UNKNOWN && monthOf(token) > 0) {
            month = monthOf(token);
        } else if (year == UNKNOWN && asYear.matches()) {
            year = inCentury(Integer.parseInt(asYear.group(1)));
        }
    }

    private static int monthOf(String token) {
        return token.length() < 3
                ? UNKNOWN
                : MONTHS.indexOf(token.substring(0, 3).toLowerCase(Locale.ROOT)) + 1;
    }

    private static int inCentury(int written) {
        return written >= 100 ? written : written >= 70 ? written + 1900 : written + 2000;
    }

    private Optional<Instant> instant() {
        if (time == null || year < 1601) {
            return Optional.empty();
        }
        int hour = Integer.parseInt(time.group(1));
        int minute = Integer.parseInt(time.group(2));
        int second = Integer.parseInt(time.group(3));
        try {
            return Optional.of(
                    LocalDateTime.of(year, month, day, hour, minute, second).toInstant(ZoneOffset.UTC));
        } catch (DateTimeException impossible) {
            return Optional.empty();
        }
    }
}
