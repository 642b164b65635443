package dev.signet.http;

import dev.signet.Session;
import dev.signet.Sessions;
import dev.signet.Verification;
import dev.signet.revocation.StoreUnavailable;
import java.time.Duration;
import java.util.Optional;
import java.util.Set;

/** One request's view of its session, however its ticket came: what handlers and guards ask of both kinds. Thread-safe. */
public abstract sealed class RequestSession permits WebSession, BearerSession {
    final Sessions sessions;
    final Exchange exchange;
    /** Where the revocation log stood, so that a sign-in is overtaken by what was revoked while its credentials were checked. */
    final long arrivedAt;

    RequestSession(Sessions sessions, Exchange exchange) {
        this.sessions = sessions;
        this.exchange = exchange;
        this.arrivedAt = sessions.position();
    }

    /**
     * Who is signed in.
     *
     * @throws NotSignedIn if nobody is
     * @throws StoreUnavailable if that cannot be told now
     */
    public synchronized String subject() {
        return require().subject();
    }

    /** The signed-in session; empty for strangers, and when it cannot be told whether the session was revoked. */
    public abstract Optional<Session> current();

    /** What became of the ticket that this request presented. */
    public abstract Verification verification();

    /** Who is signed in, or one of the refusals that adapters answer. */
    abstract Session require();

    /** A refusal that is about to be thrown, for the response to say more about it. */
    <X extends RuntimeException> X refusing(X refusal) {
        return refusal;
    }

    /**
     * Insists that credentials were checked within this time.
     *
     * @throws FreshSignInRequired if not: ask for them again
     */
    public synchronized void requireFresh(Duration within) {
        long seconds = sessions.clock().instant().getEpochSecond()
                - require().authenticatedAt().getEpochSecond();
        if (seconds > within.toSeconds()) {
            throw refusing(new FreshSignInRequired());
        }
    }

    /**
     * Insists on any of these roles, or on anybody signed in when there are none.
     *
     * @throws NotSignedIn if nobody is signed in
     * @throws NotAllowed if somebody is, without the role
     */
    public synchronized void requireRole(Set<String> anyOf) {
        Session session = require();
        if (!anyOf.isEmpty() && anyOf.stream().noneMatch(session.roles()::contains)) {
            throw refusing(new NotAllowed());
        }
    }

    /**
     * This request asks the revocation store itself: for what must not rely on news that may be seconds old. Waits for the store, up to its timeout; without
     * an answer it is undecided who is there.
     */
    public abstract void authoritative();

    /** For adapters, just before the response is committed: writes what was changed. Does it once, and never throws. */
    public abstract void commit(ResponseHead head);

    /** For adapters, of a connection that stays open: how it stands now. Waits neither for a store nor for whoever waits for one. */
    public abstract Standing standing();
}
