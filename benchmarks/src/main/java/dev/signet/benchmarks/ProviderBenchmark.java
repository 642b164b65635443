package dev.signet.benchmarks;

import dev.signet.benchmarks.peers.Peers;
import java.security.Provider;
import java.security.Security;
import java.util.concurrent.TimeUnit;
import org.bouncycastle.jce.provider.BouncyCastleProvider;
import org.conscrypt.Conscrypt;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.TearDown;

/** Signet in an application that prefers another security provider. */
@State(Scope.Benchmark)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
public class ProviderBenchmark {
    /** Who is asked first for a cipher. */
    public enum First {
        JDK,
        BOUNCY_CASTLE,
        CONSCRYPT
    }

    @Param
    public First first = First.JDK;

    private String registered = "";
    private Peer peer = Measured.NOTHING.peer();
    private Content content = Measured.NOTHING.content();
    private String token = "";

    @Setup
    public void prepare() throws Exception {
        if (first != First.JDK) {
            Provider provider = first == First.CONSCRYPT ? Conscrypt.newProvider() : new BouncyCastleProvider();
            registered = provider.getName();
            Security.insertProviderAt(provider, 1);
        }
        peer = Peers.named("signetToken");
        content = Content.of(Size.M);
        token = peer.seal(content);
    }

    @TearDown
    public void unregister() {
        if (!registered.isEmpty()) {
            Security.removeProvider(registered);
        }
    }

    @Benchmark
    public Content open() throws Exception {
        return peer.open(token);
    }

    @Benchmark
    public String seal() throws Exception {
        return peer.seal(content);
    }
}
