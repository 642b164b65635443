package dev.signet.benchmarks.scale;

import java.util.List;
import java.util.Locale;

/** The measurements as a page in Markdown. */
final class Page {
    private Page() {}

    static String of(List<Figures> measured) {
        StringBuilder page = new StringBuilder("""
                # Ended sessions at scale

                A fresh node reads a store full of entries, a tenth of them ends, and threads append one entry after the other, each on the disk before it is acknowledged. Store and node share one machine. Written by `benchmarks/scale`.

                """);
        page.append("Java %s, %s %s, %d cores, heap of at most %,d MiB.%n%n"
                .formatted(
                        System.getProperty("java.version"),
                        System.getProperty("os.name"),
                        System.getProperty("os.arch"),
                        Runtime.getRuntime().availableProcessors(),
                        Runtime.getRuntime().maxMemory() >> 20));
        page.append("| store | entries | load, s | heap, B per entry | drop a tenth, s | store trims a tenth, s"
                + " | appends/s, 1 thread | 4 threads | 12 threads | store, B per entry |\n");
        page.append("| --- | --: | --: | --: | --: | --: | --: | --: | --: | --: |\n");
        measured.forEach(figures -> page.append(row(figures)));
        return page.toString();
    }

    private static String row(Figures figures) {
        return String.format(
                Locale.ROOT,
                "| %s | %,d | %.1f | %.1f | %.2f | %.1f | %.0f | %.0f | %.0f | %.0f |%n",
                figures.store(),
                figures.entries(),
                figures.loadSeconds(),
                figures.heap(),
                figures.dropSeconds(),
                figures.trimSeconds(),
                figures.appends().get(0),
                figures.appends().get(1),
                figures.appends().get(2),
                figures.size());
    }
}
