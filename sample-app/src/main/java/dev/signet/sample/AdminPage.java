package dev.signet.sample;

import static dev.signet.javalin.SessionPlugin.session;

import dev.signet.Lifetime;
import dev.signet.Sessions;
import dev.signet.http.CookieSettings;
import dev.signet.http.SameSite;
import dev.signet.http.WebSession;
import dev.signet.javalin.SessionPlugin;
import dev.signet.revocation.Revocation;
import io.javalin.http.BadRequestResponse;
import io.javalin.http.ConflictResponse;
import io.javalin.http.Context;
import io.javalin.http.HttpStatus;
import java.time.Duration;
import java.util.Objects;

/**
 * What an administrator may do, in a session of its own beside the shop's: shorter, never sent along by other sites, and with a password that was entered
 * lately.
 */
final class AdminPage {
    /** The session's name. */
    static final String ADMIN = "admin";

    private static final Duration FRESH = Duration.ofMinutes(5);

    private static final String CONTENT = """
            <h1>Administration</h1>
            <p class="lead">You are here as %s. This session is apart from the one in the shop,
              and ends after ten minutes without use.</p>
            <section class="card" aria-labelledby="one">
              <h2 id="one">Sign a person out everywhere</h2>
              <form class="line" method="post" action="/admin/revoke">%s
                <label for="subject">Name</label>
                <input id="subject" name="subject" autocomplete="off" autocapitalize="none" spellcheck="false" maxlength="64" required%s>
                %s<button>End all sessions of this person</button>
              </form>
            </section>
            <section class="card" aria-labelledby="all">
              <h2 id="all">Sign everybody out</h2>
              <p>You, too.</p>
              <form method="post" action="/admin/revoke">%s
                <input type="hidden" name="everyone" value="true">
                <button class="danger">End the sessions of everybody</button>
              </form>
            </section>
            """;

    private static final Mistake NOBODY =
            new Mistake("subject", "Say whom to sign out: a name of up to 64 characters.");

    private final Sessions sessions;

    AdminPage(Sessions sessions) {
        this.sessions = sessions;
    }

    static void configure(SessionPlugin.Config admin) {
        admin.roles = Role.class;
        admin.lifetime = Lifetime.of(Duration.ofMinutes(10), Duration.ofHours(1));
        admin.cookies = CookieSettings.DEFAULT.sameSite(SameSite.STRICT);
    }

    static void show(Context ctx) {
        show(ctx, Mistake.NONE);
    }

    private static void show(Context ctx, Mistake mistake) {
        String name = session(ctx, ADMIN).subject();
        Html csrf = Page.csrfField(ctx);
        Page.show(ctx, "Administration", Html.of(CONTENT, name, csrf, mistake.attributes(), mistake.text(), csrf));
    }

    /** Ends all sessions of the {@code subject}, or with {@code everyone=true} those of everybody, one's own included. */
    void revoke(Context ctx) {
        if (!sessions.revocations().records()) {
            throw new ConflictResponse("This server keeps no record of sign-outs, so it can end nobody's session.");
        }
        WebSession admin = session(ctx, ADMIN);
        admin.requireFresh(FRESH);
        boolean everyone = "true".equals(ctx.formParam("everyone"));
        String subject = everyone
                ? "everybody"
                : Objects.requireNonNullElse(ctx.formParam("subject"), "").strip();
        if (subject.isEmpty() || subject.length() > 64) {
            refuse(ctx);
            return;
        }
        boolean myself = everyone || subject.equals(admin.subject());
        sessions.revoke(everyone ? Revocation.everyone() : Revocation.subject(subject));
        if (myself) {
            admin.end();
        }
        (myself ? session(ctx) : admin).flash("Signed out everywhere: " + subject + ".");
        ctx.redirect(myself ? "/" : "/admin", HttpStatus.SEE_OTHER);
    }

    private static void refuse(Context ctx) {
        if (Page.wantsJson(ctx)) {
            throw new BadRequestResponse(NOBODY.sentence());
        }
        show(ctx.status(HttpStatus.BAD_REQUEST), NOBODY);
    }

    static void leave(Context ctx) {
        session(ctx, ADMIN).end();
        session(ctx).flash("You are signed out of the administration.");
        ctx.redirect("/", HttpStatus.SEE_OTHER);
    }
}
