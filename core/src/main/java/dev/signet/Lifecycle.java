package dev.signet;

import dev.signet.revocation.Revocation;
import dev.signet.revocation.Revocations;
import dev.signet.token.OsRandom;
import java.time.Duration;
import java.time.InstantSource;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** How sessions begin, go on under another id, and end: all that the revocation log takes part in. Thread-safe. */
final class Lifecycle {
    private final Map<String, Lifetime> lifetimes;
    private final Lifetime visitors;
    private final Revocations revocations;
    private final Supplier<Duration> longest;
    private final InstantSource clock;
    private final SessionListener listener;
    private final Tickets tickets;
    private final Optional<Devices> devices;

    /** @param longest how long a session may live at most, by the key ring of the moment */
    Lifecycle(
            Map<String, Lifetime> lifetimes,
            Lifetime visitors,
            Revocations revocations,
            Supplier<Duration> longest,
            InstantSource clock,
            SessionListener listener,
            Tickets tickets,
            @Nullable Devices devices) {
        this.lifetimes = lifetimes;
        this.visitors = visitors;
        this.revocations = revocations;
        this.longest = longest;
        this.clock = clock;
        this.listener = listener;
        this.tickets = tickets;
        this.devices = Optional.ofNullable(devices);
    }

    Optional<Lifetime> lifetime(Session session) {
        boolean ordinary = session.lifetime().equals(Session.DEFAULT_LIFETIME);
        return Optional.ofNullable(session.isVisitor() && ordinary ? visitors : lifetimes.get(session.lifetime()));
    }

    Session start(SignIn signIn) {
        long held = signIn.checkedAt().orElseGet(revocations::position);
        long position = revocations.catchUp();
        if (revocations.groupEndedAfter(signIn.subject(), held)) {
            throw new SignInOvertaken();
        }
        Session session = startedAt(signIn, position);
        devices.ifPresent(listed -> listed.admit(session, signIn.label()));
        listener.started(session);
        return session;
    }

    void requireStartable(SignIn signIn) {
        startedAt(signIn, clock.millis());
    }

    private Session startedAt(SignIn signIn, long position) {
        Lifetime lifetime = lifetimes.get(signIn.lifetime());
        if (lifetime == null) {
            throw new IllegalArgumentException(
                    "lifetime '" + signIn.lifetime() + "' is not configured: there are " + lifetimes.keySet());
        }
        Session session = tickets.started(signIn, lifetime, second(), position);
        tickets.requireFits(session);
        Session unused = carrying(session, session, signIn.carried());
        return session;
    }

    Session startVisitor() {
        return tickets.visitor(visitors, second());
    }

    Session carrying(Session session, Session visitor, Set<String> slotNames) {
        if (slotNames.isEmpty()) {
            return session;
        }
        Session carrying = new Session(session.claims().carrying(visitor.id(), slotNames));
        tickets.requireFits(carrying);
        return carrying;
    }

    Session renew(Session session) {
        Lifetime lifetime = lifetime(session).orElse(null);
        if (lifetime == null || hasEnded(session)) {
            return session;
        }
        Session renewed =
                new Session(session.claims().renewed(second(), lifetime.idle().toSeconds()));
        listener.renewed(renewed);
        return renewed;
    }

    Optional<Session> restart(Session session, Set<String> roles) {
        TicketClaims old = session.claims();
        return replace(
                session,
                old.restarted(OsRandom.id(), old.authenticatedAt(), Set.copyOf(roles), old.amr(), old.facts()),
                "");
    }

    Optional<Session> restart(Session session, SignIn again) {
        if (!again.subject().equals(session.subject())) {
            throw new IllegalArgumentException("restart with a sign-in of somebody else: use start");
        }
        return replace(
                session,
                session.claims().restarted(OsRandom.id(), second(), again.roles(), again.amr(), again.facts()),
                again.label());
    }

    private Optional<Session> replace(Session old, TicketClaims claims, String label) {
        if (hasEnded(old)) {
            return Optional.empty();
        }
        Identity.requireSmall(claims.roles(), claims.amr(), claims.facts());
        Lifetime lifetime = lifetime(old).orElse(null);
        long idle = lifetime == null
                ? old.claims().idleUntil() - old.claims().issuedAt()
                : lifetime.idle().toSeconds();
        Session unplaced = new Session(claims.renewed(second(), idle));
        tickets.requireFits(unplaced);
        int most = devices.map(listed -> listed.requireListed(old)).orElse(0);
        boolean crowded = revocations.crowded(old.subject());
        OptionalLong position = revokeUnlessEnded(crowded ? Revocation.subject(old.subject()) : revocationOf(old), old);
        if (position.isEmpty()) {
            return Optional.empty();
        }
        Session replacement = crowded ? new Session(unplaced.claims().at(position.getAsLong())) : unplaced;
        if (!devices.map(listed -> listed.goesOn(old, replacement, label, most)).orElse(true)) {
            return Optional.empty();
        }
        listener.restarted(old, replacement);
        return Optional.of(replacement);
    }

    private static Revocation revocationOf(Session session) {
        return Revocation.session(session.id(), session.subject(), session.endsAt());
    }

    boolean hasEnded(Session session) {
        return !clock.instant().isBefore(session.endsAt());
    }

    private OptionalLong revokeUnlessEnded(Revocation revocation, Session presented) {
        return revocations.revokeUnlessEnded(
                revocation,
                longest.get(),
                presented.id(),
                presented.subject(),
                presented.claims().position());
    }

    void end(Session session) {
        if (!session.isVisitor()) {
            revocations.revoke(revocationOf(session), longest.get());
        }
        listener.ended(session);
    }

    void supersede(Session session) {
        if (!session.isVisitor()) {
            revocations.revokeExactly(revocationOf(session), longest.get());
        }
        listener.ended(session);
    }

    Optional<Session> endOthers(Session session) {
        int most = devices.map(listed -> listed.requireListed(session)).orElse(0);
        Revocation others = Revocation.subject(session.subject());
        OptionalLong position = revokeUnlessEnded(others, session);
        if (position.isEmpty()) {
            return Optional.empty();
        }
        Session alone = new Session(session.claims().at(position.getAsLong()));
        boolean goesOn =
                devices.map(listed -> listed.goesOn(session, alone, "", most)).orElse(true);
        listener.revoked(others);
        return goesOn ? Optional.of(alone) : Optional.empty();
    }

    void endEverywhere(Session session) {
        revoke(Revocation.subject(session.subject()));
        listener.ended(session);
    }

    void revoke(Revocation revocation) {
        revocations.revoke(revocation, longest.get());
        listener.revoked(revocation);
    }

    private long second() {
        return clock.instant().getEpochSecond();
    }
}
