package dev.signet.cli;

import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;

/**
 * One thing that doctor looked at.
 *
 * @param fix what to do about it; empty if nothing is wrong
 */
record Finding(String about, Level level, String text, String fix) {
    /** How bad it is. */
    enum Level {
        OK,
        /** Not looked at, because it was not named. */
        SKIPPED,
        WARNING,
        PROBLEM
    }

    static Finding ok(String about, String text) {
        return new Finding(about, Level.OK, text, "");
    }

    static Finding skipped(String about, String text) {
        return new Finding(about, Level.SKIPPED, text, "");
    }

    static Finding warning(String about, String text, String fix) {
        return new Finding(about, Level.WARNING, text, fix);
    }

    static Finding problem(String about, String text, String fix) {
        return new Finding(about, Level.PROBLEM, text, fix);
    }

    boolean well() {
        return level == Level.OK || level == Level.SKIPPED;
    }

    Map<String, String> members() {
        Map<String, String> members = new LinkedHashMap<>();
        members.put("about", about);
        members.put("level", level.name().toLowerCase(Locale.ROOT));
        members.put("text", text);
        if (!fix.isEmpty()) {
            members.put("fix", fix);
        }
        return members;
    }
}
