package dev.signet.http;

import dev.signet.Session;
import dev.signet.Verification;
import dev.signet.Verification.Cause;
import dev.signet.Verification.Expired;
import dev.signet.Verification.Invalid;
import dev.signet.Verification.Outcome;
import dev.signet.Verification.Revoked;
import dev.signet.Verification.Undecided;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** What a request brought along: its cookies, and what its tickets turned out to be. Not thread-safe. */
final class Presented {
    private final WebSessions definition;
    private final Exchange exchange;
    private final RequestCookies cookies;
    private Verification ticket;
    private @Nullable Verification visitor;

    Presented(WebSessions definition, Exchange exchange, boolean atStore) {
        this.definition = definition;
        this.exchange = exchange;
        this.cookies = new RequestCookies(exchange.headers("Cookie"), definition.ticketName());
        this.ticket = definition.verify(cookies.all(definition.ticketName()), false, atStore);
    }

    RequestCookies cookies() {
        return cookies;
    }

    void verifyAtStore() {
        ticket = definition.verify(cookies.all(definition.ticketName()), false, true);
    }

    Verification ticket() {
        return ticket;
    }

    boolean undecided() {
        return ticket instanceof Undecided;
    }

    /** The session that is presented, undecided or not. */
    Optional<Session> authentic() {
        return ticket instanceof Undecided undecided ? Optional.of(undecided.unconfirmed()) : ticket.active();
    }

    /**
     * Sessions of tickets that are no good here, but of which good copies may exist: one whose idle deadline has passed, since a copy may have been renewed, and
     * those of tickets that came more than once.
     */
    List<Session> spent() {
        return each().flatMap(one -> session(one).stream()).toList();
    }

    /** Sessions of tickets that were ended, which a restart in a parallel request may have replaced. */
    List<Session> ended() {
        return each().filter(Revoked.class::isInstance)
                .map(one -> ((Revoked) one).ended())
                .toList();
    }

    private Stream<Verification> each() {
        if (!(ticket instanceof Invalid invalid && invalid.cause() == Cause.DUPLICATE)) {
            return Stream.of(ticket);
        }
        return cookies.all(definition.ticketName()).stream()
                .limit(WebSessions.MOST_TOSSED)
                .map(one -> definition.verify(List.of(one), false, false));
    }

    /** Whose session a sign-out ends, whether that is still good or not. */
    static Optional<Session> session(Verification verification) {
        if (verification instanceof Undecided undecided) {
            return Optional.of(undecided.unconfirmed());
        }
        return verification instanceof Expired expired ? Optional.ofNullable(expired.idle()) : verification.active();
    }

    /** The visitor, for whom a session leaves no room. */
    Optional<Session> visitor() {
        if (authentic().isPresent()) {
            return Optional.empty();
        }
        if (visitor == null) {
            visitor = definition.verify(cookies.all(definition.visitorName()), true, false);
        }
        return visitor.active();
    }

    /** The value of a slot's cookie; none when there is more than one where only one can be. */
    List<String> slot(String name) {
        List<String> values = cookies.all(definition.slotName(name));
        boolean tossed = values.size() > (definition.cookies().hostOnly() ? 1 : WebSessions.MOST_TOSSED);
        return tossed ? List.of() : values;
    }

    boolean ticketRefused() {
        return refused(ticket);
    }

    boolean visitorRefused() {
        return visitor != null && refused(visitor);
    }

    /** A key that is unknown here may be known to another instance, so its cookies are left alone. */
    private static boolean refused(Verification verification) {
        Outcome outcome = verification.outcome();
        return outcome == Outcome.EXPIRED
                || outcome == Outcome.REVOKED
                || verification instanceof Invalid invalid && invalid.cause() != Cause.UNKNOWN_KEY;
    }

    /**
     * Whether the answer replaces the page. Only then is a refused cookie deleted: the late answer to a background request would delete what a sign-in set
     * meanwhile.
     */
    boolean navigation() {
        return exchange.headers("Sec-Fetch-Mode").equals(List.of("navigate"))
                && exchange.headers("Sec-Fetch-Dest").equals(List.of("document"));
    }
}
