package dev.signet.trials;

import dev.signet.trials.Ledger.Count;
import java.util.List;
import java.util.Map;

/** How a run went, for people. */
record FaultReport(
        FaultRun.Settings settings,
        Map<Fault, Integer> faults,
        Ledger ledger,
        List<Growth> growths,
        Store.Recorded recorded,
        Map<String, Integer> logs) {

    boolean passed() {
        return ledger.violations() == 0;
    }

    String markdown() {
        StringBuilder page = new StringBuilder();
        page.append(String.format(
                "## Faults: %s%n%n%s after %.0f s: %d violations. Seed %d, %d faults%s.%n%n",
                settings.store(),
                passed() ? "Passed" : "**Failed**",
                ledger.seconds(),
                ledger.violations(),
                settings.seed(),
                settings.faults(),
                settings.sabotage() == Sabotage.NOTHING ? "" : ", sabotaged: " + settings.sabotage()));
        page.append("| promise | violations |\n| --- | --- |\n");
        for (Promise promise : Promise.OF_FAULTS) {
            row(page, promise.words(), ledger.violations(promise));
        }
        page.append("\n| fault | times |\n| --- | --- |\n");
        faults.forEach((fault, times) -> row(page, fault.words(), times));
        page.append("\n| what | number |\n| --- | --- |\n");
        for (Count count : Count.OF_FAULTS) {
            row(page, count.words(), ledger.counted(count));
        }
        row(page, "entries in the log at the end", recorded.entries());
        row(
                page,
                "latest acceptance after the acknowledged sign-out",
                millis(ledger.latestAcceptance().toMillis()));
        row(page, "slowest public page", millis(ledger.slowestPublicPage().toMillis()));
        logs.forEach((line, times) -> row(page, "logged: " + line, times));
        page.append("""

                | process | heap after GC, warm | at the end | threads, warm | at the end | entries |
                | --- | --- | --- | --- | --- | --- |
                """);
        growths.forEach(growth -> page.append(growth).append('\n'));
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

    private static String millis(long millis) {
        return millis + " ms";
    }
}
