package dev.signet.trials;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Whether a soak works at all, and whether it notices; the runs that mean something are made by {@code trials/run}. */
@Timeout(300)
class SoakTest {
    @TempDir
    Path directory;

    private Ledger run(Sabotage sabotage) {
        SoakReport report = Soak.of(settings(sabotage));
        assertThat(report.markdown()).contains(report.passed() ? "Passed" : "**Failed**");
        return report.ledger();
    }

    private Soak.Settings settings(Sabotage sabotage) {
        return new Soak.Settings("redis", Duration.ofSeconds(10), 1, sabotage, 5, 1, directory);
    }

    @Test
    void a_short_one_breaks_no_promise() {
        Ledger ledger = run(Sabotage.NOTHING);

        assertThat(ledger.examples()).isEmpty();
        assertThat(ledger.attacks()).isNotEmpty();
        assertThat(ledger.counted(Ledger.Count.CARTS_READ)).isPositive();
        assertThat(ledger.counted(Ledger.Count.STOPPED)).isPositive();
        assertThat(ledger.counted(Ledger.Count.FRESH_REPLAYS)).isPositive();
    }

    @Test
    void a_process_that_believes_every_site_is_noticed() {
        assertThat(run(Sabotage.CREDULOUS).violations(Promise.REFUSED)).isPositive();
    }

    @Test
    void a_process_that_forgets_is_noticed() {
        assertThat(run(Sabotage.FORGETFUL).violations(Promise.SAVED)).isPositive();
    }

    @Test
    void a_report_takes_the_place_of_the_last_one_of_its_store() throws IOException {
        Path page = directory.resolve("soak.md");
        Files.writeString(page, "# Old\n\n## postgres\n\nkept\n\n## redis\n\nreplaced\n");

        SoakPage.write(page, new SoakReport(settings(Sabotage.NOTHING), new Ledger(), 0.2, List.of()));

        assertThat(Files.readString(page))
                .startsWith("# Soak")
                .containsOnlyOnce("## postgres")
                .containsOnlyOnce("## redis")
                .contains("kept")
                .doesNotContain("replaced");
    }
}
