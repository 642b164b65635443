package dev.signet.trials;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ThreadLocalRandom;

/** The command: which trial, on which stores, how much of it. */
final class Trials {
    private static final Path TARGET = Path.of("trials", "target");
    private static final int WARM_UP_SECONDS = 15;
    private static final int SOAK_WARM_UP_SECONDS = 45;
    private static final int SOAK_MINUTES = 20;
    /** A pool, and what waits for its connections, let their threads go after ten. */
    private static final int REST_SECONDS = 12;

    private Trials() {}

    public static void main(String[] arguments) throws IOException {
        Map<String, String> options = new HashMap<>();
        String store = "all";
        int minutes = SOAK_MINUTES;
        for (int i = 1; i < arguments.length; i++) {
            if (arguments[i].startsWith("--") && i + 1 < arguments.length) {
                options.put(arguments[i].substring(2), arguments[++i]);
            } else if (arguments[i].matches("\\d+")) {
                minutes = Integer.parseInt(arguments[i]);
            } else {
                store = arguments[i];
            }
        }
        boolean passed = switch (arguments[0]) {
            case "faults" -> faults(stores(store, List.of("postgres", "redis", "h2")), options);
            case "propagation" -> propagation(stores(store, List.of("postgres", "redis")), options);
            case "soak" -> soak(stores(store, List.of("postgres", "redis")), Duration.ofMinutes(minutes), options);
            default ->
                throw new IllegalArgumentException(
                        "The trial is '" + arguments[0] + "': use faults, propagation or soak");
        };
        System.exit(passed ? 0 : 1);
    }

    private static List<String> stores(String named, List<String> all) {
        return named.equals("all") ? all : List.of(named);
    }

    private static long seed(Map<String, String> options) {
        String given = options.get("seed");
        return given == null ? ThreadLocalRandom.current().nextInt(1_000_000) : Long.parseLong(given);
    }

    private static boolean faults(List<String> stores, Map<String, String> options) throws IOException {
        long seed = seed(options);
        int number = Integer.parseInt(options.getOrDefault("faults", "50"));
        Sabotage sabotage = Sabotage.named(options.getOrDefault("sabotage", "nothing"));
        boolean passed = true;
        for (String store : stores) {
            Path directory = fresh(store);
            System.out.println("=== Faults: " + store + ", seed " + seed + ", in " + directory);
            FaultReport report = FaultRun.of(
                    new FaultRun.Settings(store, number, seed, sabotage, WARM_UP_SECONDS, REST_SECONDS, directory));
            publish("faults-" + store, report.markdown());
            passed &= report.passed();
        }
        return passed;
    }

    private static boolean propagation(List<String> stores, Map<String, String> options) throws IOException {
        int number = Integer.parseInt(options.getOrDefault("revocations", "1000"));
        StringBuilder rows = new StringBuilder(Propagation.HEADING);
        boolean reached = true;
        for (String store : stores) {
            for (boolean push : List.of(true, false)) {
                System.out.println("=== Propagation: " + store + (push ? ", push" : ", no push"));
                Propagation.Result result = Propagation.of(store, push, number, seed(options), fresh(store));
                rows.append(result.row());
                reached &= result.reached();
            }
        }
        publish("propagation", rows.append('\n').toString());
        return reached;
    }

    private static boolean soak(List<String> stores, Duration time, Map<String, String> options) throws IOException {
        long seed = seed(options);
        Sabotage sabotage = Sabotage.named(options.getOrDefault("sabotage", "nothing"));
        boolean passed = true;
        for (String store : stores) {
            Path directory = fresh(store);
            System.out.println("=== Soak: " + store + ", seed " + seed + ", in " + directory);
            SoakReport report = Soak.of(
                    new Soak.Settings(store, time, seed, sabotage, SOAK_WARM_UP_SECONDS, REST_SECONDS, directory));
            publish("soak-" + store, report.markdown());
            if (options.containsKey("page")) {
                SoakPage.write(Path.of(options.get("page")), report);
            }
            passed &= report.passed();
        }
        return passed;
    }

    private static void publish(String name, String page) throws IOException {
        Path reports = Files.createDirectories(TARGET.resolve("reports"));
        Files.writeString(reports.resolve(name + ".md"), page);
        System.out.println("\n" + page + "=== " + reports.resolve(name + ".md"));
    }

    private static Path fresh(String store) throws IOException {
        Path parent = Files.createDirectories(TARGET.resolve("runs").toAbsolutePath());
        return Files.createTempDirectory(parent, store + "-");
    }
}
