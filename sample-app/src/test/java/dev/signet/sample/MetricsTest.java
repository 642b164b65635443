package dev.signet.sample;

import static dev.signet.sample.Running.signIn;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.signet.revocation.Revocations;
import dev.signet.testing.Browser;
import java.io.IOException;
import java.net.ConnectException;
import java.net.Inet4Address;
import java.net.InetAddress;
import java.net.NetworkInterface;
import java.net.Socket;
import java.net.SocketException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class MetricsTest {
    private final Revocations revocations = Revocations.inMemory();

    @Test
    void count_what_happens_at_a_port_of_their_own() throws Exception {
        try (Metrics metrics = new Metrics();
                Running sample = Running.with(revocations, metrics.sessions())) {
            metrics.start(0, revocations);
            Browser ada = sample.browser();
            signIn(ada, "ada", "lovelace");
            ada.submit("/me", "/logout");

            sample.administrator();

            assertThat(scraped(metrics.port()))
                    .contains("signet_sessions_started_total{lifetime=\"default\"} 2.0")
                    .contains("signet_sessions_ended_total 1.0")
                    .contains("signet_revocations_answering 1.0")
                    .doesNotContain("ada");
            assertThat(ada.get("/metrics").statusCode()).isEqualTo(404);
        }
    }

    @Test
    void answer_on_this_machine_only() throws SocketException {
        Optional<InetAddress> outside = NetworkInterface.networkInterfaces()
                .flatMap(NetworkInterface::inetAddresses)
                .filter(address -> address instanceof Inet4Address && !address.isLoopbackAddress())
                .findFirst();
        assumeTrue(outside.isPresent(), "this machine has no address that others could use");
        try (Metrics metrics = new Metrics()) {
            metrics.start(0, revocations);

            assertThatThrownBy(() -> new Socket(outside.get(), metrics.port()).close())
                    .isInstanceOf(ConnectException.class);
        }
    }

    private static String scraped(int port) throws IOException, InterruptedException {
        return HttpClient.newHttpClient()
                .send(
                        HttpRequest.newBuilder(URI.create("http://localhost:" + port + "/metrics"))
                                .build(),
                        BodyHandlers.ofString())
                .body();
    }
}
