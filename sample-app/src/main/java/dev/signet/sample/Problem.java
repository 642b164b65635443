package dev.signet.sample;

import dev.signet.SignInOvertaken;
import dev.signet.SlotTooLarge;
import dev.signet.http.CsrfRefused;
import dev.signet.http.NotAllowed;
import dev.signet.http.NotSignedIn;
import dev.signet.revocation.StoreUnavailable;
import io.javalin.config.RoutesConfig;
import io.javalin.http.Context;
import io.javalin.http.HttpResponseException;
import io.javalin.http.HttpStatus;
import io.javalin.http.NotFoundResponse;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** What went wrong, and what to do about it; said to a person as a page, to a script as JSON. */
record Problem(HttpStatus status, String title, String advice) {
    private static final Logger LOG = LoggerFactory.getLogger(Problem.class);

    private record Body(int status, String title, String advice) {}

    static void answerAll(RoutesConfig routes) {
        routes.exception(
                NotSignedIn.class,
                (e, ctx) -> SignInPage.again(
                        ctx,
                        new Problem(
                                HttpStatus.UNAUTHORIZED,
                                "Please sign in first",
                                "You are not signed in, or not any more.")));
        routes.exception(
                SignInOvertaken.class,
                (e, ctx) -> SignInPage.again(
                        ctx,
                        new Problem(
                                HttpStatus.CONFLICT,
                                "Please sign in once more",
                                "While you signed in, all your sessions were ended.")));
        routes.exception(
                NotAllowed.class,
                (e, ctx) -> new Problem(
                                HttpStatus.FORBIDDEN, "This is not for you", "You are signed in, but may not do that.")
                        .answer(ctx));
        routes.exception(
                CsrfRefused.class,
                (e, ctx) -> new Problem(
                                HttpStatus.FORBIDDEN,
                                "Nothing was changed",
                                "We cannot be sure that this came from you: its page may have been open for too long. Open it again and try once more.")
                        .answer(ctx));
        routes.exception(
                SlotTooLarge.class,
                (e, ctx) -> new Problem(
                                HttpStatus.CONTENT_TOO_LARGE,
                                "Your " + e.slot() + " is full",
                                "There was no room for more, so it is as it was before.")
                        .answer(ctx));
        routes.exception(StoreUnavailable.class, (e, ctx) -> unavailable(ctx));
        routes.exception(
                NotFoundResponse.class,
                (e, ctx) -> new Problem(
                                HttpStatus.NOT_FOUND,
                                "There is no such page",
                                "The address may be mistyped, or what was there is gone.")
                        .answer(ctx));
        routes.exception(
                HttpResponseException.class,
                (e, ctx) -> new Problem(
                                HttpStatus.forStatus(e.getStatus()),
                                HttpStatus.forStatus(e.getStatus()).getMessage(),
                                e.getMessage())
                        .answer(ctx));
        routes.exception(Exception.class, (e, ctx) -> {
            LOG.error("{} {} failed", ctx.method(), ctx.path(), e);
            new Problem(
                            HttpStatus.INTERNAL_SERVER_ERROR,
                            "That is our fault",
                            "Something broke here. Please try again later.")
                    .answer(ctx);
        });
    }

    private static void unavailable(Context ctx) {
        ctx.header("Retry-After", "5");
        boolean leaving = ctx.path().startsWith("/logout");
        new Problem(
                        HttpStatus.SERVICE_UNAVAILABLE,
                        leaving ? "You are not signed out" : "Not possible just now",
                        leaving
                                ? "It could not be recorded. Go back and try again in a few seconds; do not leave this device to others before it worked."
                                : "We cannot tell whether your session still stands, so nothing was changed. Please try again in a few seconds.")
                .answer(ctx);
    }

    void answer(Context ctx) {
        if (Page.wantsJson(ctx)) {
            answerJson(ctx);
        } else {
            ctx.status(status);
            Page.show(
                    ctx,
                    title,
                    Html.of("<h1>%s</h1>\n<p class=\"lead\">%s</p>\n<p><a href=\"/\">Home</a></p>", title, advice));
        }
    }

    void answerJson(Context ctx) {
        ctx.status(status).json(new Body(status.getCode(), title, advice));
    }

    Html alert() {
        return Html.of("<p class=\"message alert\" role=\"alert\"><strong>%s.</strong> %s</p>", title, advice);
    }
}
