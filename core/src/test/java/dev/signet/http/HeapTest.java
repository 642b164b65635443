package dev.signet.http;

import static org.assertj.core.api.Assertions.assertThat;

import dev.signet.Keeps;
import dev.signet.Tries;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The live heap of a process that used sessions, closed everything and dropped its references. */
@Keeps({"K9", "L1"})
@Tries(56)
class HeapTest {
    @TempDir
    private Path folder;

    @Test
    void holds_no_key_no_token_and_no_value_any_more() throws Exception {
        Path file = folder.resolve("heap.hprof");
        Map<String, byte[]> secrets = secretsOf(file);
        String heap = Files.readString(file, StandardCharsets.ISO_8859_1);

        assertThat(secrets).containsKeys("held", "key", "key-as-text", "slot-value", "subject");
        assertThat(secrets.keySet())
                .filteredOn(name -> name.startsWith("token"))
                .hasSize(2);
        assertThat(secrets.keySet())
                .filteredOn(name -> heap.contains(new String(secrets.get(name), StandardCharsets.ISO_8859_1)))
                .as("found in the heap")
                .containsExactly("held");
    }

    private static Map<String, byte[]> secretsOf(Path dump) throws IOException, InterruptedException {
        Process process = new ProcessBuilder(
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                        "-XX:TieredStopAtLevel=1",
                        "-cp",
                        System.getProperty("java.class.path"),
                        HeapUser.class.getName(),
                        dump.toString())
                .redirectError(ProcessBuilder.Redirect.INHERIT)
                .start();
        List<String> told = process.inputReader().lines().toList();
        assertThat(process.waitFor()).isZero();
        return told.stream()
                .map(line -> line.split(" "))
                .filter(words -> words.length == 2)
                .collect(Collectors.toMap(
                        words -> words[0], words -> HexFormat.of().parseHex(words[1])));
    }
}
