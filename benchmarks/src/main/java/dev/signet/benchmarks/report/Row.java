package dev.signet.benchmarks.report;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.StreamSupport;

/**
 * One measured method.
 *
 * @param name the class and method
 * @param cpu nanoseconds of processor time per operation in the best iteration; NaN where it was not measured
 * @param elapsed nanoseconds per operation and thread in the best iteration
 * @param bytes allocated per operation; NaN where it was not measured
 */
record Row(String name, Map<String, String> parameters, int threads, double cpu, double elapsed, double bytes) {
    static Row of(JsonNode result) {
        Map<String, String> parameters = new TreeMap<>();
        result.path("params")
                .properties()
                .forEach(each -> parameters.put(each.getKey(), each.getValue().asText()));
        JsonNode secondary = result.path("secondaryMetrics");
        return new Row(
                result.path("benchmark").asText().replaceFirst(".*\\.(\\w+\\.\\w+)$", "$1"),
                parameters,
                result.path("threads").asInt(),
                smallest(secondary.path("cpu")),
                smallest(result.path("primaryMetric")),
                smallest(secondary.path("gc.alloc.rate.norm")));
    }

    /** Whether the other is of the same method, measured in another round. */
    boolean isOf(Row other) {
        return name.equals(other.name) && parameters.equals(other.parameters) && threads == other.threads;
    }

    /** The best of both rounds. */
    Row best(Row other) {
        return new Row(
                name,
                parameters,
                threads,
                smaller(cpu, other.cpu),
                smaller(elapsed, other.elapsed),
                smaller(bytes, other.bytes));
    }

    private static double smaller(double one, double other) {
        return Double.isNaN(one) || other < one ? other : one;
    }

    private static double smallest(JsonNode metric) {
        return StreamSupport.stream(metric.path("rawData").spliterator(), false)
                .flatMapToDouble(
                        fork -> StreamSupport.stream(fork.spliterator(), false).mapToDouble(JsonNode::asDouble))
                .filter(value -> value > 0)
                .min()
                .orElse(Double.NaN);
    }

    /** Processor time where it is known, else elapsed time. */
    double time() {
        return Double.isNaN(cpu) ? elapsed : cpu;
    }

    boolean has(String parameter, String value) {
        return value.equals(parameters.getOrDefault(parameter, value));
    }
}
