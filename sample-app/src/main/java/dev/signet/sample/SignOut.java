package dev.signet.sample;

import static dev.signet.javalin.SessionPlugin.session;

import dev.signet.Sessions;
import io.javalin.http.Context;
import io.javalin.http.HttpStatus;

/** The ends of sessions: here, or everywhere. What is told is what was done, no more. */
final class SignOut {
    private static final String HERE =
            "You are signed out. Your old cookie and every copy of it are refused from now on.";
    private static final String NOBODY =
            "You were not signed in here any more. The cookies of this browser are cleared.";
    private static final String EVERYWHERE = "You are signed out everywhere.";
    private static final String UNRECORDED = "You are signed out in this browser only. This server keeps no record of "
            + "sign-outs: other browsers, and copies of your old cookie, stay signed in until that expires.";

    private final Sessions sessions;

    SignOut(Sessions sessions) {
        this.sessions = sessions;
    }

    void here(Context ctx) {
        boolean ended = session(ctx).end(SampleApp.THEME);
        goHome(ctx, !ended ? NOBODY : recorded() ? HERE : UNRECORDED);
    }

    void everywhere(Context ctx) {
        session(ctx).endEverywhere(SampleApp.THEME);
        goHome(ctx, recorded() ? EVERYWHERE : UNRECORDED);
    }

    private boolean recorded() {
        return sessions.revocations().records();
    }

    private static void goHome(Context ctx, String message) {
        session(ctx).flash(message);
        ctx.redirect("/", HttpStatus.SEE_OTHER);
    }
}
