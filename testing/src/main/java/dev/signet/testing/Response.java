package dev.signet.testing;

import dev.signet.http.WebSessions;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpHeaders;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import javax.net.ssl.SSLSession;

/** A response of the application under test, of which its sessions can be asked. Immutable, thread-safe. */
public final class Response implements HttpResponse<String> {
    private final HttpResponse<String> received;
    private final WebSessions sessions;

    private Response(HttpResponse<String> received, WebSessions sessions) {
        this.received = received;
        this.sessions = sessions;
    }

    /** A response that another client than {@link Browser} received. */
    public static Response of(HttpResponse<String> received, WebSessions sessions) {
        return new Response(received, sessions);
    }

    WebSessions sessions() {
        return sessions;
    }

    /** What its {@code Set-Cookie} lines say, as far as browsers read them. */
    List<SetCookie> cookies() {
        Instant now = sessions.sessions().clock().instant();
        return headers().allValues("Set-Cookie").stream()
                .flatMap(line -> SetCookie.parse(line, now).stream())
                .toList();
    }

    @Override
    public int statusCode() {
        return received.statusCode();
    }

    @Override
    public String body() {
        return received.body();
    }

    @Override
    public HttpHeaders headers() {
        return received.headers();
    }

    /** The first line of this header. */
    public Optional<String> header(String name) {
        return headers().firstValue(name);
    }

    @Override
    public HttpRequest request() {
        return received.request();
    }

    @Override
    public URI uri() {
        return received.uri();
    }

    @Override
    public HttpClient.Version version() {
        return received.version();
    }

    @Override
    public Optional<HttpResponse<String>> previousResponse() {
        return received.previousResponse();
    }

    @Override
    public Optional<SSLSession> sslSession() {
        return received.sslSession();
    }

    /** Tells the status and the names of cookies, never a value. */
    @Override
    public String toString() {
        Instant now = sessions.sessions().clock().instant();
        return "status " + statusCode() + " of " + request().method() + " " + uri().getPath() + ", which sets "
                + names(false, now) + " and deletes " + names(true, now);
    }

    private List<String> names(boolean deleted, Instant now) {
        return cookies().stream()
                .filter(cookie -> cookie.deletes(now) == deleted)
                .map(SetCookie::name)
                .toList();
    }
}
