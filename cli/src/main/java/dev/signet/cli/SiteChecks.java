package dev.signet.cli;

import dev.signet.http.WebSessions;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.time.Instant;
import java.time.ZonedDateTime;
import java.time.format.DateTimeFormatter;
import java.time.format.DateTimeParseException;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/** What may be wrong between here and a running site: its clock, its cookies, and how large a Cookie header gets through. */
final class SiteChecks {
    private static final Duration TIMEOUT = Duration.ofSeconds(10);
    private static final Duration SKEW = Duration.ofSeconds(5);
    /** What other cookies of a site and the rest of the head may take. */
    private static final int BESIDES = 2048;

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
            HttpResponse<Void> plain = get(0);
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

    private HttpResponse<Void> get(int cookieBytes) throws IOException, InterruptedException {
        HttpRequest.Builder request =
                HttpRequest.newBuilder(site).timeout(TIMEOUT).GET();
        for (int sent = 0; sent < cookieBytes; sent += 2048) {
            request.header("Cookie", "doctor" + sent + "=" + "x".repeat(Math.min(2048, cookieBytes - sent) - 16));
        }
        return client.send(request.build(), HttpResponse.BodyHandlers.discarding());
    }

    private Finding clock(HttpResponse<Void> answer) {
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

    private Finding room(HttpResponse<Void> plain) throws InterruptedException {
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

    private boolean passes(int bytes, HttpResponse<Void> plain) throws InterruptedException {
        try {
            return get(bytes).statusCode() == plain.statusCode();
        } catch (IOException cut) {
            return false;
        }
    }

    private static List<Finding> cookies(HttpResponse<Void> answer) {
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
