package dev.signet.sample;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/**
 * A script that uses the sample: keeps its cookies, Secure ones too, sends none of a browser's Sec-Fetch and Origin headers,
 * and follows no redirect.
 */
final class Client {
    private static final HttpClient HTTP = HttpClient.newHttpClient();
    private static final Pattern CSRF = Pattern.compile("name=\"_csrf\" value=\"([^\"]+)\"");

    private final String origin;
    private final Map<String, Cookie> cookies = new LinkedHashMap<>();

    private record Cookie(String value, boolean kept) {}

    Client(String origin) {
        this.origin = origin;
    }

    /** Another script with copies of all cookies. */
    Client copy() {
        return at(origin);
    }

    /** The same cookies, sent to another server. */
    Client at(String otherOrigin) {
        Client copy = new Client(otherOrigin);
        copy.cookies.putAll(cookies);
        return copy;
    }

    /** Forgets what a browser forgets when it is closed. */
    Client restarted() {
        Client restarted = copy();
        restarted.cookies.values().removeIf(cookie -> !cookie.kept());
        return restarted;
    }

    Map<String, String> cookies() {
        return cookies.entrySet().stream()
                .collect(Collectors.toMap(
                        Map.Entry::getKey, entry -> entry.getValue().value()));
    }

    HttpResponse<String> get(String path) {
        return send(request(path).GET());
    }

    HttpResponse<String> json(String path) {
        return send(request(path).header("Accept", "application/json").GET());
    }

    /** Posts these fields (name, value, name, value, …) and nothing else. */
    HttpResponse<String> post(String path, String... fields) {
        return send(form(path, fields));
    }

    HttpResponse<String> postJson(String path, String... fields) {
        return send(form(path, fields).header("Accept", "application/json"));
    }

    /** Reads the page, then posts these fields with the page's CSRF token. */
    HttpResponse<String> submit(String page, String path, String... fields) {
        List<String> all = new ArrayList<>(List.of(fields));
        all.addAll(List.of("_csrf", csrf(page)));
        return post(path, all.toArray(String[]::new));
    }

    String csrf(String page) {
        Matcher field = CSRF.matcher(get(page).body());
        if (!field.find()) {
            throw new AssertionError(page + " has no field _csrf");
        }
        return field.group(1);
    }

    HttpResponse<String> signIn(String name, String password, String... more) {
        List<String> fields = new ArrayList<>(List.of("username", name, "password", password));
        fields.addAll(List.of(more));
        return submit("/login", "/login", fields.toArray(String[]::new));
    }

    HttpRequest.Builder request(String path) {
        HttpRequest.Builder request = HttpRequest.newBuilder(URI.create(origin + path));
        if (!cookies.isEmpty()) {
            request.header(
                    "Cookie",
                    cookies.entrySet().stream()
                            .map(entry ->
                                    entry.getKey() + "=" + entry.getValue().value())
                            .collect(Collectors.joining("; ")));
        }
        return request;
    }

    private HttpRequest.Builder form(String path, String... fields) {
        StringBuilder body = new StringBuilder();
        for (int i = 0; i < fields.length; i += 2) {
            body.append(i == 0 ? "" : "&")
                    .append(fields[i])
                    .append('=')
                    .append(URLEncoder.encode(fields[i + 1], StandardCharsets.UTF_8));
        }
        return request(path)
                .header("Content-Type", "application/x-www-form-urlencoded")
                .POST(BodyPublishers.ofString(body.toString()));
    }

    HttpResponse<String> send(HttpRequest.Builder request) {
        try {
            HttpResponse<String> response = HTTP.send(request.build(), BodyHandlers.ofString());
            response.headers().allValues("Set-Cookie").forEach(this::take);
            return response;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }

    private void take(String line) {
        String[] parts = line.split("; ");
        String name = parts[0].substring(0, parts[0].indexOf('='));
        if (line.contains("; Max-Age=0")) {
            cookies.remove(name);
        } else {
            cookies.put(name, new Cookie(parts[0].substring(name.length() + 1), line.contains("; Max-Age=")));
        }
    }
}
