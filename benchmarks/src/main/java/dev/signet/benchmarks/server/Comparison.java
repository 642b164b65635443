package dev.signet.benchmarks.server;

import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/**
 * Measures every server on the JDK it runs on, in rounds in each of which all of them have their turn: {@code Comparison <result file> <mode> <machine>}. All are
 * started anew several times: what one virtual machine makes of the code is up to a twentieth faster or slower than what the next one does.
 */
public final class Comparison implements AutoCloseable {
    /**
     * How long is measured. Warming up takes turns until the last one was hardly better than the best before. Rounds are short, so that the machine is as much
     * the same as can be for all who have their turn in one.
     */
    enum Mode {
        SMOKE(1, 1, 1, 1, 1, 1),
        QUICK(4, 3, 12, 1, 15, 1),
        FULL(4, 3, 12, 3, 15, 1);

        final int warmUpSeconds;
        final int leastWarmUps;
        final int mostWarmUps;
        final int starts;
        final int roundsEach;
        final int seconds;

        Mode(int warmUpSeconds, int leastWarmUps, int mostWarmUps, int starts, int roundsEach, int seconds) {
            this.warmUpSeconds = warmUpSeconds;
            this.leastWarmUps = leastWarmUps;
            this.mostWarmUps = mostWarmUps;
            this.starts = starts;
            this.roundsEach = roundsEach;
            this.seconds = seconds;
        }

        int expectedSeconds() {
            return starts * (Contender.ALL.size() * (warmUpSeconds * leastWarmUps + roundsEach * seconds) + 15);
        }

        int rounds() {
            return starts * roundsEach;
        }
    }

    /**
     * One contender in one round.
     *
     * @param cpuMicros processor time of the server for each request
     * @param storeMicros processor time of Redis for each request
     */
    record Turn(double requestsPerSecond, double cpuMicros, double storeMicros) {}

    record Measured(String name, String title, int cookies, List<Turn> turns) {}

    record Result(
            String jdk,
            int release,
            String mode,
            String machine,
            int connections,
            int starts,
            int rounds,
            int seconds,
            List<Measured> rows) {}

    /** Who needs more than this share of the best turn's time has stopped getting faster. */
    private static final double WARM = 0.95;

    private final Redis redis = Redis.start();
    private final Map<Variant, ServerProcess> servers = new EnumMap<>(Variant.class);
    private final Map<Contender, List<Turn>> turns = new LinkedHashMap<>();
    private final Map<Contender, Integer> lengths = new LinkedHashMap<>();
    private int ticketLength;

    private Comparison() throws IOException {}

    public static void main(String[] arguments) throws Exception {
        Path result = Path.of(arguments[0]);
        Mode mode = Mode.valueOf(arguments[1].toUpperCase(Locale.ROOT));
        say(
                "expected to take %d minutes and %d seconds on a quiet machine",
                mode.expectedSeconds() / 60, mode.expectedSeconds() % 60);
        try (Comparison comparison = new Comparison()) {
            for (int start = 0; start < mode.starts; start++) {
                comparison.startServers(result);
                comparison.warmUp(mode);
                comparison.measure(mode, start * mode.roundsEach);
                comparison.stopServers();
            }
            new ObjectMapper()
                    .writerWithDefaultPrettyPrinter()
                    .writeValue(result.toFile(), comparison.result(mode, arguments[2]));
        }
        System.exit(0);
    }

    private void startServers(Path result) throws Exception {
        for (Variant variant : Variant.values()) {
            Path log = result.resolveSibling(result.getFileName() + "-" + variant + ".log");
            ServerProcess server = ServerProcess.start(variant, redis, log);
            servers.put(variant, server);
            new Proof(variant, new Browser(server.port())).given();
        }
        ticketLength = cookies(Variant.SIGNET_TICKET).length();
        say("every server opens the sessions it is given, and none of which a cookie was changed");
    }

    private ServerProcess server(Variant variant) {
        ServerProcess server = servers.get(variant);
        if (server == null) {
            throw new IllegalStateException(variant + " was not started");
        }
        return server;
    }

    private String cookies(Variant variant) throws IOException, InterruptedException {
        return new Proof(variant, new Browser(server(variant).port())).given();
    }

    private void warmUp(Mode mode) throws Exception {
        for (Contender contender : Contender.ALL) {
            double best = Double.MAX_VALUE;
            boolean better = true;
            int turns = 0;
            while (turns < mode.leastWarmUps || better && turns < mode.mostWarmUps) {
                double micros = turn(contender, mode.warmUpSeconds).cpuMicros();
                better = micros < WARM * best;
                best = Math.min(best, micros);
                turns++;
            }
            say("%s is warm after %d turns: %.1f µs each", contender.title(), turns, best);
            if (better && mode != Mode.SMOKE) {
                say("it was still getting faster: the machine is too busy to measure on");
            }
        }
    }

    private void measure(Mode mode, int firstRound) throws Exception {
        List<Contender> all = Contender.ALL;
        for (int round = firstRound; round < firstRound + mode.roundsEach; round++) {
            for (int i = 0; i < all.size(); i++) {
                Contender contender = all.get((i + round) % all.size());
                Turn turn = turn(contender, mode.seconds);
                turns.computeIfAbsent(contender, first -> new ArrayList<>()).add(turn);
                say(
                        "round %d of %d: %6.0f requests/s, %5.1f µs each: %s",
                        round + 1, mode.rounds(), turn.requestsPerSecond(), turn.cpuMicros(), contender.title());
            }
        }
    }

    /** A session that has just begun, so that none is due for renewal within the turn. */
    private Turn turn(Contender contender, int seconds) throws Exception {
        String cookies = contender.sent(cookies(contender.variant()), ticketLength);
        lengths.put(contender, cookies.length());
        ServerProcess server = server(contender.variant());
        Duration before = spent(server.handle());
        Duration storeBefore = spent(redis.handle());
        Wrk.Answered answered = Wrk.load(server.port(), cookies, seconds);
        return new Turn(
                answered.perSecond(),
                micros(spent(server.handle()).minus(before), answered.requests()),
                micros(spent(redis.handle()).minus(storeBefore), answered.requests()));
    }

    private static Duration spent(ProcessHandle process) {
        return process.info().totalCpuDuration().orElseThrow();
    }

    private static double micros(Duration spent, long requests) {
        return spent.toNanos() / 1000.0 / Math.max(1, requests);
    }

    private Result result(Mode mode, String machine) {
        return new Result(
                System.getProperty("java.vm.name") + " " + System.getProperty("java.vm.version"),
                Runtime.version().feature(),
                mode.name().toLowerCase(Locale.ROOT),
                machine,
                Wrk.CONNECTIONS,
                mode.starts,
                mode.rounds(),
                mode.seconds,
                turns.entrySet().stream()
                        .map(each -> measured(each.getKey(), each.getValue()))
                        .toList());
    }

    private Measured measured(Contender contender, List<Turn> all) {
        return new Measured(contender.name(), contender.title(), lengths.getOrDefault(contender, 0), all);
    }

    private static void say(String format, Object... values) {
        System.out.printf(Locale.ROOT, "    " + format + "%n", values);
    }

    private void stopServers() throws IOException {
        for (ServerProcess server : servers.values()) {
            server.close();
        }
        servers.clear();
    }

    @Override
    public void close() throws IOException {
        stopServers();
        redis.close();
    }
}
