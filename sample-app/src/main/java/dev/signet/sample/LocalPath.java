package dev.signet.sample;

import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * Where to go on after signing in: a path of this application and nothing else, or a link could send people from our
 * sign-in to somebody else's site.
 */
final class LocalPath {
    /** Begins with one slash: browsers take two, or a slash and a backslash, for the start of a host name. */
    private static final Pattern LOCAL = Pattern.compile("/(?:[\\w~-][\\w.~/-]*)?(?:\\?[\\w.~%&=+-]*)?");

    private LocalPath() {}

    static String orElse(@Nullable String candidate, String otherwise) {
        return candidate != null
                        && candidate.length() <= 200
                        && LOCAL.matcher(candidate).matches()
                ? candidate
                : otherwise;
    }
}
