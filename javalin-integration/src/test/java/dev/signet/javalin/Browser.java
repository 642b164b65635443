package dev.signet.javalin;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Keeps cookies as a browser does, and says where its requests come from. Thread-safe where cookies are concerned. */
final class Browser {
    private final int port;
    private final Map<String, String> cookies = new LinkedHashMap<>();

    Browser(int port) {
        this.port = port;
    }

    /** Takes a cookie as a {@code Cookie} header has it. */
    Browser cookie(String nameAndValue) {
        int equals = nameAndValue.indexOf('=');
        cookies.put(nameAndValue.substring(0, equals), nameAndValue.substring(equals + 1));
        return this;
    }

    synchronized Map<String, String> cookies() {
        return Map.copyOf(cookies);
    }

    synchronized String cookieLine() {
        List<String> pairs = new ArrayList<>();
        cookies.forEach((name, value) -> pairs.add(name + "=" + value));
        return "Cookie: " + String.join("; ", pairs);
    }

    Answer get(String path, String... headers) {
        return send("GET " + path, "", headers);
    }

    /** A form of the application's own pages, with a token that its page {@code /token} gave. */
    Answer submit(String path, String form) {
        String token = get("/token").body();
        return post(path, form.isEmpty() ? "_csrf=" + token : form + "&_csrf=" + token);
    }

    /** A form of the application's own pages. */
    Answer post(String path, String form) {
        return send("POST " + path, form, "Sec-Fetch-Site: same-origin");
    }

    Answer send(String requestLine, String form, String... headers) {
        List<String> all = new ArrayList<>(List.of(headers));
        if (!form.isEmpty()) {
            all.add("Content-Type: application/x-www-form-urlencoded");
        }
        if (!cookies().isEmpty()) {
            all.add(cookieLine());
        }
        Answer answer = Wire.send(port, requestLine, all, form);
        answer.setCookies().forEach(this::take);
        return answer;
    }

    synchronized void take(String setCookie) {
        int equals = setCookie.indexOf('=');
        String name = setCookie.substring(0, equals);
        if (setCookie.contains("Max-Age=0")) {
            cookies.remove(name);
        } else {
            cookies.put(name, setCookie.substring(equals + 1, setCookie.indexOf(';')));
        }
    }
}
