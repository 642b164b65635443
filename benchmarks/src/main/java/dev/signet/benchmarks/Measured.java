package dev.signet.benchmarks;

import dev.signet.benchmarks.peers.Peers;
import org.openjdk.jmh.infra.BenchmarkParams;

/** What one benchmark method measures: the content, and the peer that the method is named after, so that no other is even loaded. */
record Measured(Peer peer, Content content) {
    static final Measured NOTHING = new Measured(
            new Peer() {
                @Override
                public String seal(Content content) {
                    throw new IllegalStateException("not prepared");
                }

                @Override
                public Content open(String token) {
                    throw new IllegalStateException("not prepared");
                }
            },
            Content.of(Size.S));

    static Measured of(BenchmarkParams params, Size size) throws Exception {
        return new Measured(Peers.named(peerOf(params.getBenchmark())), Content.of(size));
    }

    private static String peerOf(String benchmark) {
        String method = benchmark.substring(benchmark.lastIndexOf('.') + 1);
        return method.startsWith("signet") || method.matches("limit(Session|TicketOnly)")
                ? "signetToken"
                : method.replaceFirst("(Open|Seal)$", "");
    }

    void close() throws Exception {
        if (peer instanceof AutoCloseable closeable) {
            closeable.close();
        }
    }
}
