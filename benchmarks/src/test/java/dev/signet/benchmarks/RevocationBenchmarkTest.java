package dev.signet.benchmarks;

import static org.assertj.core.api.Assertions.assertThat;

import dev.signet.benchmarks.RevocationBenchmark.Asked;
import dev.signet.revocation.Verdict;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class RevocationBenchmarkTest {
    @Test
    void the_log_is_read_page_by_page() {
        Revoked log = new Revoked(1000);
        assertThat(log.read(0, 600).entries()).hasSize(600);
        assertThat(log.read(601, 600).entries()).hasSize(400);
        assertThat(log.read(1001, 600).head()).isEqualTo(1000);
    }

    @ParameterizedTest
    @EnumSource
    void everyone_gives_the_same_answer(Asked asked) {
        RevocationBenchmark benchmark = new RevocationBenchmark();
        benchmark.entries = 1000;
        benchmark.asked = asked;
        benchmark.prepare();
        RevocationBenchmark.Table table = new RevocationBenchmark.Table();
        table.fill(benchmark);
        RevocationBenchmark.HashMap map = new RevocationBenchmark.HashMap();
        map.fill(benchmark);
        RevocationBenchmark.Cached cached = new RevocationBenchmark.Cached();
        cached.fill(benchmark);
        RevocationBenchmark.Decision decision = new RevocationBenchmark.Decision();
        decision.fill(benchmark);
        RevocationBenchmark.Question question = new RevocationBenchmark.Question();

        boolean ended = asked == Asked.POSITIVE;
        for (int i = 0; i < 2000; i++) {
            assertThat(benchmark.table(table, question)).isEqualTo(ended);
            assertThat(benchmark.concurrentHashMap(map, question)).isEqualTo(ended);
            assertThat(benchmark.caffeine(cached, question)).isEqualTo(ended);
            assertThat(benchmark.signet(decision, question)).isEqualTo(ended ? Verdict.ENDED : Verdict.LIVE);
        }
        decision.close();
    }
}
