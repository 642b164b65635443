package dev.signet.benchmarks.report;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.List;
import java.util.function.DoubleBinaryOperator;
import java.util.stream.DoubleStream;
import java.util.stream.IntStream;
import java.util.stream.StreamSupport;

/** What {@code benchmarks/server} measured on one JDK. Ratios are taken within each round, and the median of them counts. */
final class Servers {
    static final String NOTHING = "NONE";

    private final JsonNode result;
    /** Of the turns of each server, these count. */
    private final int from;

    private final int to;

    Servers(JsonNode result) {
        this(result, 0, Integer.MAX_VALUE);
    }

    private Servers(JsonNode result, int from, int to) {
        this.result = result;
        this.from = from;
        this.to = to;
    }

    /** How often all servers were started. */
    int starts() {
        return result.path("starts").asInt();
    }

    /** What was measured after one of these starts, the first of which is 1. */
    Servers ofStart(int start) {
        int rounds = result.path("rounds").asInt() / Math.max(1, starts());
        return new Servers(result, (start - 1) * rounds, start * rounds);
    }

    boolean measured() {
        return !result.path("rows").isEmpty();
    }

    String jdk() {
        return result.path("jdk").asText();
    }

    /** How it was measured, for the reader. */
    String how() {
        return "`benchmarks/server " + result.path("mode").asText() + "`: `wrk` with one thread and "
                + result.path("connections").asInt() + " connections on the same machine, "
                + (starts() > 1 ? "all servers started " + starts() + " times, together " : "")
                + result.path("rounds").asInt() + " rounds of "
                + result.path("seconds").asInt()
                + " s for each server, in turns; " + jdk() + "; "
                + result.path("machine").asText();
    }

    /** The names of the servers, in the order in which they are compared. */
    List<String> names() {
        return StreamSupport.stream(result.path("rows").spliterator(), false)
                .map(row -> row.path("name").asText())
                .toList();
    }

    private JsonNode row(String name) {
        for (JsonNode row : result.path("rows")) {
            if (row.path("name").asText().equals(name)) {
                return row;
            }
        }
        return result.path("no such row");
    }

    String title(String name) {
        return row(name).path("title").asText(name);
    }

    int cookies(String name) {
        return row(name).path("cookies").asInt();
    }

    private double[] turns(String name, String value) {
        return StreamSupport.stream(row(name).path("turns").spliterator(), false)
                .skip(from)
                .limit(to - from)
                .mapToDouble(turn -> turn.path(value).asDouble())
                .toArray();
    }

    /** Its median; NaN if it was not measured. */
    double median(String name, String value) {
        return median(turns(name, value));
    }

    /** The median of the rounds' ratios of one server to another; NaN if either was not measured. */
    double ratio(String name, String toName, String value) {
        return median(ratios(name, toName, value));
    }

    double lowest(String name, String toName, String value) {
        return reduced(ratios(name, toName, value), Math::min);
    }

    double highest(String name, String toName, String value) {
        return reduced(ratios(name, toName, value), Math::max);
    }

    private static double reduced(double[] values, DoubleBinaryOperator operator) {
        return DoubleStream.of(values).reduce(operator).orElse(Double.NaN);
    }

    private double[] ratios(String name, String toName, String value) {
        double[] mine = turns(name, value);
        double[] others = turns(toName, value);
        return IntStream.range(0, Math.min(mine.length, others.length))
                .mapToDouble(round -> mine[round] / others[round])
                .toArray();
    }

    static double median(double[] values) {
        double[] sorted = DoubleStream.of(values).sorted().toArray();
        int half = sorted.length / 2;
        if (sorted.length == 0) {
            return Double.NaN;
        }
        return sorted.length % 2 == 1 ? sorted[half] : (sorted[half - 1] + sorted[half]) / 2;
    }
}
