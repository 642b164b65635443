package dev.signet.trials;

import java.time.Duration;
import java.util.List;

/** How a soak went, for people. */
record SoakReport(Soak.Settings settings, Ledger ledger, double share, List<Growth> growths) {
    private static final Duration FULL = Duration.ofMinutes(20);
    private static final String SHORT = "**A short try, not the full 20 minutes.** ";

    boolean passed() {
        return ledger.violations() == 0;
    }

    /** The heading of its section, one for each store. */
    String heading() {
        return "## " + settings.store();
    }

    String markdown() {
        StringBuilder page = new StringBuilder();
        page.append(String.format(
                "%s%n%n%s%s: %d violations in %d min %d s of traffic after a warm-up of %d s. Seed %d%s. %.1f %% of the requests were hostile.%n%n",
                heading(),
                settings.time().compareTo(FULL) < 0 ? SHORT : "",
                passed() ? "Passed" : "**Failed**",
                ledger.violations(),
                settings.time().toMinutes(),
                settings.time().toSecondsPart(),
                settings.warmUp(),
                settings.seed(),
                settings.sabotage() == Sabotage.NOTHING ? "" : ", sabotaged: " + settings.sabotage(),
                100 * share));
        page.append("| promise | violations |\n| --- | --- |\n");
        for (Promise promise : Promise.OF_SOAK) {
            row(page, promise.words(), ledger.violations(promise));
        }
        page.append("\n| what | number |\n| --- | --- |\n");
        for (Ledger.Count count : Ledger.Count.OF_SOAK) {
            row(page, count.words(), ledger.counted(count));
        }
        row(
                page,
                "latest acceptance after the acknowledged sign-out",
                ledger.latestAcceptance().toMillis() + " ms");
        page.append("\n| process | heap after GC, warm | at the end | threads, warm | at the end | entries |\n")
                .append("| --- | --- | --- | --- | --- | --- |\n");
        growths.forEach(growth -> page.append(growth).append('\n'));
        page.append("\n| attack | refused |\n| --- | --- |\n");
        ledger.attacks().forEach((attack, times) -> row(page, attack, times));
        if (!passed()) {
            page.append("\nViolations (the first 25 of each kind):\n\n");
            ledger.examples()
                    .forEach(violation -> page.append("- ").append(violation).append('\n'));
        }
        return page.append('\n').toString();
    }

    private static void row(StringBuilder page, String what, Object value) {
        page.append("| ").append(what).append(" | ").append(value).append(" |\n");
    }
}
