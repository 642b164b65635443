package dev.signet.http;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/** One request as an adapter would tell about it; remembers what it was asked. Immutable but for that. */
final class Request implements Exchange {
    static final String HOST = "shop.example";
    static final String ORIGIN = "https://shop.example";

    private final String method;
    private final Map<String, List<String>> headers;
    private final Map<String, String> form;
    private final Set<String> asked = ConcurrentHashMap.newKeySet();

    private Request(String method, Map<String, List<String>> headers, Map<String, String> form) {
        this.method = method;
        this.headers = headers;
        this.form = form;
    }

    /** What a script or an old browser sends: nothing that says where it comes from. */
    static Request bare(String method) {
        return new Request(method, Map.of(), Map.of()).with("Host", HOST);
    }

    /** Somebody follows a link or types an address. */
    static Request page() {
        return bare("GET")
                .with("Sec-Fetch-Site", "none")
                .with("Sec-Fetch-Mode", "navigate")
                .with("Sec-Fetch-Dest", "document");
    }

    /** A script of our own page asks for something. */
    static Request background() {
        return bare("GET")
                .with("Sec-Fetch-Site", "same-origin")
                .with("Sec-Fetch-Mode", "cors")
                .with("Sec-Fetch-Dest", "empty");
    }

    /** A form of our own page is sent. */
    static Request form() {
        return bare("POST")
                .with("Sec-Fetch-Site", "same-origin")
                .with("Sec-Fetch-Mode", "navigate")
                .with("Sec-Fetch-Dest", "document")
                .with("Origin", ORIGIN);
    }

    /** The same request with one more line of this header. */
    Request with(String header, String line) {
        Map<String, List<String>> more = new HashMap<>(headers);
        List<String> lines = new ArrayList<>(headers(header));
        lines.add(line);
        more.put(header.toLowerCase(Locale.ROOT), List.copyOf(lines));
        return new Request(method, more, form);
    }

    Request without(String header) {
        Map<String, List<String>> fewer = new HashMap<>(headers);
        fewer.remove(header.toLowerCase(Locale.ROOT));
        return new Request(method, fewer, form);
    }

    Request withField(String field, String value) {
        Map<String, String> more = new HashMap<>(form);
        more.put(field, value);
        return new Request(method, headers, more);
    }

    /** The names of the headers and form fields that somebody asked for. */
    Set<String> asked() {
        return asked;
    }

    @Override
    public String method() {
        return method;
    }

    @Override
    public List<String> headers(String name) {
        asked.add(name);
        return headers.getOrDefault(name.toLowerCase(Locale.ROOT), List.of());
    }

    @Override
    public String formField(String name) {
        asked.add(name);
        return form.get(name);
    }
}
