package dev.signet.javalin;

import dev.signet.SignInOvertaken;
import dev.signet.SlotTooLarge;
import dev.signet.TooManySessions;
import dev.signet.http.CsrfRefused;
import dev.signet.http.NotAllowed;
import dev.signet.http.NotSignedIn;
import dev.signet.revocation.StoreUnavailable;
import io.javalin.config.JavalinState;
import io.javalin.http.Context;
import io.javalin.router.InternalRouter;
import java.lang.reflect.InaccessibleObjectException;
import java.lang.reflect.Method;
import java.util.Map;

/** What is answered to requests that a session refuses: a status and a word, never details. An application's own answers win. */
final class ErrorAnswers {
    private static final String RETRY_AFTER_SECONDS = "5";

    private ErrorAnswers() {}

    static void register(JavalinState state) {
        answer(state, NotSignedIn.class, 401, "sign in");
        answer(state, NotAllowed.class, 403, "not allowed");
        answer(state, CsrfRefused.class, 403, "request refused");
        answer(state, SignInOvertaken.class, 409, "sign in again");
        answer(state, TooManySessions.class, 409, "too many sessions");
        answer(state, SlotTooLarge.class, 413, "too much to keep");
        answer(state, StoreUnavailable.class, 503, "try again later");
    }

    private static void answer(JavalinState state, Class<? extends Exception> refusal, int status, String word) {
        if (!isMapped(state.internalRouter, refusal)) {
            state.routes.exception(refusal, (thrown, ctx) -> write(ctx, status, word));
        }
    }

    private static void write(Context ctx, int status, String word) {
        if (status == 503) {
            ctx.header("Retry-After", RETRY_AFTER_SECONDS);
        }
        String accepted = ctx.header("Accept");
        if (accepted != null && accepted.contains("application/json")) {
            ctx.status(status)
                    .contentType("application/json")
                    .result("{\"error\":\"" + word + "\",\"status\":" + status + "}");
        } else {
            ctx.status(status).contentType("text/plain").result(word);
        }
    }

    /**
     * Whether the application has registered an answer of its own before it registered the plugin; what it registers later replaces ours anyway. Javalin
     * does not tell this in public, so where modules forbid to look, ours replaces it.
     */
    private static boolean isMapped(InternalRouter router, Class<? extends Exception> refusal) {
        try {
            Method mapper = InternalRouter.class.getDeclaredMethod("getHttpExceptionMapper");
            mapper.setAccessible(true);
            Object exceptions = mapper.invoke(router);
            Object handlers = exceptions.getClass().getMethod("getHandlers").invoke(exceptions);
            return handlers instanceof Map<?, ?> map && map.containsKey(refusal);
        } catch (ReflectiveOperationException | InaccessibleObjectException hidden) {
            return false;
        }
    }
}
