package dev.signet.revocation.redis;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.BufferedReader;
import java.io.InputStreamReader;
import java.lang.ProcessBuilder.Redirect;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

class ConcurrentProcessesTest {
    private static final int PROCESSES = 3;
    private static final int TOTAL = PROCESSES * Appending.THREADS * Appending.EACH;

    @Test
    @Timeout(120)
    void each_of_three_processes_with_four_appenders_sees_every_entry_exactly_once_in_order() throws Exception {
        String prefix = Target.freshPrefix();
        List<Process> processes = new ArrayList<>();
        List<BufferedReader> outputs = new ArrayList<>();
        for (int i = 0; i < PROCESSES; i++) {
            Process process = appending(prefix, "process" + i);
            processes.add(process);
            outputs.add(new BufferedReader(new InputStreamReader(process.getInputStream(), StandardCharsets.UTF_8)));
        }
        try {
            for (BufferedReader output : outputs) {
                assertThat(output.readLine()).isEqualTo("ready");
            }
            for (Process process : processes) {
                process.getOutputStream().write('\n');
                process.getOutputStream().flush();
            }
            List<String> recorded = null;
            for (BufferedReader output : outputs) {
                List<String> seen = output.lines().toList();
                assertThat(seen).hasSize(TOTAL).doesNotHaveDuplicates();
                assertThat(seen.stream().map(line -> line.split(" ")[1])).doesNotHaveDuplicates();
                assertThat(seen.stream().map(line -> Long.parseLong(line.split(" ")[0])))
                        .isSorted();
                recorded = recorded == null ? everything(prefix) : recorded;
                assertThat(seen).isEqualTo(recorded);
            }
            for (Process process : processes) {
                assertThat(process.waitFor()).isZero();
            }
        } finally {
            processes.forEach(Process::destroyForcibly);
        }
    }

    private static List<String> everything(String prefix) {
        try (RedisRevocationLog log = Target.log(prefix)) {
            return Entries.all(log).stream()
                    .map(entry -> entry.position() + " " + entry.id())
                    .toList();
        }
    }

    private static Process appending(String prefix, String name) throws Exception {
        return new ProcessBuilder(
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                        "-cp",
                        System.getProperty("java.class.path"),
                        Appending.class.getName(),
                        Target.address().toString(),
                        prefix,
                        name,
                        Integer.toString(TOTAL))
                .redirectError(Redirect.DISCARD)
                .start();
    }
}
