package dev.signet.cli;

import dev.signet.keys.Key;
import dev.signet.keys.KeyRing;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** Makes a key ring. */
@Command(
        name = "new",
        mixinStandardHelpOptions = true,
        description =
                "Writes a new ring of one random 256-bit secret, for its owner's eyes only. Never overwrites a file.")
final class KeysNew implements Callable<Integer> {
    private final Surroundings around;

    @Mixin
    private final RingOptions ring = new RingOptions();

    @Option(names = "--pair", description = "Add a P-256 key pair too, for signed tickets that other services verify.")
    private boolean pair;

    @Option(names = "--show-secret", description = "Print the ring to the terminal and write no file.")
    private boolean showSecret;

    KeysNew(Surroundings around) {
        this.around = around;
    }

    @Override
    public Integer call() {
        Instant now = around.now();
        List<Key> keys = new ArrayList<>(List.of(Key.secret(now, now)));
        if (pair) {
            keys.add(Key.pair(now, now));
        }
        KeyRing made = KeyRing.of(keys);
        if (showSecret) {
            around.print(made.exportSecretJwkSet());
            return 0;
        }
        RingFile file = ring.file(around);
        file.create(made);
        around.print("Wrote " + file.path() + ": "
                + String.join(" and ", made.keys().stream().map(Key::id).toList())
                + ". Whoever reads it can be anybody: keep it out of repositories and images.");
        return 0;
    }
}
