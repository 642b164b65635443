package dev.signet.benchmarks;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import dev.signet.revocation.LookUps;
import dev.signet.revocation.Revocations;
import dev.signet.revocation.Verdict;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Level;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.TearDown;

/** Whether a session has been ended, among many that have: asked in every request, and nearly always answered no. */
@State(Scope.Benchmark)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
public class RevocationBenchmark {
    /** Which sessions are asked about. */
    public enum Asked {
        /** Those that were not ended. */
        NEGATIVE,
        /** Those that were. */
        POSITIVE
    }

    /** Enough different ids that their places in memory do not stay in a cache of the processor's core. */
    private static final int QUESTIONS = 1 << 18;

    @Param({"1000000", "10000000"})
    public int entries = 1_000_000;

    @Param
    public Asked asked = Asked.NEGATIVE;

    private String[] sids = {};

    /**
     * After everything else has its place and side by side, so that what is measured is not how questions are fetched. Once, in the first iteration that warms
     * up: what an iteration prepares counts as its processor time.
     */
    @Setup(Level.Iteration)
    public void prepare() {
        if (sids.length > 0) {
            return;
        }
        StringBuilder all = new StringBuilder();
        for (int i = 0; i < QUESTIONS; i++) {
            all.append(Revoked.sid(asked == Asked.NEGATIVE ? entries + i : (int) (i * 7919L % entries)));
        }
        String text = all.toString();
        int length = text.length() / QUESTIONS;
        sids = new String[QUESTIONS];
        for (int i = 0; i < QUESTIONS; i++) {
            sids[i] = text.substring(i * length, (i + 1) * length);
        }
    }

    /** Each thread's next question. */
    @State(Scope.Thread)
    public static class Question {
        private int next;

        String of(RevocationBenchmark benchmark) {
            next = next + 1 & QUESTIONS - 1;
            return benchmark.sids[next];
        }
    }

    /** The whole decision, which also minds how fresh the news are. */
    @State(Scope.Benchmark)
    public static class Decision {
        Revocations revocations = Revocations.none();

        @Setup
        public void fill(RevocationBenchmark benchmark) {
            revocations = Revocations.on(new Revoked(benchmark.entries))
                    .storeTimeout(Duration.ofMinutes(5))
                    .stalenessBound(Duration.ofMinutes(10))
                    .build();
            revocations.start();
            if (revocations.position() != benchmark.entries) {
                throw new IllegalStateException("the log was not read to its end: " + revocations.status());
            }
        }

        @TearDown
        public void close() {
            revocations.close();
        }
    }

    @Benchmark
    public Verdict signet(Decision decision, Question question) {
        return decision.revocations.ask(question.of(this), "ada-1815", 1);
    }

    /** What the decision looks up, and nothing else. */
    @State(Scope.Benchmark)
    public static class Table {
        final LookUps lookUps = new LookUps();

        @Setup
        public void fill(RevocationBenchmark benchmark) {
            Revoked log = new Revoked(benchmark.entries);
            for (int i = 0; i < benchmark.entries; i++) {
                lookUps.apply(log.entry(i));
            }
        }
    }

    @Benchmark
    public boolean table(Table table, Question question) {
        return table.lookUps.ends(question.of(this), "ada-1815", Long.MAX_VALUE);
    }

    /** As many bits as the look-up's own filter has. */
    @State(Scope.Benchmark)
    public static class OneWord {
        private static final int BITS_EACH = 16;
        long[] words = {};

        @Setup
        public void fill(RevocationBenchmark benchmark) {
            words = new long[benchmark.entries / Long.SIZE * BITS_EACH];
            for (int i = 0; i < words.length; i++) {
                words[i] = i;
            }
        }
    }

    /**
     * What no exact look-up in so little memory can be cheaper than: the id's hash, and one place in memory that depends on it and answers, now and then wrongly.
     */
    @Benchmark
    public boolean limit(OneWord memory, Question question) {
        long hash = question.of(this).hashCode() * 0x9E3779B97F4A7C15L;
        long word = memory.words[(int) ((hash >>> 32) * memory.words.length >>> 32)];
        return (word >>> hash & word >>> (hash >>> 6) & word >>> (hash >>> 12) & 1) != 0;
    }

    @State(Scope.Benchmark)
    public static class HashMap {
        final Map<String, Long> ended = new ConcurrentHashMap<>();

        @Setup
        public void fill(RevocationBenchmark benchmark) {
            for (int i = 0; i < benchmark.entries; i++) {
                ended.put(Revoked.sid(i), Long.MAX_VALUE - i);
            }
        }
    }

    @Benchmark
    public boolean concurrentHashMap(HashMap map, Question question) {
        return map.ended.get(question.of(this)) != null;
    }

    @State(Scope.Benchmark)
    public static class Cached {
        final Cache<String, Long> ended =
                Caffeine.newBuilder().expireAfterWrite(Duration.ofHours(12)).build();

        @Setup
        public void fill(RevocationBenchmark benchmark) {
            for (int i = 0; i < benchmark.entries; i++) {
                ended.put(Revoked.sid(i), Long.MAX_VALUE - i);
            }
        }
    }

    @Benchmark
    public boolean caffeine(Cached cache, Question question) {
        return cache.ended.getIfPresent(question.of(this)) != null;
    }
}
