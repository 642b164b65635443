package dev.signet.sample;

import static dev.signet.javalin.SessionPlugin.session;

import dev.signet.Sessions;
import dev.signet.http.WebSession;
import dev.signet.revocation.Revocation;
import io.javalin.http.BadRequestResponse;
import io.javalin.http.ConflictResponse;
import io.javalin.http.Context;
import io.javalin.http.HttpStatus;

/** The ends of sessions: one's own, everywhere, and by decision of an administrator. Says no more than what was done. */
final class SignOut {
    private final Sessions sessions;

    SignOut(Sessions sessions) {
        this.sessions = sessions;
    }

    void here(Context ctx) {
        WebSession session = session(ctx);
        session.end(SampleApp.THEME);
        session.flash(
                recorded()
                        ? "You are signed out. Your old cookie is refused from now on, and every copy of it."
                        : "You are signed out in this browser. This server keeps no record of that: a copy of your old cookie works until it expires.");
        ctx.redirect("/", HttpStatus.SEE_OTHER);
    }

    void everywhere(Context ctx) {
        WebSession session = session(ctx);
        session.endEverywhere(SampleApp.THEME);
        session.flash(
                recorded()
                        ? "You are signed out everywhere."
                        : "You are signed out in this browser only. This server keeps no record of sign-outs, so it cannot reach your others.");
        ctx.redirect("/", HttpStatus.SEE_OTHER);
    }

    /** Ends every session of the {@code subject}, or with {@code everyone=true} those of everybody, the administrator's own included. */
    void others(Context ctx) {
        if (!recorded()) {
            throw new ConflictResponse("This server keeps no record of sign-outs, so it can end nobody's session.");
        }
        WebSession session = session(ctx);
        boolean everyone = "true".equals(ctx.formParam("everyone"));
        String subject = everyone ? "everybody" : subject(ctx);
        boolean oneself = everyone || subject.equals(session.subject());
        sessions.revoke(everyone ? Revocation.everyone() : Revocation.subject(subject));
        if (oneself) {
            session.end(SampleApp.THEME);
        }
        session.flash("Signed out everywhere: " + subject + ".");
        ctx.redirect(oneself ? "/" : "/me", HttpStatus.SEE_OTHER);
    }

    private static String subject(Context ctx) {
        String subject = ctx.formParam("subject");
        if (subject == null || subject.isBlank() || subject.length() > 64) {
            throw new BadRequestResponse("Say whom to sign out: a name of up to 64 characters.");
        }
        return subject.strip();
    }

    private boolean recorded() {
        return sessions.revocations().records();
    }
}
