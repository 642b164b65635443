package dev.signet.http;

import java.util.Locale;
import java.util.Set;
import java.util.stream.Collectors;

/** What browsers can be told to clear at a sign-out ({@code Clear-Site-Data}), which they obey over TLS only. */
public enum SiteData {
    CACHE,
    /** Every cookie of the whole site, of its other hosts too. Left out where the sign-out itself keeps something in cookies. */
    COOKIES,
    /** What scripts keep. */
    STORAGE;

    /** The header's value; empty for nothing. */
    static String header(Set<SiteData> data, boolean cookiesToo) {
        return data.stream()
                .filter(one -> cookiesToo || one != COOKIES)
                .sorted()
                .map(one -> "\"" + one.name().toLowerCase(Locale.ROOT) + "\"")
                .collect(Collectors.joining(", "));
    }
}
