package dev.signet.javalin;

import dev.signet.testing.CookieJar;
import java.net.URI;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** A browser of which a test decides every header but the cookies. Thread-safe where cookies are concerned. */
final class Browser {
    private final int port;
    private final URI here;
    private final CookieJar jar = new CookieJar(InstantSource.system());

    Browser(int port) {
        this.port = port;
        this.here = URI.create("http://localhost:" + port + "/");
    }

    /** Takes a cookie as a {@code Cookie} header has it. */
    Browser cookie(String nameAndValue) {
        jar.take(here, nameAndValue + "; Path=/; Secure; HttpOnly");
        return this;
    }

    Map<String, String> cookies() {
        return jar.cookies(here);
    }

    String cookieLine() {
        return "Cookie: " + jar.header(here);
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
        answer.setCookies().forEach(line -> jar.take(here, line));
        return answer;
    }
}
