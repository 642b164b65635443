package dev.signet.benchmarks.server;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.util.stream.Collectors;

/** Signs in and looks at pages, with the cookies that it is told to send. */
final class Browser {
    private final HttpClient client = HttpClient.newHttpClient();
    private final int port;

    Browser(int port) {
        this.port = port;
    }

    /** The value of the {@code Cookie} header of somebody who has just signed in; empty where no cookies are used. */
    String signIn(String subject) throws IOException, InterruptedException {
        HttpResponse<String> answer = sent(request("/sign-in/" + subject)
                .header("Sec-Fetch-Site", "same-origin")
                .POST(BodyPublishers.noBody())
                .build());
        if (answer.statusCode() != 200) {
            throw new IllegalStateException("a sign-in was answered with " + answer.statusCode());
        }
        return answer.headers().allValues("Set-Cookie").stream()
                .map(cookie -> cookie.replaceFirst(";.*", ""))
                .collect(Collectors.joining("; "));
    }

    HttpResponse<String> ask(String path, String cookies) throws IOException, InterruptedException {
        HttpRequest.Builder request = request(path);
        return sent(
                cookies.isEmpty()
                        ? request.build()
                        : request.header("Cookie", cookies).build());
    }

    private HttpResponse<String> sent(HttpRequest request) throws IOException, InterruptedException {
        return client.send(request, BodyHandlers.ofString());
    }

    private HttpRequest.Builder request(String path) {
        return HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + port + path));
    }
}
