package dev.signet.benchmarks;

import dev.signet.Session;
import dev.signet.benchmarks.peers.LimitSession;
import dev.signet.benchmarks.peers.Peers;
import dev.signet.benchmarks.peers.SignetSession;
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

/** From the content in a record to a token: written, encrypted, authenticated. */
@State(Scope.Thread)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
public class SealBenchmark {
    @Param
    public Size size = Size.M;

    private final SignetSession signet = Peers.signet();
    private final Session session = signet.start(Content.of(Size.S));
    private final LimitSession limitSession = Peers.limitSession();
    private Measured measured = Measured.NOTHING;

    @Setup
    public void prepare(BenchmarkParams params) throws Exception {
        measured = Measured.of(params, size);
    }

    @TearDown
    public void close() throws Exception {
        measured.close();
    }

    private String seal() throws Exception {
        return measured.peer().seal(measured.content());
    }

    @Benchmark
    public String floor() throws Exception {
        return seal();
    }

    /** What {@code signetToken} has to do: the floor with an authenticated header, and an IV of its own for each token. */
    @Benchmark
    public String limit() throws Exception {
        return seal();
    }

    /** What {@code signet} has to do: two such tokens, the state bound to records by Jackson. */
    @Benchmark
    public SignetSession.Cookies limitSession() throws Exception {
        return limitSession.seal(measured.content());
    }

    /** One token that carries exactly the content. */
    @Benchmark
    public String signetToken() throws Exception {
        return seal();
    }

    /** A whole session: its ticket, and the state in a slot. */
    @Benchmark
    public SignetSession.Cookies signet() {
        return signet.seal(session, measured.content());
    }

    /** The ticket alone: what a renewal costs. */
    @Benchmark
    public String signetTicketOnly() {
        return signet.sealTicket(session);
    }

    @Benchmark
    public String nimbus() throws Exception {
        return seal();
    }

    @Benchmark
    public String nimbusTuned() throws Exception {
        return seal();
    }

    @Benchmark
    public String jose4j() throws Exception {
        return seal();
    }

    @Benchmark
    public String jjwt() throws Exception {
        return seal();
    }

    @Benchmark
    public String tink() throws Exception {
        return seal();
    }

    @Benchmark
    public String ktor() throws Exception {
        return seal();
    }

    @Benchmark
    public String shiro() throws Exception {
        return seal();
    }
}
