package dev.signet.benchmarks.server;

import dev.signet.benchmarks.Content;
import dev.signet.benchmarks.peers.LimitSession;
import dev.signet.benchmarks.peers.SignetSession.Cookies;
import io.javalin.config.JavalinConfig;
import io.javalin.http.Context;
import java.io.IOException;
import java.security.GeneralSecurityException;
import org.jspecify.annotations.Nullable;

/**
 * What cookies of Signet's format demand of whoever implements them: opened by the JDK and Jackson in the handler itself. Nothing else is done: no revocations, no
 * guard, nothing about the response but that no cache keeps it.
 */
final class LimitCookies implements Keeping {
    /** As long as Signet's names. */
    private static final String TICKET = "__Host-session";

    private static final String SLOT = TICKET + ".state";

    private final boolean slot;
    private final ThreadLocal<LimitSession> sessions;

    LimitCookies(boolean slot, boolean compressed) {
        this.slot = slot;
        LimitSession.Keys keys = LimitSession.Keys.generate();
        sessions = ThreadLocal.withInitial(() -> new LimitSession(keys, compressed));
    }

    @Override
    public void prepare(JavalinConfig config) {
        Keeping.cacheNoHeaders(config);
    }

    @Override
    public void start(Context ctx, Content content) {
        try {
            Cookies cookies = sessions.get().seal(content);
            ctx.cookie(TICKET, cookies.ticket());
            if (slot) {
                ctx.cookie(SLOT, cookies.slot());
            }
        } catch (GeneralSecurityException | IOException impossible) {
            throw new IllegalStateException(impossible);
        }
    }

    @Override
    public @Nullable Content open(Context ctx) {
        ctx.header("Cache-Control", "no-store");
        ctx.header("Vary", "Cookie");
        String ticket = ctx.cookie(TICKET);
        String state = slot ? ctx.cookie(SLOT) : "";
        if (ticket == null || state == null) {
            return null;
        }
        try {
            return slot
                    ? sessions.get().open(new Cookies(ticket, state))
                    : sessions.get().openTicket(ticket).with(Visitors.ADA.state());
        } catch (GeneralSecurityException | IOException | IllegalArgumentException | IllegalStateException refused) {
            return null;
        }
    }
}
