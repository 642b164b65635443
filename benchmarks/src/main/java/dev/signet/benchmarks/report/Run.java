package dev.signet.benchmarks.report;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.io.Reader;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Properties;
import java.util.SortedSet;
import java.util.TreeSet;
import java.util.function.IntPredicate;
import java.util.function.ToDoubleFunction;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * What was measured on one JDK: a folder of JMH's result files named {@code <group>.<part>-<round>.json}, whose rounds are taken together, and the comparison of
 * whole servers.
 */
final class Run {
    private static final ObjectMapper MAPPER = new ObjectMapper();

    private static final Pattern ROUND = Pattern.compile("[.-](\\d{1,3})\\.json$");

    private final int release;
    private final Map<String, List<Row>> groups = new HashMap<>();
    private final Map<String, JsonNode> others = new HashMap<>();
    private final Servers servers;
    private final Properties about;
    private final List<Run> rounds = new ArrayList<>();
    /** Of which this is one round; has what was not measured in each. */
    private final @Nullable Run whole;

    private String jdk = "";

    private Run(Path results, int release) {
        this(results, release, servers(results, release), null, round -> true);
        int last = files(results.resolve(Integer.toString(release))).stream()
                .mapToInt(Run::round)
                .max()
                .orElse(0);
        int most = Math.max(last, servers.starts());
        for (int number = 1; most > 1 && number <= most; number++) {
            int one = number;
            rounds.add(new Run(results, release, servers.ofStart(one), this, round -> round == one));
        }
    }

    private Run(Path results, int release, Servers servers, @Nullable Run whole, IntPredicate wanted) {
        this.release = release;
        this.whole = whole;
        this.servers = servers;
        Path folder = results.resolve(Integer.toString(release));
        about = properties(folder.resolve("about.properties"));
        for (Path file : files(folder)) {
            if (!wanted.test(round(file))) {
                continue;
            }
            JsonNode content = json(file);
            String group = file.getFileName().toString().replaceFirst("\\..*", "");
            if (content.path(0).has("benchmark")) {
                content.forEach(result -> add(group, Row.of(result)));
                jdk = content.path(0).path("vmName").asText() + " "
                        + content.path(0).path("vmVersion").asText();
            } else if (content.isObject()) {
                others.put(group, content);
            }
        }
    }

    private static Servers servers(Path results, int release) {
        Path file = results.resolve("server").resolve(release + ".json");
        return new Servers(Files.exists(file) ? json(file) : MAPPER.createObjectNode());
    }

    /** The number in the file's name; 0 for what was measured only once. */
    private static int round(Path file) {
        Matcher name = ROUND.matcher(file.getFileName().toString());
        return name.find() ? Integer.parseInt(name.group(1)) : 0;
    }

    /** Of every JDK there are results of, oldest first. */
    static List<Run> all(Path results) {
        SortedSet<Integer> releases = new TreeSet<>();
        for (Path folder : List.of(results, results.resolve("server"))) {
            for (Path each : files(folder)) {
                String name = each.getFileName().toString();
                if (name.matches("\\d+(\\.json)?")) {
                    releases.add(Integer.valueOf(name.replace(".json", "")));
                }
            }
        }
        return releases.stream()
                .map(release -> new Run(results, release))
                .filter(run -> run.measured() || run.servers.measured())
                .toList();
    }

    private static List<Path> files(Path folder) {
        if (!Files.isDirectory(folder)) {
            return List.of();
        }
        try (Stream<Path> files = Files.list(folder)) {
            return files.filter(
                            file -> Files.isDirectory(file) || file.toString().endsWith(".json"))
                    .sorted()
                    .toList();
        } catch (IOException unreadable) {
            throw new UncheckedIOException(unreadable);
        }
    }

    /** What {@code benchmarks/run} noted when it began. */
    private static Properties properties(Path file) {
        Properties properties = new Properties();
        if (Files.exists(file)) {
            try (Reader reader = Files.newBufferedReader(file, StandardCharsets.UTF_8)) {
                properties.load(reader);
            } catch (IOException unreadable) {
                throw new UncheckedIOException(unreadable);
            }
        }
        return properties;
    }

    private static JsonNode json(Path file) {
        try {
            return MAPPER.readTree(file.toFile());
        } catch (IOException unreadable) {
            throw new UncheckedIOException(file + " is not a result: measure again", unreadable);
        }
    }

    private void add(String group, Row row) {
        List<Row> rows = groups.computeIfAbsent(group, first -> new ArrayList<>());
        for (int i = 0; i < rows.size(); i++) {
            if (rows.get(i).isOf(row)) {
                rows.set(i, rows.get(i).best(row));
                return;
            }
        }
        rows.add(row);
    }

    /** Whether there is more than the comparison of servers. */
    boolean measured() {
        return !groups.isEmpty();
    }

    /** The virtual machine's name and version. */
    String jdk() {
        return jdk.isEmpty() ? servers.jdk() : jdk;
    }

    /** How it was measured, for the reader. */
    String how() {
        return "`benchmarks/run " + about.getProperty("mode", "") + "`, " + about.getProperty("date", "") + ", on "
                + about.getProperty("machine", "") + ", load " + about.getProperty("load", "")
                + " before the start, with "
                + jdk();
    }

    /** Its feature release, such as 17. */
    int release() {
        return release;
    }

    Servers servers() {
        return servers;
    }

    /** What each round measured, in processes of its own, and each start of the servers; empty if there was but one. */
    List<Run> rounds() {
        return rounds;
    }

    private List<Row> rows(String group) {
        return groups.getOrDefault(group, List.of());
    }

    private Row find(String group, String name, Map<String, String> parameters) {
        return rows(group).stream()
                .filter(row -> row.name().equals(name)
                        && parameters.entrySet().stream().allMatch(each -> row.has(each.getKey(), each.getValue())))
                .findFirst()
                .orElseGet(() -> whole == null
                        ? new Row(name, Map.of(), 0, Double.NaN, Double.NaN, Double.NaN)
                        : whole.find(group, name, parameters));
    }

    /** A row of this size; all NaN if it was not measured. */
    Row token(String name, String size) {
        return find(name.startsWith("SignedOnly") ? "signed" : "tokens", name, Map.of("size", size));
    }

    Row request(String name, String size) {
        return find("request", name, Map.of("size", size));
    }

    Row provider(String name, String first) {
        return find("providers", name, Map.of("first", first));
    }

    Row only(String group, String name) {
        return find(group, name, Map.of());
    }

    /** How much more two threads do than one, from two groups. */
    double gain(String one, String two, String name) {
        return 2 * only(one, name).elapsed() / only(two, name).elapsed();
    }

    /** The median of what each round says that measured this group; all of them together where there was but one. */
    double median(String group, ToDoubleFunction<Run> ratio) {
        double[] each = rounds.stream()
                .filter(round -> round.groups.containsKey(group))
                .mapToDouble(ratio)
                .filter(value -> !Double.isNaN(value))
                .toArray();
        return each.length == 0 ? ratio.applyAsDouble(this) : Servers.median(each);
    }

    Row revocation(String method, String asked, String entries) {
        return find("revocation", "RevocationBenchmark." + method, Map.of("asked", asked, "entries", entries));
    }

    /** Bytes of memory per entry, as a process of its own measured them. */
    double memory(String structure, String entries) {
        if (whole != null) {
            return whole.memory(structure, entries);
        }
        JsonNode memory = others.getOrDefault("memory", MAPPER.createObjectNode());
        return memory.path(entries).path(structure).asDouble(Double.NaN);
    }
}
