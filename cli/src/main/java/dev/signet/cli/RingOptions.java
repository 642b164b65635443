package dev.signet.cli;

import java.nio.file.Files;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** Which key ring is meant. */
final class RingOptions {
    static final String DEFAULT = "keys.jwks";

    @Option(
            names = {"-k", "--keys"},
            paramLabel = "FILE",
            description = "The key ring; else the file that SIGNET_KEYS names, else keys.jwks.")
    @Nullable
    Path file;

    /** Whether one was named, or lies where it is looked for. */
    boolean given(Surroundings around) {
        return file != null
                || around.environment().containsKey("SIGNET_KEYS")
                || Files.exists(file(around).path());
    }

    RingFile file(Surroundings around) {
        return new RingFile(file != null ? file : Path.of(around.environment().getOrDefault("SIGNET_KEYS", DEFAULT)));
    }
}
