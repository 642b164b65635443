package dev.signet.trials;

import java.io.File;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** What the application processes logged, counted. */
final class LogLines {
    private static final Pattern EVENT =
            Pattern.compile(" - (STORE_LOST|STORE_FOUND|FOUND_EMPTY|ENTRIES_LOST|LOSS_SETTLED|LIST_FULL|No start)");
    private static final Pattern PROBLEM = Pattern.compile("\\[[^]]*] (ERROR|WARN) ([^ ]+)");

    private LogLines() {}

    static void count(File log, Map<String, Integer> counts) {
        try {
            Files.readString(log.toPath(), StandardCharsets.UTF_8).lines().forEach(line -> kind(line, counts));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static void kind(String line, Map<String, Integer> counts) {
        Matcher event = EVENT.matcher(line);
        Matcher problem = PROBLEM.matcher(line);
        if (event.find()) {
            counts.merge(event.group(1), 1, Integer::sum);
        } else if (problem.find()) {
            counts.merge(problem.group(1) + " of " + problem.group(2), 1, Integer::sum);
        }
    }
}
