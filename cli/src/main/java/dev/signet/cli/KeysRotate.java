package dev.signet.cli;

import dev.signet.cli.Duties.Duty;
import dev.signet.keys.Key;
import dev.signet.keys.KeyRing;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** Adds a key that takes over. */
@Command(
        name = "rotate",
        mixinStandardHelpOptions = true,
        description = "Adds a key that every instance accepts at once and seals with a little later. Signs nobody out.")
final class KeysRotate implements Callable<Integer> {
    private static final Duration LONGEST_WAIT = Duration.ofDays(400);

    private final Surroundings around;

    @Mixin
    private final RingOptions ring = new RingOptions();

    @Option(
            names = "--in",
            paramLabel = "DURATION",
            defaultValue = "2m",
            description =
                    "When the new key begins to seal: not before the file has reached every instance. Default ${DEFAULT-VALUE}.")
    private String in = "2m";

    @Option(names = "--pair", description = "Rotate the key pair of signed tickets instead of the secret.")
    private boolean pair;

    KeysRotate(Surroundings around) {
        this.around = around;
    }

    @Override
    public Integer call() {
        Duration wait = Texts.duration(in);
        if (wait.isNegative() || wait.compareTo(LONGEST_WAIT) > 0) {
            throw new Refused("--in " + in + ": use 0s to 400d");
        }
        RingFile file = ring.file(around);
        KeyRing changed = file.change(old -> with(old, wait));
        Key added = changed.keys().get(changed.keys().size() - 1);
        around.print("Added " + added.id() + " to " + file.path() + ": it opens at once and "
                + (pair ? "signs" : "seals") + " from " + added.sealsFrom() + " ("
                + Texts.relative(added.sealsFrom(), added.madeAt()) + ").");
        around.print("Keys that are no longer needed are shown by 'keys list'; 'keys retire KEY' removes one.");
        return 0;
    }

    private KeyRing with(KeyRing old, Duration wait) {
        // Now that nobody else changes the ring: a key that somebody added meanwhile would seem to wait.
        Instant now = around.now();
        Instant from = now.plus(wait);
        Duties duties = new Duties(old, now, old.longestLifetime());
        Key.Use use = pair ? Key.Use.SIGNING : Key.Use.ENCRYPTION;
        if (old.keys().stream().anyMatch(key -> key.use() == use && duties.of(key) == Duty.WAITS)) {
            throw new Refused("a key of this ring waits to take over already: see 'keys list'");
        }
        List<Key> keys = new ArrayList<>(old.keys());
        keys.add(pair ? Key.pair(now, from) : Key.secret(now, from));
        try {
            return KeyRing.of(keys);
        } catch (IllegalArgumentException e) {
            throw new Refused("the new key does not fit into the ring, " + e.getMessage() + "; try again");
        }
    }
}
