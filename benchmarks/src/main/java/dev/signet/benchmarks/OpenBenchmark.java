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

/** From a token to the content in a record: decrypted, authenticated, parsed and not expired. */
@State(Scope.Thread)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
public class OpenBenchmark {
    @Param
    public Size size = Size.M;

    private final SignetSession signet = Peers.signet();
    private SignetSession.Cookies cookies = new SignetSession.Cookies("", "");
    private final LimitSession limitSession = Peers.limitSession();
    private SignetSession.Cookies limitCookies = new SignetSession.Cookies("", "");
    private Measured measured = Measured.NOTHING;
    private String token = "";

    @Setup
    public void prepare(BenchmarkParams params) throws Exception {
        measured = Measured.of(params, size);
        token = measured.peer().seal(measured.content());
        limitCookies = limitSession.seal(measured.content());
        cookies = signet.seal(signet.start(measured.content()), measured.content());
    }

    @TearDown
    public void close() throws Exception {
        measured.close();
    }

    private Content open() throws Exception {
        return measured.peer().open(token);
    }

    @Benchmark
    public Content floor() throws Exception {
        return open();
    }

    /** What {@code signetToken} has to do: the floor with an authenticated header, and an IV of its own for each token. */
    @Benchmark
    public Content limit() throws Exception {
        return open();
    }

    /** What {@code signet} has to do: two such tokens, the state bound to records by Jackson. */
    @Benchmark
    public Content limitSession() throws Exception {
        return limitSession.open(limitCookies);
    }

    /** One token that carries exactly the content. */
    @Benchmark
    public Content signetToken() throws Exception {
        return open();
    }

    /** The same when the key of its day has not been derived yet: what the first token of a day costs. */
    @Benchmark
    public Content signetTokenCold() {
        return Peers.openCold(token);
    }

    /** A whole session: its ticket, held against the revocations, and the state in a slot. */
    @Benchmark
    public Content signet() {
        return signet.open(cookies);
    }

    /** Who somebody is, the state left alone. */
    @Benchmark
    public Session signetTicketOnly() {
        return signet.openTicket(cookies.ticket());
    }

    /** What {@code signetTicketOnly} has to do: such a token that carries no state. */
    @Benchmark
    public Content limitTicketOnly() throws Exception {
        return limitSession.openTicket(limitCookies.ticket());
    }

    @Benchmark
    public Content nimbus() throws Exception {
        return open();
    }

    @Benchmark
    public Content nimbusTuned() throws Exception {
        return open();
    }

    @Benchmark
    public Content jose4j() throws Exception {
        return open();
    }

    @Benchmark
    public Content jjwt() throws Exception {
        return open();
    }

    @Benchmark
    public Content tink() throws Exception {
        return open();
    }

    @Benchmark
    public Content ktor() throws Exception {
        return open();
    }

    @Benchmark
    public Content shiro() throws Exception {
        return open();
    }
}
