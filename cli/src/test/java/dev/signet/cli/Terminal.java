package dev.signet.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayInputStream;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.Map;
import picocli.CommandLine;

/** Somebody who types commands, with a clock that moves when told. */
final class Terminal {
    final Map<String, String> environment = new HashMap<>();
    Instant now;

    /** Done each time a command asks for the time. */
    Runnable onClock = () -> {};

    Terminal() {
        this(Instant.parse("2026-11-23T10:00:00Z"));
    }

    Terminal(Instant now) {
        this.now = now;
    }

    /** What a command answered. */
    record Answer(int code, String out, String err) {
        Answer isWell() {
            assertThat(this).extracting(Answer::code, Answer::err).containsExactly(0, "");
            return this;
        }

        /** One clear line, and nothing else. */
        Answer isRefused(String message) {
            assertThat(code).isEqualTo(2);
            assertThat(out).isEmpty();
            assertThat(err).startsWith("signet: ").contains(message);
            assertThat(err.lines()).hasSize(1);
            return this;
        }
    }

    Answer type(String command) {
        return typeWith("", command);
    }

    /** Words are separated by one space. */
    Answer typeWith(String input, String command) {
        StringWriter out = new StringWriter();
        StringWriter err = new StringWriter();
        Surroundings around = around(input, out, err);
        int code = Signet.run(around, command.split(" ", -1));
        return new Answer(code, out.toString(), err.toString());
    }

    /** What can be typed, without anything being done. */
    CommandLine line() {
        return Signet.line(around("", new StringWriter(), new StringWriter()));
    }

    private Surroundings around(String input, StringWriter out, StringWriter err) {
        return new Surroundings(
                new ByteArrayInputStream(input.getBytes(StandardCharsets.UTF_8)),
                new PrintWriter(out),
                new PrintWriter(err),
                environment,
                () -> {
                    onClock.run();
                    return now;
                });
    }

    void later(Duration duration) {
        now = now.plus(duration);
    }
}
