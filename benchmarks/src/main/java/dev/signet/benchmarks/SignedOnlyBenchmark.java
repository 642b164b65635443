package dev.signet.benchmarks;

import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.TearDown;
import org.openjdk.jmh.infra.BenchmarkParams;

/** Session cookies that do less: they are signed and not encrypted, so that whoever holds one can read it. */
@State(Scope.Thread)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
public class SignedOnlyBenchmark {
    @Param
    public Size size = Size.M;

    private Measured measured = Measured.NOTHING;
    private String token = "";

    @Setup
    public void prepare(BenchmarkParams params) throws Exception {
        measured = Measured.of(params, size);
        token = measured.peer().seal(measured.content());
    }

    @TearDown
    public void close() throws Exception {
        measured.close();
    }

    private Content open() throws Exception {
        return measured.peer().open(token);
    }

    private String seal() throws Exception {
        return measured.peer().seal(measured.content());
    }

    @Benchmark
    public Content vertxOpen() throws Exception {
        return open();
    }

    @Benchmark
    public Content playOpen() throws Exception {
        return open();
    }

    @Benchmark
    public Content joobyOpen() throws Exception {
        return open();
    }

    @Benchmark
    public String vertxSeal() throws Exception {
        return seal();
    }

    @Benchmark
    public String playSeal() throws Exception {
        return seal();
    }

    @Benchmark
    public String joobySeal() throws Exception {
        return seal();
    }
}
