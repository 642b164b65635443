package dev.signet.revocation.jdbc;

import static org.assertj.core.api.Assertions.assertThat;

import dev.signet.revocation.RevocationLog.Entry;
import dev.signet.revocation.RevocationLog.Page;
import java.io.BufferedReader;
import java.io.IOException;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;

class ProcessesTest {
    private static final int EACH = 200;

    @Test
    void three_that_start_at_once_and_append_in_four_threads_each_agree_on_everything() throws Exception {
        List<Process> processes = new ArrayList<>();
        try (TestDatabase database = new PostgresDatabase()) {
            List<BufferedReader> outputs = new ArrayList<>();
            for (int i = 0; i < 3; i++) {
                // They also create the tables at once.
                Process process = AppendingProcess.start(database.url(), database.table, "process" + i);
                processes.add(process);
                outputs.add(AppendingProcess.output(process));
            }
            for (BufferedReader output : outputs) {
                assertThat(output.readLine()).isEqualTo("ready");
            }
            JdbcRevocationLog log = database.log();
            for (Process process : processes) {
                AppendingProcess.tell(process, EACH);
            }
            List<Entry> followed = follow(log, 1 + 3 * EACH);
            Set<String> recorded = new HashSet<>();
            for (BufferedReader output : outputs) {
                readUntilDone(output, recorded);
            }

            assertThat(recorded).hasSize(3 * EACH);
            assertThat(followed)
                    .isEqualTo(log.read(0, 10_000).entries())
                    .extracting(Entry::position)
                    .isSorted()
                    .doesNotHaveDuplicates();
            assertThat(followed).extracting(Entry::id).contains("first").containsAll(recorded);
            for (int i = 0; i < 3; i++) {
                AppendingProcess.tell(processes.get(i), 0);
                assertThat(outputs.get(i).readLine()).isEqualTo("done " + (1 + 3 * EACH));
            }
        } finally {
            processes.forEach(Process::destroyForcibly);
        }
    }

    /** Sees everything only if nothing ever appears behind it. */
    private static List<Entry> follow(JdbcRevocationLog log, int number) {
        List<Entry> seen = new ArrayList<>();
        long next = 0;
        while (seen.size() < number && log.read(0, 10_000).entries().size() >= seen.size()) {
            Page page = log.read(next, 10_000);
            seen.addAll(page.entries());
            next = page.head() + 1;
        }
        return seen;
    }

    static void readUntilDone(BufferedReader output, Set<String> recorded) throws IOException {
        String line = output.readLine();
        while (line != null && !line.startsWith("done")) {
            recorded.add(line);
            line = output.readLine();
        }
    }
}
