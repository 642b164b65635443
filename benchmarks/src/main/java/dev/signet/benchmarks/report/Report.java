package dev.signet.benchmarks.report;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Properties;
import java.util.TreeMap;
import java.util.function.ToDoubleBiFunction;
import java.util.function.UnaryOperator;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** Writes {@code performance.md} and its charts of what was measured last: {@code Report <folder of results> <folder to write to>}. */
public final class Report {
    private static final List<String> SIZES = List.of("S", "M", "L");
    private static final List<String> PEERS = List.of(
            "floor",
            "limit",
            "signetToken",
            "limitSession",
            "signet",
            "limitTicketOnly",
            "signetTicketOnly",
            "tink",
            "nimbusTuned",
            "shiro",
            "ktor",
            "nimbus",
            "jose4j",
            "jjwt");

    private final List<Run> runs;
    private final Path folder;
    private final StringBuilder page = new StringBuilder();

    private Report(List<Run> runs, Path folder) {
        this.runs = runs;
        this.folder = folder;
    }

    public static void main(String[] arguments) throws IOException {
        Path results = Path.of(arguments[0]);
        Path folder = Path.of(arguments[1]);
        Files.createDirectories(folder);
        new Report(Run.all(results), folder).write();
    }

    private void write() {
        List<Run> measured = runs.stream().filter(Run::measured).toList();
        line("# Performance");
        line("");
        line("Written by `benchmarks/run` and `benchmarks/server`: change the programs, not this page.");
        if (!measured.isEmpty()) {
            how(measured);
        }
        line("Libraries: " + versions() + ".");
        runs.forEach(this::targets);
        servers();
        if (!measured.isEmpty()) {
            for (String side : List.of("Open", "Seal")) {
                chart(measured, side);
                measured.forEach(run -> tokens(run, side));
            }
            measured.forEach(this::signedOnly);
            measured.forEach(this::requests);
            revocationChart(measured);
            measured.forEach(this::revocations);
        }
        save("performance.md", page.toString());
    }

    private void how(List<Run> measured) {
        line(
                "Times are the processor time of the measuring thread in its best iteration, of threads and providers the median of the rounds' ratios counts;"
                        + " only ratios within one run mean anything. `floor` is what the JVM allows for the work: a cached JCA cipher, the JDK's base64url, pooled IVs,"
                        + " Jackson's streaming parser and the expiry check, without any header or key id. `limit` is the floor with what the format"
                        + " demands of whoever implements it: a header that is authenticated. `limitSession` is that for a"
                        + " ticket and a slot that says whose it is and until when, the state bound to records by Jackson, `limitTicketOnly` for the ticket alone. Where Signet is faster than that, its own reading"
                        + " and writing of JSON is faster than Jackson's. A target is called out of reach if the limit misses it too, in every round. “Rounds” are the lowest and the highest"
                        + " ratio that a round measured, each in processes of its own (of servers: after each start): by so much processes of the same code differ. All but whole servers run with the"
                        + " parallel collector and `UseCondCardMark`, in a heap that was touched before; revocations in a large one.");
        line("");
        measured.forEach(run -> line("- JDK " + run.release() + ": " + run.how()));
        line("");
    }

    private void servers() {
        List<Run> measured =
                runs.stream().filter(run -> run.servers().measured()).toList();
        if (measured.isEmpty()) {
            return;
        }
        title("Whole servers");
        line(
                "The same Javalin endpoint, each time with another way to keep sessions. All but the first and a ticket alone bring the same content of size M,"
                        + " and read it into the same record. “limit” opens cookies of Signet's format by the JDK and Jackson in the handler itself, and does nothing"
                        + " else for the session: no revocations, no guard, no renewal. Both tell caches to keep nothing of it. “Jetty, longer cookies” is Jetty's session beside a foreign cookie that makes the header as long as"
                        + " Signet's ticket. Signet's plugin turns Jetty's cache of header fields off; it is off beside “limit” and nimbus too. Before each round every server shows that it opens what it is given and refuses what was changed.");
        line("");
        List<String> names = measured.get(0).servers().names();
        save(
                "performance-server.svg",
                Chart.of(
                        "Requests per second",
                        "share of a server without sessions: longer is better",
                        series(measured),
                        bars(
                                measured,
                                names,
                                name -> measured.get(0).servers().title(name),
                                (run, name) -> run.servers().ratio(name, Servers.NOTHING, "requestsPerSecond"))));
        line("![Whole servers](performance-server.svg)");
        measured.forEach(this::servers);
    }

    private void servers(Run run) {
        Servers servers = run.servers();
        title("Whole servers, JDK " + run.release());
        line("Measured by " + servers.how() + ".");
        line("");
        table(
                "",
                "requests/s",
                "× no session",
                "from – to",
                "server µs",
                "× no session",
                "Redis µs",
                "characters of cookies");
        for (String name : servers.names()) {
            row(
                    servers.title(name),
                    Target.number(Math.rint(servers.median(name, "requestsPerSecond"))),
                    Target.number(servers.ratio(name, Servers.NOTHING, "requestsPerSecond")),
                    Target.number(servers.lowest(name, Servers.NOTHING, "requestsPerSecond")) + " – "
                            + Target.number(servers.highest(name, Servers.NOTHING, "requestsPerSecond")),
                    Target.number(servers.median(name, "cpuMicros")),
                    Target.number(servers.ratio(name, Servers.NOTHING, "cpuMicros")),
                    Target.number(servers.median(name, "storeMicros")),
                    Integer.toString(servers.cookies(name)));
        }
        line("");
        line("Microseconds are processor time for each request. Server and load share the machine's processors.");
    }

    private void targets(Run run) {
        List<Target> targets = Target.of(run);
        title("Targets on JDK " + run.release());
        long met = targets.stream()
                .filter(target -> target.outcome().startsWith("met"))
                .count();
        long missed = targets.stream().filter(Target::missed).count();
        long outOfReach = targets.stream().filter(Target::outOfReach).count();
        long unsure = targets.stream().filter(Target::unsure).count();
        long unsureMissed = targets.stream()
                .filter(target -> target.missed() && target.unsure())
                .count();
        line(met + " of " + targets.size() + " are met, " + (unsure - unsureMissed) + " of these not in every round. "
                + missed
                + " are missed, " + outOfReach + " of these out of reach and " + unsureMissed + " not in every round. "
                + (targets.size() - met - missed) + " were not measured.");
        line("");
        table("what", "target", "measured", "rounds", "limit", "");
        targets.forEach(target -> row(
                target.what(),
                target.promise(),
                target.figure(),
                target.spread(),
                target.reachableFigure(),
                target.outcome()));
    }

    private void tokens(Run run, String side) {
        title(side + ", JDK " + run.release());
        table("", "S × floor", "M × floor", "L × floor", "M ns", "M bytes allocated", "M bytes × floor");
        Stream.concat(PEERS.stream(), Stream.of("signetTokenCold"))
                .filter(method -> !Double.isNaN(token(run, side, method, "M").time()))
                .forEach(method -> {
                    Row middle = token(run, side, method, "M");
                    row(
                            "`" + method + "`",
                            ratio(run, side, method, "S"),
                            ratio(run, side, method, "M"),
                            ratio(run, side, method, "L"),
                            Target.number(Math.rint(middle.time())),
                            Target.number(Math.rint(middle.bytes())),
                            Target.number(middle.bytes()
                                    / token(run, side, "floor", "M").bytes()));
                });
    }

    private static Row token(Run run, String side, String method, String size) {
        return run.token(side + "Benchmark." + method, size);
    }

    private static String ratio(Run run, String side, String method, String size) {
        return Target.number(toFloor(run, side, method, size));
    }

    private static double toFloor(Run run, String side, String method, String size) {
        return token(run, side, method, size).time()
                / token(run, side, "floor", size).time();
    }

    private void signedOnly(Run run) {
        title("Signed only, JDK " + run.release());
        line("These do less: whoever holds such a cookie can read it. `floor` encrypts.");
        line("");
        table("", "S × floor", "M × floor", "L × floor");
        for (String side : List.of("Open", "Seal")) {
            for (String peer : List.of("vertx", "play", "jooby")) {
                String name = peer + side;
                row(Stream.concat(
                                Stream.of("`" + name + "`"),
                                SIZES.stream()
                                        .map(size -> Target.number(run.token("SignedOnlyBenchmark." + name, size)
                                                        .time()
                                                / token(run, side, "floor", size)
                                                        .time())))
                        .toArray(String[]::new));
            }
        }
    }

    private void requests(Run run) {
        title("A request without a server, JDK " + run.release());
        line(
                "Two threads that ask the same application, the content of M, do so many times as much as one. `form` makes a CSRF token.");
        line("");
        table("", "S ns", "M ns", "L ns", "M bytes allocated", "two threads / one");
        for (String method : List.of("nobodyAsks", "subject", "slotRead", "form", "slotWritten", "renewal")) {
            String name = "RequestBenchmark." + method;
            row(
                    "`" + method + "`",
                    Target.number(Math.rint(run.request(name, "S").time())),
                    Target.number(Math.rint(run.request(name, "M").time())),
                    Target.number(Math.rint(run.request(name, "L").time())),
                    Target.number(Math.rint(run.request(name, "M").bytes())),
                    Target.number(run.gain("requestOne", "requestTwo", name)));
        }
    }

    private void revocations(Run run) {
        title("Revocation look-up, JDK " + run.release());
        line(
                "`table` is the look-up alone, `signet` all that a request asks, which minds how fresh the news are and reads two clocks. "
                        + "`limit` is the hash of the id and three bits of one word, in 16 bits of memory per entry: a filter alone,"
                        + " without the look-up behind it for what it cannot deny.");
        line("");
        table("", "entries", "not ended, ns", "ended, ns", "bytes per entry");
        for (String entries : List.of("1000000", "10000000")) {
            for (String method : List.of("signet", "table", "limit", "concurrentHashMap", "caffeine")) {
                row(
                        "`" + method + "`",
                        entries,
                        Target.number(
                                run.revocation(method, "NEGATIVE", entries).time()),
                        Target.number(
                                run.revocation(method, "POSITIVE", entries).time()),
                        Target.number(run.memory(method, entries)));
            }
        }
    }

    private void chart(List<Run> measured, String side) {
        String file = "performance-" + side.toLowerCase(Locale.ROOT) + ".svg";
        save(
                file,
                Chart.of(
                        side + " a token of 558 bytes of content",
                        "times the floor: shorter is better",
                        series(measured),
                        bars(measured, PEERS, method -> method, (run, method) -> toFloor(run, side, method, "M"))));
        title(side);
        line("![" + side + " beside the peers](" + file + ")");
    }

    private void revocationChart(List<Run> measured) {
        save(
                "performance-revocation.svg",
                Chart.of(
                        "Whether a session was ended, among 10 million that were",
                        "nanoseconds for a session that was not",
                        series(measured),
                        bars(
                                measured,
                                List.of("signet", "table", "limit", "concurrentHashMap", "caffeine"),
                                method -> method,
                                (run, method) -> run.revocation(method, "NEGATIVE", "10000000")
                                        .time())));
        title("Revocation");
        line("![Revocation look-ups](performance-revocation.svg)");
    }

    private static List<String> series(List<Run> measured) {
        return measured.stream().map(run -> "JDK " + run.release()).toList();
    }

    private static List<Chart.Bars> bars(
            List<Run> measured,
            List<String> names,
            UnaryOperator<String> label,
            ToDoubleBiFunction<Run, String> value) {
        return names.stream()
                .map(name -> new Chart.Bars(
                        label.apply(name),
                        measured.stream()
                                .map(run -> value.applyAsDouble(run, name))
                                .toList()))
                .filter(bars -> !bars.values().stream().allMatch(each -> each.isNaN()))
                .toList();
    }

    private static String versions() {
        Properties versions = new Properties();
        try (InputStream resource = Report.class.getResourceAsStream("/versions.properties")) {
            versions.load(resource);
        } catch (IOException unreadable) {
            throw new UncheckedIOException(unreadable);
        }
        Map<String, Object> sorted = new TreeMap<>();
        versions.forEach((library, version) -> sorted.put(library.toString(), version));
        return sorted.entrySet().stream()
                .map(each -> each.getKey() + " " + each.getValue())
                .collect(Collectors.joining(", "));
    }

    private void title(String title) {
        line("");
        line("## " + title);
        line("");
    }

    private void table(String... titles) {
        row(titles);
        line("|" + "---|".repeat(titles.length));
    }

    private void row(String... cells) {
        line("| " + String.join(" | ", cells) + " |");
    }

    private void line(String text) {
        page.append(text).append('\n');
    }

    private void save(String name, String text) {
        try {
            Files.writeString(folder.resolve(name), text, StandardCharsets.UTF_8);
        } catch (IOException failed) {
            throw new UncheckedIOException(failed);
        }
    }
}
