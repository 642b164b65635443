package dev.signet.sample;

import static dev.signet.javalin.SessionPlugin.session;

import dev.signet.Session;
import dev.signet.revocation.Revocations;
import io.javalin.http.Context;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** What one's own browser holds: how large each cookie is, which key sealed it, and how the clocks stand. Shows no token. */
final class InspectorPage {
    private static final int LARGEST_COOKIE = 4096;

    private static final String CONTENT = """
            <h1>Your session, looked into</h1>
            <p class="lead">This is all there is: a ticket that says who you are and until when, and a cookie for each
              thing that is kept for you. Only this server can read them.</p>
            <section class="card" aria-labelledby="cookies">
              <h2 id="cookies">Cookies</h2>
              %s
            </section>
            <section class="card" aria-labelledby="clocks">
              <h2 id="clocks">Clocks</h2>
              %s
            </section>
            <section class="card" aria-labelledby="log">
              <h2 id="log">Sign-outs</h2>
              <dl class="facts">
                <dt>In force</dt><dd>%s</dd>
                <dt>Known here up to</dt><dd>%s</dd>
                <dt>Confirmed</dt><dd>%s</dd>
              </dl>
            </section>
            <script src="/clocks.js" defer></script>
            """;

    private static final String COOKIE = """
            <li><code>%s</code> <span class="hint">%s</span><br>
              <meter min="0" max="%s" high="3800" value="%s" aria-label="Size of %s"></meter> %s of %s bytes<br>
              <span class="hint">sealed with %s</span></li>
            """;

    private static final String CLOCK = """
            <dt>%s</dt>
            <dd><progress max="%s" value="%s" aria-label="%s"></progress>
              <time datetime="%s" data-seconds="%s">%s</time></dd>
            """;

    private static final Html NO_COOKIES = Html.of("<p>None. A page that only shows something sets no cookie:"
            + " <a href=\"/cart\">fill a cart</a>, or <a href=\"/login\">sign in</a>.</p>");
    private static final Html NO_CLOCKS =
            Html.of("<p>They run for who is signed in: <a href=\"/login?next=/inspector\">sign in</a>.</p>");

    private final Revocations revocations;
    private final InstantSource clock;

    InspectorPage(Revocations revocations, InstantSource clock) {
        this.revocations = revocations;
        this.clock = clock;
    }

    void show(Context ctx) {
        Optional<Session> session = session(ctx).current();
        Revocations.Status status = revocations.status();
        Page.show(
                ctx,
                "Inspector",
                Html.of(
                        CONTENT,
                        cookies(ctx),
                        session.map(this::clocks).orElse(NO_CLOCKS),
                        status.entries(),
                        status.position() == 0 ? "the beginning" : MePage.time(Instant.ofEpochMilli(status.position())),
                        status.staleness().toMillis() + " ms ago"));
    }

    private static Html cookies(Context ctx) {
        List<Map.Entry<String, String>> ours = ctx.cookieMap().entrySet().stream()
                .filter(cookie -> cookie.getKey().startsWith("__Host-"))
                .sorted(Map.Entry.comparingByKey())
                .toList();
        return ours.isEmpty()
                ? NO_COOKIES
                : Html.of("<ul class=\"plain\">%s</ul>", Html.each(ours, InspectorPage::cookie));
    }

    private static Html cookie(Map.Entry<String, String> cookie) {
        String name = cookie.getKey();
        int size = name.length() + cookie.getValue().length();
        return Html.of(
                COOKIE,
                name,
                kind(name),
                LARGEST_COOKIE,
                size,
                name,
                size,
                LARGEST_COOKIE,
                SealedWith.of(cookie.getValue()));
    }

    private static String kind(String name) {
        if (name.indexOf('.') > 0) {
            return "slot";
        }
        return name.endsWith("-visitor") ? "visitor" : "ticket";
    }

    private Html clocks(Session session) {
        return Html.of(
                "<dl class=\"facts clocks\">%s%s%s</dl>",
                clock("If you do nothing", session.issuedAt(), session.idleUntil()),
                clock("In any case", session.startedAt(), session.endsAt()),
                clock(
                        "Until the password is asked for again",
                        session.authenticatedAt(),
                        session.authenticatedAt().plus(DevicesPage.FRESH)));
    }

    private Html clock(String label, Instant from, Instant until) {
        long left = Math.max(0, Duration.between(clock.instant(), until).toSeconds());
        return Html.of(CLOCK, label, Duration.between(from, until).toSeconds(), left, label, until, left, in(left));
    }

    /** As clocks.js says it. */
    static String in(long seconds) {
        if (seconds == 0) {
            return "over";
        } else if (seconds < 60) {
            return "in " + seconds + " s";
        } else if (seconds < 3600) {
            return "in " + seconds / 60 + " min " + seconds % 60 + " s";
        } else if (seconds < 48 * 3600) {
            return "in " + seconds / 3600 + " h " + seconds / 60 % 60 + " min";
        }
        return "in " + seconds / 86_400 + " days";
    }
}
