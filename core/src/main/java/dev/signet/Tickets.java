package dev.signet;

import dev.signet.token.OsRandom;
import dev.signet.token.TokenCodec;
import dev.signet.token.Tokens;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Sessions to tickets and back. */
final class Tickets {
    private final Tokens tokens;
    private final TokenCodec sessions;
    private final TokenCodec visitors;
    private final @Nullable Audience readable;
    private final Duration skew;
    /** Makes tickets that nobody gets. */
    private final TokenCodec trial;

    Tickets(Tokens tokens, @Nullable Audience readable, Duration skew, SessionListener listener) {
        this.tokens = tokens;
        this.trial = readable == null ? tokens.tickets() : Tokens.readable(tokens.keys());
        this.sessions = MeteredCodec.around(trial, "ticket", listener);
        this.visitors = MeteredCodec.around(tokens.visitors(), "visitor", listener);
        this.readable = readable;
        this.skew = skew;
    }

    Session started(SignIn signIn, Lifetime lifetime, long now, long position) {
        long end = now + lifetime.absolute().toSeconds();
        return new Session(new TicketClaims(
                OsRandom.id(),
                signIn.subject(),
                now,
                now,
                now + lifetime.idle().toSeconds(),
                end,
                now,
                signIn.lifetime(),
                position,
                null,
                Set.of(),
                signIn.roles(),
                signIn.amr(),
                signIn.facts()));
    }

    Session visitor(Lifetime lifetime, long now) {
        return new Session(new TicketClaims(
                OsRandom.id(),
                null,
                now,
                now,
                now + lifetime.idle().toSeconds(),
                now + lifetime.absolute().toSeconds(),
                now,
                Session.DEFAULT_LIFETIME,
                0,
                null,
                Set.of(),
                Set.of(),
                List.of(),
                Map.of()));
    }

    /** A ticket that is too long for a cookie would be dropped by the browser without a word. */
    void requireFits(Session session) {
        int length = seal(trial, session, session.issuedAt()).length();
        if (length > LONGEST_TICKET) {
            throw new IllegalArgumentException("a ticket of " + length + " characters: a cookie holds " + LONGEST_TICKET
                    + "; use a shorter subject, fewer roles or facts");
        }
    }

    private static final int LONGEST_TICKET = TokenCodec.LONGEST_TOKEN - 64;

    String seal(Session session, Instant now) {
        return seal(session.isVisitor() ? visitors : sessions, session, now);
    }

    private String seal(TokenCodec codec, Session session, Instant now) {
        return codec.seal(out -> session.claims().write(out, session.isVisitor() ? null : readable), now);
    }

    Verification open(@Nullable String ticket, boolean visitor, Instant now) {
        if (ticket == null || ticket.isEmpty()) {
            return new Verification.Absent();
        }
        Duration longest = tokens.keys().ring().longestLifetime();
        Audience audience = visitor ? null : readable;
        TokenCodec codec = visitor ? visitors : sessions;
        return Deadlines.check(
                codec.open(ticket, now, (in, source) -> TicketClaims.read(in, visitor, audience, longest)), now, skew);
    }
}
