package dev.signet.benchmarks.report;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/** What was measured on one JDK: a folder of JMH's result files, one for each group of benchmarks. */
final class Run {
    private final String jdk;
    private final Map<String, List<Row>> groups = new HashMap<>();
    private final Map<String, JsonNode> others = new HashMap<>();

    Run(Path folder) {
        ObjectMapper mapper = new ObjectMapper();
        String version = "";
        try (Stream<Path> files = Files.list(folder)) {
            for (Path file : files.filter(each -> each.toString().endsWith(".json"))
                    .sorted()
                    .toList()) {
                JsonNode content = mapper.readTree(file.toFile());
                String group = file.getFileName().toString().replaceFirst("\\.json$", "");
                if (content.path(0).has("benchmark")) {
                    List<Row> rows = new ArrayList<>();
                    content.forEach(result -> rows.add(Row.of(result)));
                    groups.put(group, rows);
                    version = content.path(0).path("vmName").asText() + " "
                            + content.path(0).path("vmVersion").asText();
                } else {
                    others.put(group, content);
                }
            }
        } catch (IOException unreadable) {
            throw new UncheckedIOException(unreadable);
        }
        this.jdk = version;
    }

    /** The virtual machine's name and version. */
    String jdk() {
        return jdk;
    }

    /** Its feature release, such as 17. */
    String release() {
        return jdk.replaceFirst(".* (\\d+)[.+].*", "$1");
    }

    List<Row> rows(String group) {
        return groups.getOrDefault(group, List.of());
    }

    /** A result that is not JMH's. */
    JsonNode other(String name) {
        return others.getOrDefault(name, new ObjectMapper().createObjectNode());
    }

    private Row find(String group, String name, String parameter, String value) {
        return rows(group).stream()
                .filter(row -> row.name().equals(name) && row.has(parameter, value))
                .findFirst()
                .orElse(new Row(name, Map.of(), 0, Double.NaN, Double.NaN, Double.NaN));
    }

    /** A row of this size; all NaN if it was not measured. */
    Row token(String name, String size) {
        return find(name.startsWith("SignedOnly") ? "signed" : "tokens", name, "size", size);
    }

    Row request(String name, String size) {
        return find("request", name, "size", size);
    }

    Row provider(String name, String first) {
        return find("providers", name, "first", first);
    }

    Row only(String group, String name) {
        return find(group, name, "", "");
    }

    Row revocation(String method, String asked, String entries) {
        return rows("revocation").stream()
                .filter(row -> row.name().equals("RevocationBenchmark." + method)
                        && row.has("asked", asked)
                        && row.has("entries", entries))
                .findFirst()
                .orElse(new Row(method, Map.of(), 0, Double.NaN, Double.NaN, Double.NaN));
    }

    /** Bytes of memory per entry, as a process of its own measured them. */
    double memory(String structure, String entries) {
        return other("memory").path(entries).path(structure).asDouble(Double.NaN);
    }
}
