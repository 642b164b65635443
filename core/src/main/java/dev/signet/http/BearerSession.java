package dev.signet.http;

import dev.signet.Session;
import dev.signet.Sessions;
import dev.signet.SignIn;
import dev.signet.Verification;
import dev.signet.revocation.StoreUnavailable;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * One request's view of a session whose ticket comes in {@code Authorization: Bearer …} (RFC 6750 §2.1), for API clients. Thread-safe.
 *
 * <p>No cookie is read or written, so there are no visitors, no slots and no CSRF tokens; browsers send such a header for no other site. Nothing is opened
 * before somebody asks. A ticket that is issued here is for the application to hand over in the body of its answer, and is not renewed by being used.
 */
public final class BearerSession extends RequestSession {
    private boolean atStore;
    private boolean changed;
    private @Nullable Verification verification;
    private @Nullable RuntimeException refusal;
    /** Whose open connection this is: still so once the session has ended, so that the connection ends too. */
    private volatile @Nullable Session connected;

    private BearerSession(Sessions sessions, Exchange exchange) {
        super(sessions, exchange);
    }

    /**
     * The view of one request. Cheap: no header is looked at before somebody asks.
     *
     * @param sessions of a name that no session in cookies has, so that the ticket of one is none of the other
     */
    public static BearerSession of(Sessions sessions, Exchange exchange) {
        return new BearerSession(sessions, exchange);
    }

    private Verification presented() {
        Verification known = verification;
        if (known == null) {
            String ticket = BearerHeader.ticket(exchange.headers("Authorization"));
            known = atStore ? sessions.verifyAtStore(ticket) : sessions.verify(ticket);
            know(known);
        }
        return known;
    }

    private void know(Verification known) {
        verification = known;
        known.active().ifPresent(session -> connected = session);
    }

    @Override
    Session require() {
        Verification known = presented();
        if (known.outcome() == Verification.Outcome.UNDECIDED) {
            throw new StoreUnavailable("whether this session was revoked cannot be told now");
        }
        return known.active().orElseThrow(() -> refusing(new NotSignedIn()));
    }

    @Override
    <X extends RuntimeException> X refusing(X why) {
        refusal = why;
        return why;
    }

    @Override
    public synchronized Optional<Session> current() {
        return presented().active();
    }

    @Override
    public synchronized Verification verification() {
        return presented();
    }

    public BearerTicket start(String subject) {
        return start(SignIn.as(subject));
    }

    /**
     * Starts the session of somebody whose credentials were just checked. One that the request presented goes on: end it if it should not.
     *
     * @throws dev.signet.SignInOvertaken if they were signed out everywhere meanwhile
     * @throws StoreUnavailable if the revocation store cannot tell
     */
    public synchronized BearerTicket start(SignIn signIn) {
        return issued(sessions.start(signIn.checkedAt().isPresent() ? signIn : signIn.checkedAt(arrivedAt)));
    }

    /**
     * The same session with a later idle deadline, never past its absolute one, as a new ticket. The old one is good until its own deadline.
     *
     * @throws NotSignedIn if nobody is signed in
     */
    public synchronized BearerTicket renew() {
        return issued(sessions.renew(require()));
    }

    /**
     * Ends every other session of the same subject. The ticket that was presented is no good either from then on.
     *
     * @throws NotSignedIn if nobody is signed in, or the session was itself ended meanwhile
     */
    public synchronized BearerTicket endOthers() {
        return issued(sessions.endOthers(require()).orElseThrow(() -> refusing(new NotSignedIn())));
    }

    /**
     * Signs out: the session and every copy of its ticket are refused from now on.
     *
     * @return whether there was a session to end
     * @throws StoreUnavailable if that could not be recorded: do not say that it was
     */
    public synchronized boolean end() {
        Optional<Session> session = Presented.session(presented());
        session.ifPresent(sessions::end);
        decided(new Verification.Absent());
        return session.isPresent();
    }

    /** As {@link #end}, for every session of the same subject; a ticket whose idle deadline has passed ends only its own. */
    public synchronized boolean endEverywhere() {
        if (presented() instanceof Verification.Expired) {
            return end();
        }
        Optional<Session> session = Presented.session(presented());
        session.ifPresent(sessions::endEverywhere);
        decided(new Verification.Absent());
        return session.isPresent();
    }

    private BearerTicket issued(Session session) {
        decided(new Verification.Active(session));
        long left = session.idleUntil().getEpochSecond()
                - sessions.clock().instant().getEpochSecond();
        return new BearerTicket(session, sessions.issue(session), Math.max(0, left));
    }

    private void decided(Verification since) {
        know(since);
        refusal = null;
        changed = true;
    }

    @Override
    public synchronized void authoritative() {
        atStore = true;
        if (!changed) {
            verification = null;
        }
    }

    /** Keeps the response out of every cache, and challenges whoever was refused (RFC 6750 §3). */
    @Override
    public synchronized void commit(ResponseHead head) {
        if (verification != null) {
            CacheHeaders.forbid(head);
            challenge().ifPresent(challenge -> head.add("WWW-Authenticate", challenge));
            refusal = null;
        }
    }

    /** The same for every cause; the scheme has to be followed by a parameter, so there is a realm (RFC 6750 §3, §3.1; RFC 9470 §3). */
    private Optional<String> challenge() {
        String realm = "Bearer realm=\"" + sessions.name() + "\"";
        if (refusal instanceof NotAllowed) {
            return Optional.of(realm + ", error=\"insufficient_scope\"");
        } else if (refusal instanceof FreshSignInRequired) {
            return Optional.of(realm + ", error=\"insufficient_user_authentication\"");
        } else if (refusal instanceof NotSignedIn) {
            boolean sent = presented().outcome() != Verification.Outcome.ABSENT;
            return Optional.of(sent ? realm + ", error=\"invalid_token\"" : realm);
        }
        return Optional.empty();
    }

    @Override
    public Standing standing() {
        Session session = connected;
        return session == null ? Standing.STANDING : Standing.of(session, sessions);
    }

    /** Says who, and nothing secret. */
    @Override
    public synchronized String toString() {
        return verification == null
                ? "BearerSession[not asked yet]"
                : "BearerSession[" + verification.active().orElse(null) + "]";
    }
}
