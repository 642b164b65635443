package dev.signet.benchmarks.server;

import dev.signet.Session;
import dev.signet.SignIn;
import dev.signet.Slot;
import dev.signet.benchmarks.Content;
import dev.signet.benchmarks.Content.State;
import dev.signet.http.WebSession;
import dev.signet.javalin.SessionPlugin;
import dev.signet.keys.KeyRing;
import io.javalin.config.JavalinConfig;
import io.javalin.http.Context;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Signet as an application uses it, with everything that is on unless told otherwise: the ticket alone, or the state in a slot too. */
final class SignetSessions implements Keeping {
    static final Slot<State> STATE = Slot.of("state", State.class, State.EMPTY).atMost(3800);

    private final @Nullable Slot<State> slot;

    /** @param slot where the state is kept, or null for the ticket alone */
    SignetSessions(@Nullable Slot<State> slot) {
        this.slot = slot;
    }

    @Override
    public void prepare(JavalinConfig config) {
        config.registerPlugin(new SessionPlugin(s -> {
            s.keys = KeyRing.generate();
            s.application = "shop";
            s.slots = slot == null ? List.of() : List.of(slot);
        }));
    }

    @Override
    public void start(Context ctx, Content content) {
        WebSession session = SessionPlugin.session(ctx);
        session.start(SignIn.as(content.subject()));
        if (slot != null) {
            session.set(slot, content.state());
        }
    }

    @Override
    public @Nullable Content open(Context ctx) {
        WebSession session = SessionPlugin.session(ctx);
        Session ticket = session.current().orElse(null);
        if (ticket == null) {
            return null;
        }
        return new Content(
                ticket.id(),
                ticket.subject(),
                ticket.issuedAt().getEpochSecond(),
                ticket.endsAt().getEpochSecond(),
                slot == null ? Visitors.ADA.state() : session.get(slot));
    }
}
