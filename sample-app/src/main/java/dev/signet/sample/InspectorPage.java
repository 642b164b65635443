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
              %s
            </section>
            <script src="/clocks.js" defer></script>
            """;

    private static final String COOKIE = """
            <li class="bar">
              <span><code>%s</code> <span class="hint">%s</span></span> <span>%s of %s bytes</span>
              <meter min="0" max="%s" high="3800" value="%s" aria-label="Size of %s"></meter>
              <span class="hint">sealed with %s</span>
            </li>
            """;

    private static final String CLOCKS = """
            <ul class="plain">
            %s
            </ul>
            <p class="hint">Using the shop turns the first one back. Looking at this page does not.</p>
            """;

    private static final String SIGN_OUTS = """
            <dl class="facts">
              <dt>In force</dt><dd>%s</dd>
              <dt>Known here up to</dt><dd>position <code>%s</code>, %s</dd>
              <dt>Confirmed by the store</dt><dd>%s</dd>
            </dl>
            """;

    private static final Html NO_COOKIES = Html.of("<p>None. A page that only shows something sets no cookie:"
            + " <a href=\"/cart\">fill a cart</a>, or <a href=\"/login\">sign in</a>.</p>");
    private static final Html NO_CLOCKS =
            Html.of("<p>They run for whoever is signed in: <a href=\"/login?next=/inspector\">sign in</a>.</p>");
    private static final Html NO_SIGN_OUTS =
            Html.of("<p>This server keeps no record of them. A ticket is good until its time is over.</p>");

    private final Revocations revocations;
    private final InstantSource clock;

    InspectorPage(Revocations revocations, InstantSource clock) {
        this.revocations = revocations;
        this.clock = clock;
    }

    void show(Context ctx) {
        Html clocks = session(ctx).current().map(this::clocks).orElse(NO_CLOCKS);
        Page.show(ctx, "Inspector", Html.of(CONTENT, cookies(ctx), clocks, signOuts()));
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
                size,
                LARGEST_COOKIE,
                LARGEST_COOKIE,
                size,
                name,
                SealedWith.of(cookie.getValue()));
    }

    private static String kind(String name) {
        if (name.indexOf('.') > 0) {
            return "slot";
        }
        return name.endsWith("-visitor") ? "visitor" : "ticket";
    }

    private Html clocks(Session session) {
        Instant checked = session.authenticatedAt();
        List<Countdown> all = List.of(
                new Countdown("Ends if you do nothing", session.issuedAt(), session.idleUntil()),
                new Countdown("Ends in any case", session.startedAt(), session.endsAt()),
                new Countdown("Your devices ask for the password", checked, checked.plus(DevicesPage.FRESH)));
        Instant now = clock.instant();
        return Html.of(CLOCKS, Html.each(all, one -> one.at(now)));
    }

    private Html signOuts() {
        if (!revocations.records()) {
            return NO_SIGN_OUTS;
        }
        Revocations.Status status = revocations.status();
        return Html.of(
                SIGN_OUTS,
                status.entries(),
                status.position(),
                status.position() == 0 ? "the beginning" : MePage.time(Instant.ofEpochMilli(status.position())),
                ago(status.staleness()));
    }

    private static String ago(Duration staleness) {
        return staleness.compareTo(Duration.ofDays(36_500)) > 0 ? "never yet" : staleness.toMillis() + " ms ago";
    }
}
