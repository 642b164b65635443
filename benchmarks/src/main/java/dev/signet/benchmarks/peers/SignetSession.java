package dev.signet.benchmarks.peers;

import dev.signet.Session;
import dev.signet.Sessions;
import dev.signet.SignIn;
import dev.signet.Slot;
import dev.signet.benchmarks.Content;
import dev.signet.benchmarks.Content.State;
import dev.signet.keys.KeyRing;
import dev.signet.revocation.Revocations;

/** Signet as applications use it: who somebody is in a ticket, which is held against the revocations, and the state in a slot. Thread-safe. */
public final class SignetSession {
    private static final Slot<State> STATE =
            Slot.of("state", State.class, State.EMPTY).atMost(3800);

    private final Sessions sessions = Sessions.with(KeyRing.generate())
            .application("shop")
            .revocations(Revocations.inMemory())
            .build();

    /** What a browser holds. */
    public record Cookies(String ticket, String slot) {}

    public Session start(Content content) {
        return sessions.start(SignIn.as(content.subject()));
    }

    public String sealTicket(Session session) {
        return sessions.issue(session);
    }

    public Cookies seal(Session session, Content content) {
        return new Cookies(sessions.issue(session), sessions.seal(sessions.content(STATE, content.state()), session));
    }

    public Session openTicket(String ticket) {
        return sessions.verify(ticket).active().orElseThrow();
    }

    public Content open(Cookies cookies) {
        Session session = openTicket(cookies.ticket());
        return new Content(
                session.id(),
                session.subject(),
                session.issuedAt().getEpochSecond(),
                session.endsAt().getEpochSecond(),
                sessions.read(STATE, cookies.slot(), session).orElseThrow());
    }
}
