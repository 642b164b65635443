package dev.signet.revocation;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.jupiter.api.Test;

class StoreCallsTest {
    private final StoreCalls calls = new StoreCalls(false, Duration.ofSeconds(20));

    /** Returns once the call runs: then the one before it has been dealt with. */
    private void trim(Runnable call) {
        AtomicBoolean runs = new AtomicBoolean();
        while (!runs.get()) {
            calls.trim(() -> {
                runs.set(true);
                call.run();
            });
            Thread.onSpinWait();
        }
    }

    private static void refused() {
        throw new StoreUnavailable("H2 refused: read only");
    }

    private static void broken() {
        throw new IllegalStateException("DELETE FROM t WHERE id = 'secret'");
    }

    @Test
    void a_log_that_cannot_be_trimmed_is_told_once_and_without_what_a_driver_says() {
        String logged = errorOutput(() -> {
            trim(StoreCallsTest::refused);
            trim(StoreCallsTest::refused);
            trim(() -> {});
            trim(() -> {});
            trim(StoreCallsTest::broken);
            trim(StoreCallsTest::broken);
            trim(() -> {});
            trim(() -> {});
        });

        assertThat(logged.lines().map(line -> line.replaceFirst(".* - ", "")))
                .containsExactly(
                        "The revocation log could not be trimmed and grows until it can: H2 refused: read only",
                        "The revocation log can be trimmed again",
                        "The revocation log could not be trimmed and grows until it can: java.lang.IllegalStateException",
                        "The revocation log can be trimmed again");
    }

    private static String errorOutput(Runnable action) {
        PrintStream original = System.err;
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        System.setErr(new PrintStream(bytes, true, StandardCharsets.UTF_8));
        try {
            action.run();
        } finally {
            System.setErr(original);
        }
        return bytes.toString(StandardCharsets.UTF_8);
    }
}
