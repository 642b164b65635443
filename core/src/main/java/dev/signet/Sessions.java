package dev.signet;

import dev.signet.keys.KeyRing;
import dev.signet.keys.PublicKeys;
import dev.signet.revocation.Revocation;
import dev.signet.revocation.Revocations;
import dev.signet.revocation.StoreUnavailable;
import dev.signet.revocation.Verdict;
import dev.signet.token.HeldKeys;
import dev.signet.token.Tokens;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Issues and verifies the sessions of one application: the whole of Signet without the web. Thread-safe.
 *
 * <pre>{@code
 * Sessions sessions = Sessions.with(keys).application("shop").revocations(revocations).build();
 * String ticket = sessions.issue(sessions.start("ada"));
 * sessions.verify(ticket).active().ifPresent(session -> …);
 * }</pre>
 *
 * <p>Starting, restarting, ending and revoking may wait for the revocation store, up to its timeout; nothing else does.
 */
public final class Sessions implements AutoCloseable {
    private final String application;
    private final String name;
    private final TokenFormat format;
    private final Map<String, Lifetime> lifetimes;
    private final Lifetime visitors;
    private final Revocations revocations;
    private final Duration skew;
    private final InstantSource clock;
    private final SessionListener listener;
    private final Tokens tokens;
    private final Tickets tickets;
    private final @Nullable Devices devices;
    private final Lifecycle lifecycle;
    private final Slots slots;

    Sessions(SessionsBuilder from) {
        this.application = from.application;
        this.name = from.name;
        this.format = from.format;
        this.lifetimes = Map.copyOf(from.lifetimes);
        this.visitors = from.visitors == null ? from.ordinary() : from.visitors;
        this.revocations = from.revocations;
        this.skew = from.skew;
        this.clock = from.clock;
        this.devices = devices(from);
        this.listener = devices == null
                ? new GuardedListener(from.listener)
                : new GuardedListener(devices.news(), from.listener);
        requireAllowedLifetimes(from.keys.longestLifetime());
        from.requireAssurance();
        from.requireUsefulIndex();
        this.tokens = new Tokens(
                new HeldKeys(from.keys, clock), application, name, format == TokenFormat.SIGNED_THEN_ENCRYPTED);
        this.tickets = new Tickets(tokens, format == TokenFormat.SIGNED ? from.readable : null, skew, listener);
        this.lifecycle = new Lifecycle(
                lifetimes, visitors, revocations, this::longestLifetime, clock, listener, tickets, devices);
        this.slots = new Slots(tokens, longestAbsolute(), skew, listener);
        try {
            requireKeys();
        } catch (RuntimeException unusable) {
            tokens.close();
            throw unusable;
        }
    }

    private void requireKeys() {
        if (format != TokenFormat.SIGNED) {
            tokens.keys().sealing(now());
        }
        if (format != TokenFormat.ENCRYPTED) {
            tokens.keys().signing(now());
        }
    }

    private @Nullable Devices devices(SessionsBuilder from) {
        return from.index == null
                ? null
                : new Devices(
                        from.index,
                        from.limit,
                        revocations,
                        this::longestLifetime,
                        clock,
                        new GuardedListener(from.listener));
    }

    /** Starts configuring sessions that are sealed with this key ring, which is followed if it came from a source. */
    public static SessionsBuilder with(KeyRing keys) {
        return new SessionsBuilder(keys);
    }

    /** The session cookie's generic name, {@code session} unless configured. */
    public String name() {
        return name;
    }

    public TokenFormat format() {
        return format;
    }

    public InstantSource clock() {
        return clock;
    }

    public Revocations revocations() {
        return revocations;
    }

    public SessionListener listener() {
        return listener;
    }

    /**
     * Where people are signed in.
     *
     * @throws IllegalStateException if no index was configured that lists it
     */
    public Devices devices() {
        if (devices == null) {
            throw new IllegalStateException(
                    "nothing lists the sessions: set index(…), such as SessionIndex.inMemory()");
        }
        return devices;
    }

    /** The lifetime of this session's name, or none when it was configured away: then it is valid until it ends, and never renewed. */
    public Optional<Lifetime> lifetime(Session session) {
        return lifecycle.lifetime(session);
    }

    /** Where the revocation log stands; take it before checking credentials that take several requests, for {@link SignIn#checkedAt}. */
    public long position() {
        return revocations.position();
    }

    /**
     * As {@link #start(SignIn)} of nothing but a subject.
     *
     * @throws SignInOvertaken as {@link #start(SignIn)}
     * @throws TooManySessions as {@link #start(SignIn)}
     * @throws StoreUnavailable as {@link #start(SignIn)}
     * @throws IllegalArgumentException if the subject is not 1 to 255 characters
     */
    public Session start(String subject) {
        return start(SignIn.as(subject));
    }

    /**
     * Starts the session of somebody whose credentials were just checked.
     *
     * @throws SignInOvertaken if this subject, or everyone, was signed out since the credentials were checked
     * @throws TooManySessions if there is a limit that refuses, and as many sessions of this subject are live
     * @throws StoreUnavailable if the revocation store cannot tell, or there is a limit and the index cannot
     * @throws IllegalArgumentException if the lifetime's name is not configured, or the ticket would not fit into a cookie
     */
    public Session start(SignIn signIn) {
        return lifecycle.start(signIn);
    }

    /**
     * Checks what {@link #start} would refuse as a mistake of the program, before anything is ended for it.
     *
     * @throws IllegalArgumentException if the lifetime's name is not configured, or the ticket would not fit into a cookie
     */
    public void requireStartable(SignIn signIn) {
        lifecycle.requireStartable(signIn);
    }

    /** Starts the visit of somebody who is not signed in. Grants nothing, so it is not in the revocation log. */
    public Session startVisitor() {
        return lifecycle.startVisitor();
    }

    /**
     * The session with the slots of a visitor that stay readable under that visitor's id until they are written again.
     *
     * @param slotNames names of slots; none for nothing carried
     * @throws IllegalArgumentException if the ticket would not fit into a cookie with them
     */
    public Session carrying(Session session, Session visitor, Set<String> slotNames) {
        return lifecycle.carrying(session, visitor, slotNames);
    }

    /** Seals a session as a ticket. */
    public String issue(Session session) {
        return tickets.seal(session, now());
    }

    /** Opens the ticket of a session and decides. A missing one may be null or empty. */
    public Verification verify(@Nullable String ticket) {
        return verify(ticket, false);
    }

    /** As {@link #verify(String)}, but asks the store itself instead of the replica: for what must not rely on news that may be seconds old. */
    public Verification verifyAtStore(@Nullable String ticket) {
        return verify(ticket, true);
    }

    private Verification verify(@Nullable String ticket, boolean atStore) {
        Verification verification = tickets.open(ticket, false, now());
        Session session = verification.active().orElse(null);
        return told(session == null ? verification : decide(session, atStore));
    }

    /** To the millisecond, which the system tells in half the time; deadlines are whole seconds. */
    private Instant now() {
        return Instant.ofEpochMilli(clock.millis());
    }

    private Verification decide(Session session, boolean atStore) {
        TicketClaims claims = session.claims();
        Verdict verdict = atStore
                ? revocations.askStore(claims.sid(), session.subject(), claims.position())
                : revocations.ask(claims.sid(), session.subject(), claims.position());
        return switch (verdict) {
            case LIVE -> new Verification.Active(session);
            case ENDED -> new Verification.Revoked(session);
            case UNDECIDED -> new Verification.Undecided(session);
        };
    }

    private Verification told(Verification verification) {
        if (verification.outcome() != Verification.Outcome.ACTIVE
                && verification.outcome() != Verification.Outcome.ABSENT) {
            listener.refused(verification);
        }
        return verification;
    }

    /** Opens the ticket of a visitor; never revoked or undecided. */
    public Verification verifyVisitor(@Nullable String ticket) {
        return told(tickets.open(ticket, true, now()));
    }

    /** Decides again about a session that was active before, without its ticket: for responses that end late and connections that stay open. */
    public Verification recheck(Session session) {
        if (lifecycle.hasEnded(session)) {
            return new Verification.Expired();
        }
        return session.isVisitor() ? new Verification.Active(session) : decide(session, false);
    }

    /** Whether so much time has passed since the ticket was issued that it should be issued again, and it can still be. */
    public boolean renewalDue(Session session) {
        Lifetime lifetime = lifetime(session).orElse(null);
        TicketClaims claims = session.claims();
        long second = now().getEpochSecond();
        return lifetime != null
                && claims.idleUntil() < claims.endsAt()
                && second < claims.idleUntil()
                && second >= claims.issuedAt() + lifetime.renewAfter().toSeconds();
    }

    /** The same session with a later idle deadline, or as it is if it has ended or its lifetime is configured no more; id, absolute deadline and slots stay. */
    public Session renew(Session session) {
        return lifecycle.renew(session);
    }

    /**
     * The same session under a new id, with other roles; the old id is revoked.
     *
     * @return empty if the session was ended meanwhile: nothing is issued then
     * @throws StoreUnavailable if the revocation cannot be recorded; or, under a limit, the new id not be listed: if the index fails between the two, the
     *     session has ended
     */
    public Optional<Session> restart(Session session, Set<String> roles) {
        return lifecycle.restart(session, roles);
    }

    /**
     * The same session under a new id, after credentials were checked again; the old id is revoked. The absolute deadline stays.
     *
     * @throws IllegalArgumentException if it is somebody else who signed in: start a session then
     * @return empty if the session was ended meanwhile: nothing is issued then
     * @throws StoreUnavailable as {@link #restart(Session, Set)}
     */
    public Optional<Session> restart(Session session, SignIn again) {
        return lifecycle.restart(session, again);
    }

    /**
     * Ends a session: its ticket and every copy of it are refused from now on. After 64 sessions of a subject that were ended one by one and are still
     * remembered, the next one ends all of them.
     *
     * @throws StoreUnavailable if that could not be recorded: then do not say that it was
     */
    public void end(Session session) {
        lifecycle.end(session);
    }

    /**
     * Ends a session because another one begins in its place. As {@link #end}, but it never takes other sessions along.
     *
     * @throws StoreUnavailable if that could not be recorded
     */
    public void supersede(Session session) {
        lifecycle.supersede(session);
    }

    /**
     * Ends every other session of the same subject.
     *
     * @return the session as it has to be issued again, or empty if it was itself ended meanwhile
     * @throws StoreUnavailable if that could not be recorded, or, under a limit, the index does not answer
     */
    public Optional<Session> endOthers(Session session) {
        return lifecycle.endOthers(session);
    }

    /**
     * Ends every session of the same subject, this one included.
     *
     * @throws StoreUnavailable if that could not be recorded
     */
    public void endEverywhere(Session session) {
        lifecycle.endEverywhere(session);
    }

    /**
     * Ends sessions by decision of the server.
     *
     * @throws StoreUnavailable if that could not be recorded
     */
    public void revoke(Revocation revocation) {
        lifecycle.revoke(revocation);
    }

    /**
     * Serialises a slot's value and measures it.
     *
     * @throws SlotTooLarge if it is larger than its slot may be
     * @throws IllegalArgumentException if it has no JSON form that can be read again
     */
    public <T> SlotContent content(Slot<T> slot, T value) {
        SlotContent content = slot.content(value);
        int size = sealedSize(content);
        if (size > slot.maximum()) {
            throw new SlotTooLarge(slot.name(), size, slot.maximum(), "raise it with atMost(…), or store less");
        }
        return content;
    }

    /** The most bytes that a content takes once it is sealed. */
    public int sealedSize(SlotContent content) {
        return slots.sealedLength(content);
    }

    /** Seals a slot's value for a session or visitor. */
    public String seal(SlotContent content, Session owner) {
        return slots.seal(content, owner, now());
    }

    /** Opens a slot's token; empty when it is missing, refused, expired, or neither this session's nor carried along by it. */
    public Optional<SlotContent> open(String slotName, @Nullable String token, Session owner) {
        return told(slotName, slots.open(slotName, token, owner, now()));
    }

    /**
     * Opens a slot's token and reads its value; empty when it is missing, refused, expired, neither this session's nor carried along by it, or not of the
     * slot's type any more.
     */
    public <T> Optional<T> read(Slot<T> slot, @Nullable String token, Session owner) {
        return told(slot.name(), slots.read(slot, token, owner, now()));
    }

    private <T> Optional<T> told(String slotName, SlotOpening<T> opening) {
        if (opening.refused() != null) {
            listener.slotRefused(slotName, opening.refused());
        }
        return Optional.ofNullable(opening.value());
    }

    /** A slot's value of its content; empty, and told to the listener, when the content is not of its type any more. */
    public <T> Optional<T> value(Slot<T> slot, SlotContent content) {
        try {
            return Optional.of(slot.value(content));
        } catch (RuntimeException unfit) {
            listener.slotRefused(slot.name(), Verification.Cause.CLAIMS);
            return Optional.empty();
        }
    }

    /** A token that proves, in a form or header, that a request comes from a page of this session; different each time (against BREACH). */
    public String csrfToken(Session session) {
        return tokens.csrfToken(session.id(), now());
    }

    /** Whether a CSRF token was made for this session. */
    public boolean csrfTokenFits(@Nullable String token, Session session) {
        return tokens.csrfTokenFits(token, session.id(), now());
    }

    /**
     * The keys with which others verify these tickets, as they are now; for an address that a {@link Verifier} elsewhere reads its key ring from.
     *
     * @throws IllegalStateException unless tickets are {@link SessionsBuilder#readableByHolder}: nobody else can verify any other
     */
    public PublicKeys publicKeys() {
        if (format != TokenFormat.SIGNED) {
            throw new IllegalStateException("session '" + name + "' has the format " + format
                    + ", which nobody elsewhere can verify: say readableByHolder(issuer, audience)");
        }
        return tokens.keys().published(now());
    }

    /** Reads the key ring's source again at once, instead of at the next poll. */
    public void refreshKeys() {
        tokens.keys().refresh();
    }

    /** Stops following keys and revocations, and closes the index. */
    @Override
    public void close() {
        if (devices != null) {
            devices.close();
        }
        tokens.close();
        revocations.close();
    }

    private Duration longestLifetime() {
        return tokens.keys().ring().longestLifetime();
    }

    private Duration longestAbsolute() {
        return lifetimes.values().stream()
                .map(Lifetime::absolute)
                .reduce(visitors.absolute(), (a, b) -> a.compareTo(b) > 0 ? a : b);
    }

    private void requireAllowedLifetimes(Duration longest) {
        if (longestAbsolute().compareTo(longest) > 0) {
            throw new IllegalArgumentException(
                    "an absolute lifetime of " + longestAbsolute() + " is longer than the key ring allows, " + longest
                            + ": shorten it, or use withLongestLifetime(…)");
        }
    }
}
