package dev.signet.javalin;

import dev.signet.http.Standing;
import io.javalin.websocket.WsContext;

/** Why a socket was closed, for the page that opened it (RFC 6455 §7.4). */
enum CloseCode {
    /** Open it again: the browser may have a newer ticket by now. */
    IDLE(4001, "idle"),
    /** The session has ended. */
    ENDED(4003, "session ended"),
    /** Try again later: whether the session was revoked cannot be told now. */
    UNDECIDED(1013, "try again later");

    private final int code;
    private final String reason;

    CloseCode(int code, String reason) {
        this.code = code;
        this.reason = reason;
    }

    static CloseCode of(Standing standing) {
        return switch (standing) {
            case IDLE -> IDLE;
            case UNDECIDED -> UNDECIDED;
            default -> ENDED;
        };
    }

    void close(WsContext ctx) {
        ctx.closeSession(code, reason);
    }
}
