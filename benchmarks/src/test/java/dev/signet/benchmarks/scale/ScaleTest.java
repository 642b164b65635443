package dev.signet.benchmarks.scale;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.FieldSource;

class ScaleTest {
    static final List<String> STORES = Store.NAMES;

    /** That a node finds what was filled in is checked by what measures. */
    @ParameterizedTest
    @FieldSource("STORES")
    void a_store_is_filled_read_and_trimmed(String store) throws Exception {
        Figures figures = Scale.measure(store, 1_000, Duration.ofMillis(200));

        assertThat(figures.appends()).hasSize(3).allMatch(perSecond -> perSecond > 0);
        assertThat(Page.of(List.of(figures))).contains("| " + store + " | 1,000 | ");
    }

    @ParameterizedTest
    @FieldSource("STORES")
    void nothing_stays_behind(String store) throws Exception {
        Path directory;
        try (Store opened = Store.open(store)) {
            directory = opened.directory;
            assertThat(directory).isDirectory();
        }
        assertThat(Files.exists(directory)).isFalse();
    }
}
