package dev.signet.benchmarks.report;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ReportTest {
    @TempDir
    Path folder;

    private void write(String name, String text) throws IOException {
        Path file = folder.resolve("results").resolve(name);
        Files.createDirectories(file.getParent());
        Files.writeString(file, text);
    }

    private static String jmh(String method, double cpu) {
        return """
                [{"benchmark": "dev.signet.benchmarks.OpenBenchmark.%s", "threads": 1, "vmName": "A VM", "vmVersion": "17.0.1+2",
                "params": {"size": "M"}, "primaryMetric": {"rawData": [[%s, 9000]]},
                "secondaryMetrics": {"cpu": {"rawData": [[%s, 9000]]}, "gc.alloc.rate.norm": {"rawData": [[500]]}}}]
                """.formatted(method, cpu, cpu);
    }

    private static String server(String name, String... turns) {
        StringBuilder all = new StringBuilder();
        for (String turn : turns) {
            all.append(all.length() == 0 ? "" : ", ")
                    .append("{\"requestsPerSecond\": ")
                    .append(turn)
                    .append("}");
        }
        return "{\"name\": \"" + name + "\", \"title\": \"the " + name + "\", \"turns\": [" + all + "]}";
    }

    private static String servers(String... rows) {
        return "{\"release\": 17, \"jdk\": \"A VM 17.0.1+2\", \"mode\": \"quick\", \"rows\": ["
                + String.join(", ", rows) + "]}";
    }

    private String page() throws IOException {
        Path page = folder.resolve("page");
        Report.main(new String[] {folder.resolve("results").toString(), page.toString()});
        return Files.readString(page.resolve("performance.md"));
    }

    @Test
    void the_best_of_all_rounds_counts() throws IOException {
        write("17/tokens.a-1.json", jmh("floor", 2000));
        write("17/tokens.a-2.json", jmh("floor", 1900));
        write("17/tokens.b-1.json", jmh("signetToken", 2090));
        write("17/tokens.b-2.json", jmh("signetToken", 2500));
        List<Run> runs = Run.all(folder.resolve("results"));
        assertThat(runs).singleElement().satisfies(run -> {
            assertThat(run.token("OpenBenchmark.floor", "M").time()).isEqualTo(1900);
            assertThat(run.token("OpenBenchmark.signetToken", "M").time()).isEqualTo(2090);
        });
        assertThat(page())
                .contains(
                        "| Open M: `signetToken` / `floor` | ≤ 1.15 | 1.10 | 1.05 – 1.32 |  | met, not in every round |")
                .contains("| Open M: `signetTicketOnly` / `floor` | ≤ 0.50 | – |  |  | not measured |")
                .contains(
                        "Server, requests per second: Signet's ticket / Jetty's session | ≥ 0.88 | – |  |  | not measured |");
    }

    @Test
    void a_target_that_the_limit_misses_too_is_out_of_reach() throws IOException {
        write("17/tokens.a-1.json", jmh("floor", 1000));
        write("17/tokens.a-2.json", jmh("limit", 1152));
        write("17/tokens.a-3.json", jmh("signetToken", 1200));
        write("17/tokens.a-4.json", jmh("limitSession", 1500));
        write("17/tokens.a-5.json", jmh("signet", 1600));
        assertThat(page())
                .contains(
                        "3 of 53 are met, 0 of these not in every round. 2 are missed, 1 of these out of reach and 0 not in every round. 48 were not measured.")
                .contains("| Open M: `signetToken` / `floor` | ≤ 1.15 | 1.20 |  | 1.152 | **missed**, out of reach |")
                .contains("| Open M: `signet` / `floor` | ≤ 1.55 | 1.60 |  | 1.50 | **missed** |");
    }

    @Test
    void a_target_missed_by_less_than_rounds_differ_is_missed_and_says_so() throws IOException {
        write("17/tokens.a-1.json", jmh("floor", 1000));
        write("17/tokens.a-2.json", jmh("floor", 1030));
        write("17/tokens.a-3.json", jmh("floor", 1040));
        write("17/tokens.b-1.json", jmh("signetToken", 1170));
        write("17/tokens.b-2.json", jmh("signetToken", 1160));
        write("17/tokens.b-3.json", jmh("signetToken", 1196));
        write("17/tokens.c-1.json", jmh("signet", 1600));
        write("17/tokens.c-2.json", jmh("signet", 1700));
        write("17/tokens.c-3.json", jmh("signet", 1700));
        assertThat(page())
                .contains("2 are missed, 0 of these out of reach and 1 not in every round.")
                .contains(
                        "| Open M: `signetToken` / `floor` | ≤ 1.15 | 1.16 | 1.13 – 1.17 |  | **missed**, not in every round |")
                .contains("| Open M: `signet` / `floor` | ≤ 1.55 | 1.60 | 1.60 – 1.65 |  | **missed** |");
    }

    @Test
    void a_target_is_not_out_of_reach_if_a_round_of_the_limit_reached_it() throws IOException {
        write("17/tokens.a-1.json", jmh("floor", 1000));
        write("17/tokens.a-2.json", jmh("floor", 1040));
        write("17/tokens.b-1.json", jmh("limitSession", 1600));
        write("17/tokens.b-2.json", jmh("limitSession", 1600));
        write("17/tokens.c-1.json", jmh("signet", 1700));
        write("17/tokens.c-2.json", jmh("signet", 1700));
        assertThat(page())
                .contains("1 are missed, 0 of these out of reach")
                .contains(
                        "| Open M: `signet` / `floor` | ≤ 1.55 | 1.70 | 1.63 – 1.70 | 1.60 | **missed**, the limit not in every round |");
    }

    @Test
    void what_was_measured_in_one_round_is_held_against_every_round() throws IOException {
        write("17/tokens.a-1.json", jmh("signetToken", 1000));
        write("17/tokens.a-2.json", jmh("signetToken", 990));
        write("17/tokens.others-1.json", jmh("jjwt", 995));
        write("17/tokens.b-1.json", jmh("tink", 1100));
        write("17/tokens.b-2.json", jmh("tink", 1100));
        assertThat(page())
                .contains(
                        "| Open M: `signetToken` / the fastest peer | ≤ 1 | 0.99 | 0.99 – 1.01 |  | met, not in every round |");
    }

    @Test
    void of_threads_the_median_of_the_rounds_counts() throws IOException {
        double[] one = {1000, 1100, 1050, 1060};
        double[] two = {1100, 1100, 1150, 1040};
        for (int round = 1; round <= one.length; round++) {
            write("17/oneThread." + round + ".json", jmh("signetToken", one[round - 1]));
            write("17/twoThreads." + round + ".json", jmh("signetToken", two[round - 1]));
        }
        // Rounds without threads, which say nothing of them.
        write("17/tokens.a-5.json", jmh("floor", 1000));
        assertThat(page())
                .contains(
                        "| Open M: two threads / one thread | ≥ 1.85 | 1.91 | 1.82 – 2.04 |  | met, not in every round |");
    }

    @Test
    void a_figure_never_looks_like_a_promise_that_it_is_not() throws IOException {
        write("17/tokens.a-1.json", jmh("signetToken", 1001));
        write("17/tokens.a-2.json", jmh("tink", 1000));
        assertThat(page()).contains("| Open M: `signetToken` / the fastest peer | ≤ 1 | 1.001 |  |  | **missed** |");
    }

    @Test
    void each_start_of_the_servers_is_a_round() throws IOException {
        String json = servers(
                        server("JETTY", "100000", "100000", "100000", "100000", "100000", "100000"),
                        server("SIGNET_TICKET", "87000", "89000", "91000", "92000", "80000", "86000"))
                .replaceFirst("\\{", "{\"starts\": 3, \"rounds\": 6, ");
        write("server/17.json", json);
        assertThat(page())
                .contains(
                        "Signet's ticket / Jetty's session | ≥ 0.88 | 0.88 | 0.83 – 0.92 |  | met, not in every round |");
    }

    @Test
    void a_target_missed_by_a_hair_is_seen_to_be_missed() throws IOException {
        write(
                "server/17.json",
                servers(server("JETTY_PADDED", "100000"), server("SIGNET_TICKET", "94900"), server("REDIS", "47450")));
        assertThat(page())
                .contains("beside a foreign cookie of the same length | ≥ 0.95 | 0.949 |  |  | **missed** |")
                .contains("Signet's ticket / Redis | ≥ 1.50 | 2 |  |  | met |");
    }

    @Test
    void a_server_that_only_opens_cookies_shows_what_is_within_reach() throws IOException {
        write(
                "server/17.json",
                servers(
                        server("JETTY", "100000"),
                        server("LIMIT_TICKET", "87000"),
                        server("SIGNET_TICKET", "86000"),
                        server("JETTY_PADDED", "90000")));
        assertThat(page())
                .contains("Signet's ticket / Jetty's session | ≥ 0.88 | 0.86 |  | 0.87 | **missed**, out of reach |")
                .contains("beside a foreign cookie of the same length | ≥ 0.95 | 0.96 |  | 0.97 | met |");
    }

    @Test
    void servers_are_compared_within_each_round() throws IOException {
        write(
                "server/17.json",
                servers(
                        server("NONE", "50000", "20000", "40000"),
                        server("JETTY", "40000", "19000", "36000"),
                        server("SIGNET_TICKET", "20000", "19000", "27000")));
        Servers servers = Run.all(folder.resolve("results")).get(0).servers();
        assertThat(servers.median("JETTY", "requestsPerSecond")).isEqualTo(36000);
        assertThat(servers.ratio("SIGNET_TICKET", "JETTY", "requestsPerSecond")).isEqualTo(0.75, within(1e-9));
        assertThat(servers.lowest("JETTY", "NONE", "requestsPerSecond")).isEqualTo(0.8, within(1e-9));
        assertThat(servers.highest("JETTY", "NONE", "requestsPerSecond")).isEqualTo(0.95, within(1e-9));
        assertThat(servers.ratio("SIGNET_TICKET", "REDIS", "requestsPerSecond")).isNaN();
    }

    @Test
    void a_page_of_servers_alone_has_no_rows_of_what_was_not_measured() throws IOException {
        write("server/17.json", servers(server("NONE", "50000"), server("JETTY", "40000")));
        assertThat(page())
                .contains("## Whole servers, JDK 17", "| the JETTY | 40000 | 0.80 | 0.80 – 0.80 |")
                .doesNotContain("## Open", "`floor`", "Revocation");
        assertThat(folder.resolve("page/performance-server.svg")).content().contains("the NONE", "the JETTY", "0.80");
    }

    @Test
    void a_page_has_both() throws IOException {
        write("17/tokens.a-1.json", jmh("floor", 2000));
        write("server/17.json", servers(server("NONE", "50000"), server("JETTY", "40000")));
        write("17/about.properties", "mode=quick\ndate=2026-11-23\nmachine=Some box, 2 cores\nload=0.10\n");
        assertThat(page())
                .contains("## Whole servers, JDK 17", "## Open, JDK 17")
                .contains(
                        "- JDK 17: `benchmarks/run quick`, 2026-11-23, on Some box, 2 cores, load 0.10 before the start, with A VM 17.0.1+2");
    }

    @Test
    void a_chart_names_nobody_who_has_no_bar() throws IOException {
        write("17/tokens.a-1.json", jmh("floor", 2000));
        write("17/tokens.a-2.json", jmh("tink", 2100));
        page();
        assertThat(folder.resolve("page/performance-open.svg"))
                .content()
                .contains(">tink<")
                .doesNotContain(">jjwt<");
        assertThat(folder.resolve("page/performance-seal.svg")).content().doesNotContain(">tink<");
    }

    @Test
    void other_folders_are_no_results() throws IOException {
        write("old/tokens.a-1.json", jmh("floor", 2000));
        write("17/notes.json", "[]");
        assertThat(Run.all(folder.resolve("results"))).isEmpty();
    }
}
