package dev.signet.sample;

import static io.javalin.http.HttpStatus.BAD_REQUEST;
import static io.javalin.http.HttpStatus.CONFLICT;
import static io.javalin.http.HttpStatus.CONTENT_TOO_LARGE;
import static io.javalin.http.HttpStatus.FORBIDDEN;
import static io.javalin.http.HttpStatus.INTERNAL_SERVER_ERROR;
import static io.javalin.http.HttpStatus.NOT_FOUND;
import static io.javalin.http.HttpStatus.SERVICE_UNAVAILABLE;
import static io.javalin.http.HttpStatus.UNAUTHORIZED;

import dev.signet.SignInOvertaken;
import dev.signet.SlotTooLarge;
import dev.signet.http.CsrfRefused;
import dev.signet.http.FreshSignInRequired;
import dev.signet.http.NotAllowed;
import dev.signet.http.NotSignedIn;
import dev.signet.revocation.StoreUnavailable;
import io.javalin.config.RoutesConfig;
import io.javalin.http.Context;
import io.javalin.http.HttpResponseException;
import io.javalin.http.HttpStatus;
import io.javalin.http.NotFoundResponse;
import java.util.Objects;
import org.eclipse.jetty.http.HttpException;
import org.eclipse.jetty.io.EofException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** What is answered when a request is refused or fails. */
final class Refusals {
    private static final Logger LOG = LoggerFactory.getLogger(Refusals.class);

    private static final Problem STRANGER =
            new Problem(UNAUTHORIZED, "Please sign in first", "You are not signed in, or not any more.");
    private static final Problem NOT_FRESH = new Problem(
            UNAUTHORIZED, "Please enter your password again", "This page asks for it some time after you signed in.");
    private static final Problem OVERTAKEN =
            new Problem(CONFLICT, "Please sign in once more", "While you did, all your sessions were ended.");
    private static final Problem NO_ROLE =
            new Problem(FORBIDDEN, "This is not for you", "You are signed in, but may not do that.");
    private static final Problem FOREIGN = new Problem(
            FORBIDDEN, "Nothing was changed", "The page may have been open for too long. Open it again and retry.");
    private static final Problem UNDECIDED = new Problem(
            SERVICE_UNAVAILABLE, "Not possible just now", "Nothing was changed. Please retry in a few seconds.");
    private static final Problem STILL_SIGNED_IN = new Problem(
            SERVICE_UNAVAILABLE,
            "You are not signed out",
            "It could not be recorded. Retry in a few seconds, and do not leave this device to others before.");
    private static final Problem LOST =
            new Problem(NOT_FOUND, "There is no such page", "Its address may be mistyped, or it is gone.");
    private static final Problem UNREADABLE =
            new Problem(BAD_REQUEST, "That was cut short", "The request did not arrive whole. Please retry.");
    private static final Problem BROKEN =
            new Problem(INTERNAL_SERVER_ERROR, "That is our fault", "Something broke here. Please retry later.");

    private final SignInPage shop;
    private final SignInPage administration;

    Refusals(SignInPage shop, SignInPage administration) {
        this.shop = shop;
        this.administration = administration;
    }

    void answer(RoutesConfig routes) {
        routes.exception(NotSignedIn.class, (e, ctx) -> signIn(ctx, STRANGER));
        routes.exception(FreshSignInRequired.class, (e, ctx) -> signIn(ctx, NOT_FRESH));
        routes.exception(SignInOvertaken.class, (e, ctx) -> signIn(ctx, OVERTAKEN));
        routes.exception(NotAllowed.class, (e, ctx) -> NO_ROLE.answer(ctx));
        routes.exception(CsrfRefused.class, (e, ctx) -> FOREIGN.answer(ctx));
        routes.exception(SlotTooLarge.class, Refusals::full);
        routes.exception(StoreUnavailable.class, (e, ctx) -> unavailable(ctx));
        routes.exception(NotFoundResponse.class, (e, ctx) -> LOST.answer(ctx));
        routes.exception(HttpResponseException.class, Refusals::other);
        routes.exception(Exception.class, Refusals::broken);
    }

    private void signIn(Context ctx, Problem problem) {
        (Page.isAdministration(ctx) ? administration : shop).again(ctx, problem);
    }

    private static void full(SlotTooLarge e, Context ctx) {
        String title = "Your " + e.slot() + " is full";
        new Problem(CONTENT_TOO_LARGE, title, "There is no room for more. It is as it was before.").answer(ctx);
    }

    private static void unavailable(Context ctx) {
        ctx.header("Retry-After", "5");
        Problem problem = ctx.path().contains("/logout") ? STILL_SIGNED_IN : UNDECIDED;
        problem.answer(ctx);
    }

    private static void other(HttpResponseException e, Context ctx) {
        HttpStatus status = HttpStatus.forStatus(e.getStatus());
        new Problem(status, status.getMessage(), Objects.requireNonNullElse(e.getMessage(), "")).answer(ctx);
    }

    private static void broken(Exception e, Context ctx) {
        if (e instanceof EofException || e instanceof HttpException) {
            UNREADABLE.answer(ctx);
            return;
        }
        LOG.error("{} {} failed", ctx.method(), ctx.path(), e);
        BROKEN.answer(ctx);
    }
}
