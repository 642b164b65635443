package dev.signet.benchmarks.report;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.stream.DoubleStream;

/**
 * What was promised, and what was measured.
 *
 * @param reachable the same for the least that has to be done, such as {@code limit} instead of {@code signetToken}; NaN where there is no such row
 * @param rounds the same as each round measured it
 */
record Target(String what, boolean atMost, double promised, double measured, double reachable, List<Target> rounds) {
    private static final List<String> PEERS =
            List.of("nimbus", "nimbusTuned", "jose4j", "jjwt", "tink", "ktor", "shiro");
    private static final List<String> SIZES = List.of("S", "M", "L");

    String outcome() {
        if (Double.isNaN(measured)) {
            return "not measured";
        }
        return (missed() ? "**missed**" : "met") + remark();
    }

    private String remark() {
        if (unsure()) {
            return ", not in every round";
        }
        if (missed() && limitUnsure()) {
            return ", the limit not in every round";
        }
        return outOfReach() ? ", out of reach" : "";
    }

    /** Whether some rounds met it and others did not, so that the same code does both. */
    boolean unsure() {
        return differ(rounds.stream().mapToDouble(Target::measured));
    }

    /** As {@link #unsure}, of the least that has to be done. */
    boolean limitUnsure() {
        return differ(rounds.stream().mapToDouble(Target::reachable));
    }

    private boolean differ(DoubleStream values) {
        return values.mapToObj(this::meets).distinct().count() > 1;
    }

    boolean missed() {
        return !Double.isNaN(measured) && !meets(measured);
    }

    /** Whether the least that has to be done misses it too, in every round. */
    boolean outOfReach() {
        return missed() && !Double.isNaN(reachable) && !meets(reachable) && !unsure() && !limitUnsure();
    }

    private boolean meets(double value) {
        return atMost ? value <= promised : value >= promised;
    }

    String promise() {
        return (atMost ? "≤ " : "≥ ") + number(promised);
    }

    String figure() {
        return figure(measured);
    }

    /** The lowest and the highest of the rounds; nothing where they agree. */
    String spread() {
        double lowest = rounds.stream().mapToDouble(Target::measured).min().orElse(Double.NaN);
        double highest = rounds.stream().mapToDouble(Target::measured).max().orElse(Double.NaN);
        return lowest < highest ? figure(lowest) + " – " + figure(highest) : "";
    }

    String reachableFigure() {
        return Double.isNaN(reachable) ? "" : figure(reachable);
    }

    /** With as many digits as it takes not to look like the promise itself. */
    private String figure(double value) {
        String text = number(value);
        if (Double.isNaN(value) || value == promised) {
            return text;
        }
        double shown = Double.parseDouble(number(promised));
        for (int digits = 3; digits <= 6 && Double.parseDouble(text) == shown; digits++) {
            text = String.format(Locale.ROOT, "%." + digits + "f", value);
        }
        return text;
    }

    static String number(double value) {
        if (Double.isNaN(value)) {
            return "–";
        }
        return String.format(Locale.ROOT, value < 100 && value != Math.rint(value) ? "%.2f" : "%.0f", value);
    }

    static List<Target> of(Run run) {
        List<Target> targets = inOne(run);
        List<Target> rounds = run.rounds().stream()
                .flatMap(round -> inOne(round).stream())
                .filter(target -> !Double.isNaN(target.measured))
                .toList();
        targets.replaceAll(target -> target.with(rounds));
        return targets;
    }

    private Target with(List<Target> all) {
        List<Target> same =
                all.stream().filter(target -> target.what.equals(what)).toList();
        return new Target(what, atMost, promised, measured, reachable, same);
    }

    private static List<Target> inOne(Run run) {
        List<Target> targets = new ArrayList<>();
        if (run.measured()) {
            tokens(targets, run);
            threadsAndProviders(targets, run);
            revocations(targets, run);
        }
        servers(targets, run.servers());
        targets.add(atMost("Ticket cookie of an 8-character subject, name included", 345, Lengths.ticketCookie()));
        targets.add(atMost("Slot cookie `theme=dark`, name included", 260, Lengths.slotCookie()));
        return targets;
    }

    private static void tokens(List<Target> targets, Run run) {
        toFloor(targets, run, "OpenBenchmark.signetToken", "S", 1.25, "M", 1.15, "L", 1.10);
        toFloor(targets, run, "OpenBenchmark.signet", "M", 1.55, "L", 1.20);
        toFloor(targets, run, "OpenBenchmark.signetTicketOnly", "M", 0.50, "L", 0.13);
        toFloor(targets, run, "SealBenchmark.signetToken", "S", 1.35, "M", 1.15, "L", 1.10);
        for (String side : List.of("Open", "Seal")) {
            for (String size : SIZES) {
                for (String mine : List.of("signetToken", "signet")) {
                    double nimbus = time(run, side, "nimbus", size);
                    targets.add(atLeast(
                            side + " " + size + ": `nimbus` / `" + mine + "`",
                            mine.equals("signet") ? 3.5 : 5,
                            nimbus / time(run, side, mine, size),
                            nimbus / time(run, side, limitOf(mine), size)));
                }
            }
            for (String mine : List.of("signetToken", "signet")) {
                targets.add(atMost(
                        side + " M: allocation of `" + mine + "` / `nimbus`",
                        1.0 / 3,
                        bytes(run, side, mine) / bytes(run, side, "nimbus"),
                        bytes(run, side, limitOf(mine)) / bytes(run, side, "nimbus")));
            }
            targets.add(atMost(
                    side + " M: allocation of `signetToken` / `floor`",
                    side.equals("Open") ? 1.10 : 1.20,
                    bytes(run, side, "signetToken") / bytes(run, side, "floor"),
                    bytes(run, side, "limit") / bytes(run, side, "floor")));
            for (String size : SIZES) {
                double fastest = PEERS.stream()
                        .mapToDouble(peer -> time(run, side, peer, size))
                        .filter(time -> !Double.isNaN(time))
                        .min()
                        .orElse(Double.NaN);
                targets.add(atMost(
                        side + " " + size + ": `signetToken` / the fastest peer",
                        1,
                        time(run, side, "signetToken", size) / fastest,
                        time(run, side, "limit", size) / fastest));
            }
        }
    }

    /** What is a few percent apart: measured side by side in each round, whose median counts. */
    private static void threadsAndProviders(List<Target> targets, Run run) {
        for (String side : List.of("Open", "Seal")) {
            String name = side + "Benchmark.signetToken";
            targets.add(atLeast(
                    side + " M: two threads / one thread", 1.85, gain(run, name), gain(run, side + "Benchmark.limit")));
            if (run.release() >= 21) {
                targets.add(atMost(
                        side + " M: a virtual thread / a platform thread",
                        1.05,
                        run.median(
                                "virtual",
                                round -> round.only("virtual", name).elapsed()
                                        / round.only("oneThread", name).elapsed())));
            }
            for (String first : List.of("BOUNCY_CASTLE", "CONSCRYPT")) {
                String provider = "ProviderBenchmark." + side.toLowerCase(Locale.ROOT);
                targets.add(atMost(
                        side + " M: " + first + " registered first / the JDK alone",
                        1.05,
                        run.median(
                                "providers",
                                round -> round.provider(provider, first).time()
                                        / round.provider(provider, "JDK").time())));
            }
        }
    }

    private static double gain(Run run, String name) {
        return run.median("twoThreads", round -> round.gain("oneThread", "twoThreads", name));
    }

    private static void revocations(List<Target> targets, Run run) {
        for (String entries : List.of("1000000", "10000000")) {
            double map =
                    run.revocation("concurrentHashMap", "NEGATIVE", entries).time();
            targets.add(atLeast(
                    "Revocation, " + entries + " entries, negative: `ConcurrentHashMap` / the look-up alone",
                    10,
                    map / run.revocation("table", "NEGATIVE", entries).time(),
                    map / run.revocation("limit", "NEGATIVE", entries).time()));
            targets.add(
                    atMost("Revocation, " + entries + " entries: bytes per entry", 45, run.memory("signet", entries)));
            targets.add(atMost(
                    "Revocation, " + entries + " entries: memory of Signet / `ConcurrentHashMap`",
                    1.0 / 3,
                    run.memory("signet", entries) / run.memory("concurrentHashMap", entries)));
        }
    }

    private static void servers(List<Target> targets, Servers servers) {
        server(targets, servers, "Signet's ticket / Jetty's session", 0.88, "TICKET", "JETTY");
        server(
                targets,
                servers,
                "Signet's ticket / Jetty's session beside a foreign cookie of the same length",
                0.95,
                "TICKET",
                "JETTY_PADDED");
        server(targets, servers, "Signet's ticket and slot / nimbus", 1, "SLOT", "NIMBUS");
        server(targets, servers, "Signet's ticket and compressed slot / nimbus", 1.2, "COMPRESSED", "NIMBUS");
        server(targets, servers, "Signet's ticket / Redis", 1.5, "TICKET", "REDIS");
    }

    private static void server(
            List<Target> targets, Servers servers, String what, double promised, String mine, String other) {
        targets.add(atLeast(
                "Server, requests per second: " + what,
                promised,
                servers.ratio("SIGNET_" + mine, other, "requestsPerSecond"),
                servers.ratio("LIMIT_" + mine, other, "requestsPerSecond")));
    }

    /** The row of the least that has to be done for it. */
    private static String limitOf(String mine) {
        return switch (mine) {
            case "signet" -> "limitSession";
            case "signetTicketOnly" -> "limitTicketOnly";
            default -> "limit";
        };
    }

    private static double time(Run run, String side, String method, String size) {
        return run.token(side + "Benchmark." + method, size).time();
    }

    private static double bytes(Run run, String side, String method) {
        return run.token(side + "Benchmark." + method, "M").bytes();
    }

    private static void toFloor(List<Target> targets, Run run, String name, Object... sizesAndLimits) {
        String side = name.substring(0, 4);
        String method = name.substring(name.indexOf('.') + 1);
        for (int i = 0; i < sizesAndLimits.length; i += 2) {
            String size = (String) sizesAndLimits[i];
            targets.add(atMost(
                    side + " " + size + ": `" + method + "` / `floor`",
                    (Double) sizesAndLimits[i + 1],
                    time(run, side, method, size) / time(run, side, "floor", size),
                    time(run, side, limitOf(method), size) / time(run, side, "floor", size)));
        }
    }

    private static Target atMost(String what, double promised, double measured) {
        return atMost(what, promised, measured, Double.NaN);
    }

    private static Target atMost(String what, double promised, double measured, double reachable) {
        return new Target(what, true, promised, measured, reachable, List.of());
    }

    private static Target atLeast(String what, double promised, double measured, double reachable) {
        return new Target(what, false, promised, measured, reachable, List.of());
    }
}
