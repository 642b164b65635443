package dev.signet.trials;

import java.io.IOException;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Sends requests and holds every answer against what is promised about all of them. Thread-safe. */
final class Browser {
    /** Longer than any promise: an answer that takes so long is none. */
    private static final Duration PATIENCE = Duration.ofSeconds(45);

    private static final String TICKET = "__Host-session=";

    private final HttpClient client =
            HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();
    private final Ledger ledger;
    private final Ledger.Count requests;

    /** @param requests as what its requests are counted */
    Browser(Ledger ledger, Ledger.Count requests) {
        this.ledger = ledger;
        this.requests = requests;
    }

    /**
     * An answer.
     *
     * @param sent just before the request was sent, on the driver's monotonic clock
     * @param received just after the answer was there
     * @param cookies its {@code Set-Cookie} lines
     */
    record Reply(int status, String body, List<String> cookies, long sent, long received) {
        boolean ok() {
            return status == 200;
        }

        boolean undecided() {
            return status == 503;
        }

        /** The ticket that came with it, as a whole cookie. */
        @Nullable
        String ticket() {
            return cookies.stream()
                    .filter(line -> line.startsWith(TICKET))
                    .map(line -> line.substring(0, line.indexOf(';')))
                    .filter(cookie -> cookie.length() > TICKET.length())
                    .findFirst()
                    .orElse(null);
        }
    }

    Optional<Reply> read(NodeProcess node, String path, @Nullable String cookie) {
        return send(node, request(node, path, cookie).GET());
    }

    Optional<Reply> post(NodeProcess node, String path, @Nullable String cookie, String form) {
        return send(node, form(node, path, cookie, form));
    }

    /** With the CSRF token of the page that the form was on. */
    Optional<Reply> submit(NodeProcess node, String path, @Nullable String cookie, String form, String token) {
        return send(node, form(node, path, cookie, form).header("X-CSRF-Token", token));
    }

    private static HttpRequest.Builder form(NodeProcess node, String path, @Nullable String cookie, String form) {
        return request(node, path, cookie)
                .header("Content-Type", "application/x-www-form-urlencoded")
                .header("Sec-Fetch-Site", "same-origin")
                .POST(BodyPublishers.ofString(form));
    }

    private static HttpRequest.Builder request(NodeProcess node, String path, @Nullable String cookie) {
        HttpRequest.Builder request = HttpRequest.newBuilder(node.uri(path)).timeout(PATIENCE);
        return cookie == null ? request : request.header("Cookie", cookie);
    }

    /** Empty if the node is down, or was killed meanwhile. */
    private Optional<Reply> send(NodeProcess node, HttpRequest.Builder request) {
        int life = node.life();
        if (life == NodeProcess.DOWN) {
            return Optional.empty();
        }
        HttpRequest built = request.build();
        ledger.count(requests);
        long sent = System.nanoTime();
        try {
            HttpResponse<String> response = client.send(built, BodyHandlers.ofString());
            long received = System.nanoTime();
            check(node, built, response);
            return Optional.of(new Reply(
                    response.statusCode(),
                    response.body(),
                    response.headers().allValues("Set-Cookie"),
                    sent,
                    received));
        } catch (IOException e) {
            if (node.life() == life) {
                ledger.violation(broken(built), "no answer: " + said(node, built) + ": " + e);
            }
            return Optional.empty();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException("Nobody interrupts the trials", e);
        }
    }

    private void check(NodeProcess node, HttpRequest request, HttpResponse<String> response) {
        int status = response.statusCode();
        boolean comeBack =
                status == 503 && response.headers().firstValue("Retry-After").isPresent();
        if (status >= 500 && !comeBack) {
            ledger.violation(Promise.ANSWERED, said(node, request) + " answered " + status + ": " + response.body());
        }
    }

    private static Promise broken(HttpRequest request) {
        return request.uri().getPath().equals(Paths.PUBLIC) ? Promise.PUBLIC : Promise.ANSWERED;
    }

    private static String said(NodeProcess node, HttpRequest request) {
        return request.method() + " " + request.uri().getPath() + " at " + node.name();
    }
}
