package dev.signet;

import java.util.List;
import java.util.Map;
import java.util.Map.Entry;
import org.jspecify.annotations.Nullable;

/**
 * What a browser says it is, in a few words of ours such as "Firefox on Linux": to tell devices apart, and for nothing that has to be true, since anybody can
 * send any {@code User-Agent}. None of the header's own text is taken over, and no version.
 */
public final class DeviceLabel {
    static final int LONGEST = 40;

    private static final String UNKNOWN = "Unknown browser";
    /** Real ones have 100 to 250 characters. */
    private static final int LONGEST_READ = 512;

    /** The first that occurs: most browsers also name those that they want to be taken for, further down. */
    private static final List<Entry<String, String>> BROWSERS = List.of(
            known("Edg", "Edge"),
            known("OPR/", "Opera"),
            known("SamsungBrowser/", "Samsung Internet"),
            known("Firefox/", "Firefox"),
            known("FxiOS/", "Firefox"),
            known("Chrome/", "Chrome"),
            known("CriOS/", "Chrome"),
            known("Safari/", "Safari"));

    private static final List<Entry<String, String>> SYSTEMS = List.of(
            known("iPhone", "iOS"),
            known("iPad", "iPadOS"),
            known("Android", "Android"),
            known("Windows NT", "Windows"),
            known("CrOS", "ChromeOS"),
            known("Macintosh", "macOS"),
            known("Linux", "Linux"));

    private DeviceLabel() {}

    private static Entry<String, String> known(String sign, String name) {
        return Map.entry(sign, name);
    }

    /** At most 40 characters; {@code Unknown browser} for a header that is missing or says nothing known. */
    public static String of(@Nullable String userAgent) {
        if (userAgent == null) {
            return UNKNOWN;
        }
        String read = userAgent.substring(0, Math.min(LONGEST_READ, userAgent.length()));
        String browser = first(BROWSERS, read);
        String system = first(SYSTEMS, read);
        return browser.isEmpty() ? UNKNOWN : system.isEmpty() ? browser : browser + " on " + system;
    }

    private static String first(List<Entry<String, String>> known, String read) {
        return known.stream()
                .filter(entry -> read.contains(entry.getKey()))
                .map(Entry::getValue)
                .findFirst()
                .orElse("");
    }

    static String require(String label) {
        if (label.length() > LONGEST || label.chars().anyMatch(Character::isISOControl) || !Identity.isText(label)) {
            throw new IllegalArgumentException("a label of " + label.length() + " characters: use up to " + LONGEST
                    + " on one line, such as DeviceLabel.of(userAgent)");
        }
        return label;
    }
}
