package dev.signet.javalin;

import io.javalin.security.RouteRole;

/** Marks that a route can have beside the application's own roles. */
public enum SessionRoute implements RouteRole {
    /** Starts sessions: an old form reaches the handler, as {@code csrfStale()}, instead of locking somebody out. */
    SIGN_IN,
    /** For anybody who is signed in, whatever their roles. */
    SIGNED_IN,
    /** Asks the revocation store itself, instead of relying on news that may be seconds old. */
    AUTHORITATIVE,
    /** Does not renew the session: for what a page does on its own, such as polling. */
    NO_RENEWAL,
    /** Is not guarded against requests caused by other sites: for those that prove in another way where they come from, such as web hooks. */
    CSRF_EXEMPT
}
