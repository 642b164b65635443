package dev.signet.sample;

import java.util.Arrays;
import java.util.Locale;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** The colours of all pages. */
enum Theme {
    AUTO("As this device has it"),
    LIGHT("Light"),
    DARK("Dark");

    private final String title;

    Theme(String title) {
        this.title = title;
    }

    String title() {
        return title;
    }

    /** Its name in forms and in the style sheet. */
    String code() {
        return name().toLowerCase(Locale.ROOT);
    }

    static Optional<Theme> of(@Nullable String code) {
        return Arrays.stream(values())
                .filter(theme -> theme.code().equals(code))
                .findFirst();
    }
}
