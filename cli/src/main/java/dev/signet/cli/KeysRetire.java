package dev.signet.cli;

import dev.signet.cli.Duties.Duty;
import dev.signet.keys.Key;
import dev.signet.keys.KeyRing;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** Takes a key out of a ring. */
@Command(
        name = "retire",
        mixinStandardHelpOptions = true,
        description =
                "Removes a key that nothing alive was sealed with; another one only when told to end the sessions it sealed.")
final class KeysRetire implements Callable<Integer> {
    private final Surroundings around;

    @Mixin
    private final RingOptions ring = new RingOptions();

    @Parameters(paramLabel = "KEY", description = "The id of the key, as 'keys list' shows it.")
    private String id = "";

    @Option(
            names = "--longest",
            paramLabel = "DURATION",
            defaultValue = "400d",
            description = "How long your longest session may live, such as 12h or 90d. Default ${DEFAULT-VALUE}.")
    private String longest = "400d";

    @Option(
            names = "--now",
            description = "Even if it is needed: every session that it sealed ends, as after a theft of the key.")
    private boolean now;

    KeysRetire(Surroundings around) {
        this.around = around;
    }

    @Override
    public Integer call() {
        Duration life = Texts.longest(longest);
        RingFile file = ring.file(around);
        file.change(old -> without(old, life));
        around.print("Removed " + id + " from " + file.path()
                + ". What it sealed is refused as soon as the instances have read that.");
        return 0;
    }

    private KeyRing without(KeyRing old, Duration life) {
        Duties duties = new Duties(old, around.now(), life);
        Key key = old.key(id)
                .orElseThrow(() -> new Refused("there is no key " + Texts.shown(id) + "; there are "
                        + old.keys().stream().map(Key::id).toList()));
        requireRetirable(key, duties);
        List<Key> others =
                old.keys().stream().filter(other -> !other.equals(key)).toList();
        if (others.isEmpty() || (duties.of(key) == Duty.SEALS && !seals(others, key.use()))) {
            throw new Refused(id + " is the last key that seals: 'keys rotate --in 0s' first");
        }
        return KeyRing.of(others);
    }

    private boolean seals(List<Key> keys, Key.Use use) {
        Duties duties = new Duties(KeyRing.of(keys), around.now(), Duration.ZERO);
        return keys.stream().anyMatch(key -> key.use() == use && duties.of(key) == Duty.SEALS);
    }

    private void requireRetirable(Key key, Duties duties) {
        Duty duty = duties.of(key);
        if (now || !duties.needed(key)) {
            return;
        }
        throw new Refused(
                switch (duty) {
                    case SEALS -> id + " seals everything new: 'keys rotate' first";
                    case WAITS -> id + " is to take over; --now removes it nevertheless";
                    case ENDED ->
                        id + " has ended, but sessions that it sealed may be alive until "
                                + duties.neededUntil(key).map(Instant::toString).orElse("later")
                                + ": with a later exp it opens them again; --now removes it";
                    default ->
                        id + " opens sessions that may be alive until "
                                + duties.neededUntil(key).map(Instant::toString).orElse("its owner ends it")
                                + " (if the longest lives " + Texts.rough(duties.longest())
                                + ": see --longest); --now ends them";
                });
    }
}
