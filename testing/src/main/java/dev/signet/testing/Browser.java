package dev.signet.testing;

import dev.signet.Session;
import dev.signet.SignIn;
import dev.signet.Slot;
import dev.signet.Verification;
import dev.signet.http.Csrf;
import dev.signet.http.WebSessions;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A browser without a screen: keeps cookies, and says with each request where it comes from, as browsers do. It follows redirects only when asked, and runs no
 * script. Thread-safe.
 */
public final class Browser {
    private static final HttpClient HTTP = HttpClient.newBuilder()
            .version(HttpClient.Version.HTTP_1_1)
            .followRedirects(HttpClient.Redirect.NEVER)
            .build();
    private static final Pattern CSRF_FIELD = Pattern.compile("<input\\b[^>]*\\bname=\"" + Csrf.FIELD + "\"[^>]*>");
    private static final Pattern VALUE = Pattern.compile("\\bvalue=\"([^\"]*)\"");

    private final URI origin;
    private final WebSessions sessions;
    private final CookieJar jar;

    private Browser(URI origin, WebSessions sessions, CookieJar jar) {
        this.origin = origin;
        this.sessions = sessions;
        this.jar = jar;
    }

    /**
     * A browser without cookies, whose clock is the application's.
     *
     * @param origin such as {@code http://localhost:7070}
     * @param sessions those of the application
     */
    public static Browser at(URI origin, WebSessions sessions) {
        return new Browser(origin, sessions, new CookieJar(sessions.sessions().clock()));
    }

    /** Another browser with copies of all cookies, as a thief would have it. */
    public Browser copy() {
        return new Browser(origin, sessions, jar.copy());
    }

    /** Another browser with copies of all cookies, at another port of the same host or at another host. */
    public Browser copyAt(URI otherOrigin) {
        return new Browser(otherOrigin, sessions, jar.copy());
    }

    /** Closes it and opens it again: cookies that are not remembered are gone. */
    public Browser restart() {
        jar.restart();
        return this;
    }

    public Browser signIn(String subject) {
        return signIn(SignIn.as(subject));
    }

    /** Signs in without a login page; the application does not take part. */
    public Browser signIn(SignIn signIn) {
        return use(TestSession.signedIn(sessions, signIn));
    }

    /** Takes the cookies of a session that was made beside the application. */
    public Browser use(TestSession session) {
        session.setCookies().forEach(line -> jar.take(origin, line));
        return this;
    }

    /** A page, as if its address had been typed. */
    public Response get(String path) {
        return navigate(path, "none");
    }

    /** A script of the application's own pages asks for JSON. */
    public Response fetch(String path) {
        return send(request(path)
                .header("Accept", "application/json")
                .header("Sec-Fetch-Site", "same-origin")
                .header("Sec-Fetch-Mode", "cors")
                .header("Sec-Fetch-Dest", "empty"));
    }

    /**
     * A form of the application's own pages, with these fields and nothing else.
     *
     * @param fields name, value, name, value, …
     */
    public Response post(String path, String... fields) {
        return send(navigation(form(path, fields), "same-origin").header("Origin", origin.toString()));
    }

    /** Gets a page, then posts these fields with the CSRF token of its form. */
    public Response submit(String page, String path, String... fields) {
        List<String> all = new ArrayList<>(List.of(fields));
        all.addAll(List.of(Csrf.FIELD, csrfToken(page)));
        return post(path, all.toArray(String[]::new));
    }

    /**
     * The CSRF token in the first form of a page.
     *
     * @throws AssertionError if it has none
     */
    public String csrfToken(String page) {
        Response response = get(page);
        Matcher field = CSRF_FIELD.matcher(response.body());
        Matcher value = VALUE.matcher(field.find() ? field.group() : "");
        if (!value.find()) {
            throw new AssertionError("there is no field " + Csrf.FIELD + " in " + response);
        }
        return value.group(1);
    }

    /**
     * The page that a redirect leads to.
     *
     * @throws AssertionError if it is none, or leads to another origin
     */
    public Response follow(Response redirect) {
        String location = redirect.header("Location").orElse("");
        URI next = redirect.uri().resolve(location);
        if (redirect.statusCode() / 100 != 3 || location.isEmpty()) {
            throw new AssertionError("there is no redirect to follow in " + redirect);
        }
        if (!next.toString().startsWith(origin + "/")) {
            throw new AssertionError("the redirect leads away, to '" + next + "', in " + redirect);
        }
        return navigate(next.toString().substring(origin.toString().length()), "same-origin");
    }

    /** A request with the cookies and nothing else, for {@link #send}. */
    public HttpRequest.Builder request(String path) {
        URI uri = URI.create(origin + path);
        HttpRequest.Builder request = HttpRequest.newBuilder(uri);
        String cookies = jar.header(uri);
        return cookies.isEmpty() ? request : request.header("Cookie", cookies);
    }

    /** A form with the cookies and these fields, which says not where it comes from, for {@link #send}. */
    public HttpRequest.Builder form(String path, String... fields) {
        if (fields.length % 2 != 0) {
            throw new IllegalArgumentException("field '" + fields[fields.length - 1] + "' has no value");
        }
        List<String> pairs = new ArrayList<>();
        for (int i = 0; i < fields.length; i += 2) {
            pairs.add(encoded(fields[i]) + "=" + encoded(fields[i + 1]));
        }
        return request(path)
                .header("Content-Type", "application/x-www-form-urlencoded")
                .POST(BodyPublishers.ofString(String.join("&", pairs)));
    }

    private static String encoded(String text) {
        return URLEncoder.encode(text, StandardCharsets.UTF_8);
    }

    private Response navigate(String path, String site) {
        return send(navigation(request(path), site));
    }

    private static HttpRequest.Builder navigation(HttpRequest.Builder request, String site) {
        return request.header("Sec-Fetch-Site", site)
                .header("Sec-Fetch-Mode", "navigate")
                .header("Sec-Fetch-Dest", "document")
                .header("Sec-Fetch-User", "?1");
    }

    /** Sends a request as it is, and takes the cookies of the response. */
    public Response send(HttpRequest.Builder request) {
        try {
            Response response = Response.of(HTTP.send(request.build(), BodyHandlers.ofString()), sessions);
            response.headers().allValues("Set-Cookie").forEach(line -> jar.take(response.uri(), line));
            return response;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException("interrupted while waiting for a response", e);
        }
    }

    /** What it would send with a request for {@code /}, by name. */
    public Map<String, String> cookies() {
        return jar.cookies(origin.resolve("/"));
    }

    /** What became of its ticket, as the application would tell. */
    public Verification verification() {
        return sessions.sessions().verify(cookies().get(sessions.ticketName()));
    }

    /** What is in a slot of its session or else of its visit; the slot's initial value where there is nothing. */
    public <T> T read(Slot<T> slot) {
        Optional<Session> owner = verification()
                .active()
                .or(() -> sessions.sessions()
                        .verifyVisitor(cookies().get(sessions.visitorName()))
                        .active());
        String token = cookies().get(sessions.slotName(slot.name()));
        return owner.flatMap(session -> sessions.sessions().read(slot, token, session))
                .orElse(slot.initial());
    }

    /** Shows the names of cookies and no value. */
    @Override
    public String toString() {
        return "Browser[" + origin + ", " + jar + "]";
    }
}
