package dev.signet.http;

import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** The {@code Authorization} header of a request that brings a ticket (RFC 6750 §2.1). */
public final class BearerHeader {
    /** {@code credentials} of RFC 6750 §2.1; the scheme's case does not matter (RFC 9110 §11.1). */
    private static final Pattern CREDENTIALS = Pattern.compile("(?i:bearer) +([A-Za-z0-9._~+/-]+=*+)");

    /** As much as a cookie can hold, and the scheme before it. */
    private static final int LONGEST = 4096 + "Bearer ".length();

    private BearerHeader() {}

    /**
     * The ticket, which nobody has verified yet; empty if there is none. Two lines, two tickets in one, another scheme, tabs and other characters, and what is
     * longer than a cookie could be are no ticket.
     *
     * @param lines every {@code Authorization} line as it was received
     */
    public static String ticket(List<String> lines) {
        if (lines.size() != 1 || lines.get(0).length() > LONGEST) {
            return "";
        }
        Matcher credentials = CREDENTIALS.matcher(lines.get(0));
        return credentials.matches() ? credentials.group(1) : "";
    }
}
