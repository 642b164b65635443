package dev.signet.cli;

import dev.signet.keys.Key;
import java.time.Duration;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** Shows the keys of a ring. */
@Command(
        name = "list",
        mixinStandardHelpOptions = true,
        description = "Shows what each key may do and until when it is needed. Shows no secret unless told to.")
final class KeysList implements Callable<Integer> {
    private final Surroundings around;

    @Mixin
    private final RingOptions ring = new RingOptions();

    @Option(
            names = "--longest",
            paramLabel = "DURATION",
            defaultValue = "400d",
            description = "How long your longest session may live, such as 12h or 90d. Default ${DEFAULT-VALUE}.")
    private String longest = "400d";

    @Option(names = "--json", description = "Print JSON.")
    private boolean json;

    @Option(names = "--show-secret", description = "Print the whole ring, secrets included.")
    private boolean showSecret;

    KeysList(Surroundings around) {
        this.around = around;
    }

    @Override
    public Integer call() {
        Duration life = Texts.longest(longest);
        Duties duties = new Duties(ring.file(around).read(), around.now(), life);
        if (showSecret) {
            around.print(duties.ring().exportSecretJwkSet());
        } else if (json) {
            around.printJson(Map.of(
                    "keys",
                    duties.keys().stream().map(key -> members(key, duties)).toList()));
        } else {
            around.print(String.format("%-12s  %-7s  %-10s  %-20s  %s", "KEY", "ALG", "DOES", "FROM", "NEEDED"));
            duties.keys().forEach(key -> around.print(line(key, duties)));
        }
        return 0;
    }

    private static String line(Key key, Duties duties) {
        return String.format(
                "%-12s  %-7s  %-10s  %-20s  %s",
                key.id(), key.algorithm(), duties.of(key).word(), date(key.sealsFrom()), need(key, duties));
    }

    private static String date(Instant time) {
        return time.equals(Instant.EPOCH) ? "always" : time.toString();
    }

    private static String need(Key key, Duties duties) {
        return switch (duties.of(key)) {
            case SEALS -> "as long as it seals";
            case WAITS -> "from " + Texts.relative(key.sealsFrom(), duties.now()) + " on";
            case UNNEEDED -> "no more: 'keys retire " + Texts.argument(key.id()) + "' removes it";
            case ENDED ->
                (duties.needed(key)
                                ? "until "
                                        + duties.neededUntil(key)
                                                .map(Instant::toString)
                                                .orElse("later") + ", but"
                                : "no more:")
                        + " it ended " + Texts.relative(key.acceptedUntil().orElseThrow(), duties.now());
            case OPENS ->
                key.use() == Key.Use.VERIFYING
                        ? "as long as its owner signs with it"
                        : "until "
                                + duties.neededUntil(key).map(Instant::toString).orElse("another key seals")
                                + key.acceptedUntil()
                                        .map(end -> ", accepted until " + end)
                                        .orElse("");
        };
    }

    private static Map<String, Object> members(Key key, Duties duties) {
        Map<String, Object> members = new LinkedHashMap<>();
        members.put("kid", key.id());
        members.put("alg", key.algorithm());
        members.put("does", duties.of(key).word());
        put(members, "madeAt", Optional.of(key.madeAt()));
        put(members, "sealsFrom", Optional.of(key.sealsFrom()));
        put(members, "acceptedUntil", key.acceptedUntil());
        put(members, "neededUntil", duties.neededUntil(key));
        return members;
    }

    private static void put(Map<String, Object> members, String name, Optional<Instant> time) {
        time.filter(known -> !known.equals(Instant.EPOCH)).ifPresent(known -> members.put(name, known.toString()));
    }
}
