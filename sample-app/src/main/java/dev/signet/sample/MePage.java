package dev.signet.sample;

import static dev.signet.javalin.SessionPlugin.session;

import dev.signet.Session;
import dev.signet.http.NotSignedIn;
import io.javalin.http.Context;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.Locale;

/** Who is signed in, since when, and until when. */
final class MePage {
    private static final DateTimeFormatter TIME = DateTimeFormatter.ofPattern(
                    "d MMMM uuuu, HH:mm:ss 'UTC'", Locale.ENGLISH)
            .withZone(ZoneOffset.UTC);

    private static final String CONTENT = """
            <h1>Signed in as %s</h1>
            <dl class="card facts">
              <dt>Signed in since</dt><dd>%s</dd>
              <dt>If you do nothing, until</dt><dd>%s</dd>
              <dt>In any case until</dt><dd>%s</dd>
              <dt>On this device</dt><dd>%s</dd>
              <dt>Session</dt><dd><code>%s</code></dd>
            </dl>
            <div class="row">
              <form method="post" action="/logout">%s<button>Sign out</button></form>
              <form method="post" action="/logout-everywhere">%s<button class="quiet">Sign out everywhere</button></form>
            </div>
            """;

    private record Body(String subject, String sid, String startedAt, String idleUntil, String endsAt) {}

    private MePage() {}

    static void show(Context ctx) {
        Session me = session(ctx).current().orElseThrow(NotSignedIn::new);
        if (Page.wantsJson(ctx)) {
            ctx.json(new Body(
                    me.subject(),
                    me.id(),
                    me.startedAt().toString(),
                    me.idleUntil().toString(),
                    me.endsAt().toString()));
            return;
        }
        Page.show(
                ctx,
                "You",
                Html.of(
                        CONTENT,
                        me.subject(),
                        time(me.startedAt()),
                        time(me.idleUntil()),
                        time(me.endsAt()),
                        me.lifetime().equals("remembered")
                                ? "remembered, also when the browser is closed"
                                : "until the browser is closed",
                        me.id(),
                        Page.csrfField(ctx),
                        Page.csrfField(ctx)));
    }

    static Html time(Instant instant) {
        return Html.of("<time datetime=\"%s\">%s</time>", instant, TIME.format(instant));
    }
}
