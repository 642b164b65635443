package dev.signet.sample;

import static dev.signet.javalin.SessionPlugin.session;

import dev.signet.ListedSession;
import dev.signet.Session;
import dev.signet.Sessions;
import dev.signet.http.NotSignedIn;
import io.javalin.http.BadRequestResponse;
import io.javalin.http.ConflictResponse;
import io.javalin.http.Context;
import io.javalin.http.HttpStatus;
import java.time.Duration;
import java.util.List;

/** Where somebody is signed in, for whoever has entered their password lately. */
final class DevicesPage {
    static final Duration FRESH = Duration.ofMinutes(15);

    private static final String CONTENT = """
            <h1>Your devices</h1>
            <p class="lead">You are signed in here. The names are what the browsers say they are.</p>
            %s
            %s
            """;

    private static final String DEVICE = """
            <section class="card">
              <h2>%s%s</h2>
              <dl class="facts">
                <dt>Signed in</dt><dd>%s</dd>
                <dt>Last seen, to a few minutes</dt><dd>%s</dd>
              </dl>
              %s
            </section>
            """;

    private static final String END = """
            <form method="post" action="/devices/end">%s
              <input type="hidden" name="id" value="%s"><button class="quiet">Sign out there</button>
            </form>
            """;

    private static final String END_OTHERS = """
            <form method="post" action="/devices/end-others">%s<button>Sign out on all other devices</button></form>
            """;

    private final Sessions sessions;

    DevicesPage(Sessions sessions) {
        this.sessions = sessions;
    }

    void show(Context ctx) {
        Session here = fresh(ctx);
        List<ListedSession> all = sessions.devices().of(here.subject());
        Html others = all.size() > 1 ? Html.of(END_OTHERS, Page.csrfField(ctx)) : Html.NONE;
        Page.show(ctx, "Your devices", Html.of(CONTENT, Html.each(all, one -> device(ctx, one, here)), others));
    }

    private static Html device(Context ctx, ListedSession one, Session here) {
        boolean current = one.id().equals(here.id());
        return Html.of(
                DEVICE,
                one.label().isEmpty() ? "Unknown browser" : one.label(),
                current ? " – this device" : "",
                MePage.time(one.startedAt()),
                MePage.time(one.lastSeenAt()),
                current ? Html.NONE : Html.of(END, Page.csrfField(ctx), one.id()));
    }

    void end(Context ctx) {
        Session here = fresh(ctx);
        String id = ctx.formParam("id");
        if (id == null) {
            throw new BadRequestResponse("Say which of your devices to sign out.");
        }
        boolean ended = sessions.devices().end(here.subject(), id);
        back(ctx, ended ? "Signed out there." : "Nobody was signed in there any more.");
    }

    void endOthers(Context ctx) {
        Session unused = fresh(ctx);
        session(ctx).endOthers();
        back(ctx, "Signed out on all other devices.");
    }

    private Session fresh(Context ctx) {
        if (!sessions.revocations().records()) {
            throw new ConflictResponse("This server keeps no record of sign-outs, so it lists no devices.");
        }
        session(ctx).requireFresh(FRESH);
        return session(ctx).current().orElseThrow(NotSignedIn::new);
    }

    private static void back(Context ctx, String message) {
        session(ctx).flash(message);
        ctx.redirect("/devices", HttpStatus.SEE_OTHER);
    }
}
