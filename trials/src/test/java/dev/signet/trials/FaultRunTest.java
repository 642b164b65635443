package dev.signet.trials;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Whether a run works at all, and whether it notices; the runs that mean something are made by {@code trials/run}. */
@Timeout(300)
class FaultRunTest {
    @TempDir
    Path directory;

    private Ledger run(String store, int faults, Sabotage sabotage) {
        FaultReport report = FaultRun.of(new FaultRun.Settings(store, faults, 1, sabotage, 3, 1, directory));
        assertThat(report.markdown()).contains(report.passed() ? "Passed" : "**Failed**");
        return report.ledger();
    }

    @Test
    void a_few_faults_break_no_promise() {
        Ledger ledger = run("redis", 3, Sabotage.NOTHING);

        assertThat(ledger.examples()).isEmpty();
        assertThat(ledger.counted(Ledger.Count.SIGN_OUTS)).isPositive();
        assertThat(ledger.counted(Ledger.Count.FRESH_REPLAYS)).isPositive();
    }

    @Test
    void a_process_that_asks_no_log_is_noticed() {
        Ledger ledger = run("h2", 0, Sabotage.DEAF);

        assertThat(ledger.violations(Promise.FINAL)).isPositive();
        assertThat(ledger.violations(Promise.AUTHORITATIVE)).isPositive();
        assertThat(ledger.violations(Promise.RECORDED)).isPositive();
        assertThat(ledger.violations(Promise.PUBLIC)).isZero();
    }
}
