package dev.signet.sample;

import static dev.signet.javalin.SessionPlugin.session;

import dev.signet.Sessions;
import dev.signet.http.WebSession;
import dev.signet.revocation.Revocation;
import io.javalin.http.BadRequestResponse;
import io.javalin.http.ConflictResponse;
import io.javalin.http.Context;
import io.javalin.http.HttpStatus;

/** The ends of sessions: here, everywhere, or because an administrator says so. What is told is what was done, no more. */
final class SignOut {
    private static final String HERE =
            "You are signed out. Your old cookie and every copy of it are refused from now on.";
    private static final String EVERYWHERE = "You are signed out everywhere.";
    private static final String UNRECORDED = "You are signed out in this browser only. This server keeps no record of "
            + "sign-outs: other browsers, and copies of your old cookie, stay signed in until that expires.";

    private final Sessions sessions;

    SignOut(Sessions sessions) {
        this.sessions = sessions;
    }

    void here(Context ctx) {
        session(ctx).end(SampleApp.THEME);
        goHome(ctx, recorded() ? HERE : UNRECORDED);
    }

    void everywhere(Context ctx) {
        session(ctx).endEverywhere(SampleApp.THEME);
        goHome(ctx, recorded() ? EVERYWHERE : UNRECORDED);
    }

    /** Ends all sessions of the {@code subject}, or with {@code everyone=true} those of everybody, one's own included. */
    void others(Context ctx) {
        if (!recorded()) {
            throw new ConflictResponse("This server keeps no record of sign-outs, so it can end nobody's session.");
        }
        WebSession session = session(ctx);
        boolean everyone = "true".equals(ctx.formParam("everyone"));
        String subject = everyone ? "everybody" : subjectIn(ctx);
        boolean myself = everyone || subject.equals(session.subject());
        sessions.revoke(everyone ? Revocation.everyone() : Revocation.subject(subject));
        if (myself) {
            session.end(SampleApp.THEME);
        }
        session.flash("Signed out everywhere: " + subject + ".");
        ctx.redirect(myself ? "/" : "/me", HttpStatus.SEE_OTHER);
    }

    private static String subjectIn(Context ctx) {
        String subject = ctx.formParam("subject");
        if (subject == null || subject.isBlank() || subject.length() > 64) {
            throw new BadRequestResponse("Say whom to sign out: a name of up to 64 characters.");
        }
        return subject.strip();
    }

    private boolean recorded() {
        return sessions.revocations().records();
    }

    private static void goHome(Context ctx, String message) {
        session(ctx).flash(message);
        ctx.redirect("/", HttpStatus.SEE_OTHER);
    }
}
