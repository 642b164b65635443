package dev.signet.cli;

import dev.signet.http.WebSessions;
import java.io.IOException;
import java.io.InputStream;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpTimeoutException;
import java.time.Duration;
import java.time.Instant;
import java.time.ZonedDateTime;
import java.time.format.DateTimeFormatter;
import java.time.format.DateTimeParseException;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;

/** What may be wrong between here and a running site: its clock, its cookies, and how large a Cookie header gets through. */
final class SiteChecks {
    private static final Duration TIMEOUT = Duration.ofSeconds(10);
    private static final Duration SKEW = Duration.ofSeconds(5);
    /** What other cookies of a site and the rest of the head may take. */
    private static final int BESIDES = 2048;

    private static final int COOKIE = 2048;
    /** What servers and proxies answer to a head that is too long (RFC 6585 §5, and others' habits). */
    private static final Set<Integer> TOO_LONG = Set.of(400, 413, 414, 431, 494);

    private final Surroundings around;
    private final URI site;
    private final HttpClient client =
            HttpClient.newBuilder().connectTimeout(TIMEOUT).build();

    SiteChecks(Surroundings around, URI site) {
        this.around = around;
        this.site = site;
    }

    List<Finding> all() throws InterruptedException {
        try {
            HttpResponse<InputStream> plain = get(0);
            List<Finding> findings = new ArrayList<>();
            findings.add(clock(plain));
            findings.add(room(plain));
            findings.addAll(cookies(plain));
            return findings;
        } catch (IOException e) {
            return List.of(Finding.problem(
                    "site",
                    "does not answer: " + e.getClass().getSimpleName(),
                    "is it running, and is this its address?"));
        }
    }

    private HttpResponse<InputStream> get(int cookieBytes) throws IOException, InterruptedException {
        HttpRequest.Builder request =
                HttpRequest.newBuilder(site).timeout(TIMEOUT).GET();
        if (cookieBytes > 0) {
            request.header("Cookie", cookies(cookieBytes));
        }
        HttpResponse<InputStream> answer = client.send(request.build(), HttpResponse.BodyHandlers.ofInputStream());
        answer.body().close(); // A page may go on for ever.
        return answer;
    }

    /** One header line of so many bytes, since servers and proxies limit lines too, of cookies that each are shorter than a browser's limit. */
    private static String cookies(int bytes) {
        StringBuilder line = new StringBuilder("doctor=");
        while (line.length() < bytes) {
            boolean next = line.length() % COOKIE == 0 && bytes - line.length() > 16;
            line.append(next ? "; doctor=" : "x");
        }
        return line.toString();
    }

    private Finding clock(HttpResponse<InputStream> answer) {
        Optional<Instant> told = answer.headers().firstValue("Date").flatMap(SiteChecks::date);
        if (told.isEmpty()) {
            return Finding.skipped("clock", "the site sends no Date");
        }
        Duration ahead = Duration.between(around.now(), told.get());
        if (ahead.abs().compareTo(SKEW) <= 0) {
            return Finding.ok("clock", "the site's and this machine's agree within " + SKEW.toSeconds() + " s");
        }
        return Finding.problem(
                "clock",
                "the site's is " + Texts.rough(ahead.abs()) + (ahead.isNegative() ? " behind" : " ahead of")
                        + " this machine's",
                "run a time service on both; tickets from the future are refused beyond 30 s, and deadlines know no skew");
    }

    private static Optional<Instant> date(String text) {
        try {
            return Optional.of(ZonedDateTime.parse(text, DateTimeFormatter.RFC_1123_DATE_TIME)
                    .toInstant());
        } catch (DateTimeParseException e) {
            return Optional.empty();
        }
    }

    private Finding room(HttpResponse<InputStream> plain) throws InterruptedException {
        try {
            return roomFor(plain);
        } catch (IOException e) {
            return Finding.skipped(
                    "head", "the site answers now this way, now that: how large a head may be cannot be told");
        }
    }

    private Finding roomFor(HttpResponse<InputStream> plain) throws IOException, InterruptedException {
        int needed = WebSessions.BUDGET + BESIDES;
        if (passes(needed, plain)) {
            return Finding.ok("head", "a Cookie header of " + needed + " bytes gets through");
        }
        int passes = 0;
        int fails = needed;
        while (fails - passes > 64) {
            int middle = (passes + fails) / 2;
            if (passes(middle, plain)) {
                passes = middle;
            } else {
                fails = middle;
            }
        }
        return Finding.problem(
                "head",
                "a Cookie header of more than about " + passes + " bytes does not get through; a session may have "
                        + WebSessions.BUDGET + ", besides other cookies",
                "raise the header limit of the proxy (and of the server: the Javalin plugin sets 16 KiB) to 16 KiB");
    }

    private boolean passes(int bytes, HttpResponse<InputStream> plain) throws IOException, InterruptedException {
        try {
            int status = get(bytes).statusCode();
            if (status != plain.statusCode() && !TOO_LONG.contains(status)) {
                throw new HttpTimeoutException("answers differ");
            }
            return status == plain.statusCode();
        } catch (HttpTimeoutException e) {
            throw e;
        } catch (IOException cut) {
            return false;
        }
    }

    private static List<Finding> cookies(HttpResponse<InputStream> answer) {
        List<Finding> findings = new ArrayList<>();
        for (String cookie : answer.headers().allValues("Set-Cookie")) {
            String name = Texts.shown(cookie.replaceFirst("=.*", ""));
            List<String> attributes = List.of(cookie.toLowerCase(Locale.ROOT).split(";\\s*"));
            if (!attributes.contains("secure") || !attributes.contains("httponly")) {
                findings.add(Finding.warning(
                        "cookie " + name,
                        "is not Secure and HttpOnly as it arrives here",
                        "something between the application and here changes Set-Cookie, or it is not Signet's"));
            }
        }
        return findings;
    }
}
