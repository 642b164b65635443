package dev.signet;

import java.time.Instant;

/**
 * A session as its index lists it. Nothing here can be presented as a ticket. Immutable.
 *
 * @param subject whose it is
 * @param id the session's id, which is needed to end it and stays the same until a restart
 * @param label what the application called the device when the session began, up to 40 characters; empty if it said nothing, or the row was lost and came
 *     back with a renewal
 * @param startedAt when the person signed in
 * @param lastSeenAt when the ticket was last issued: a session in use is renewed every quarter of its idle limit unless told otherwise
 * @param lapsesAt when the session ends unless it is renewed before; the row is of no use afterwards
 * @param endsAt when it ends in any case
 * @param position where the revocation log stood: what was revoked after it ends the session
 */
public record ListedSession(
        String subject,
        String id,
        String label,
        Instant startedAt,
        Instant lastSeenAt,
        Instant lapsesAt,
        Instant endsAt,
        long position) {

    static ListedSession of(Session session, String label) {
        return new ListedSession(
                session.subject(),
                session.id(),
                label,
                session.startedAt(),
                session.issuedAt(),
                session.idleUntil(),
                session.endsAt(),
                session.claims().position());
    }

    ListedSession labelled(String newLabel) {
        return new ListedSession(subject, id, newLabel, startedAt, lastSeenAt, lapsesAt, endsAt, position);
    }

    /** As it is known at a later moment: for a removal that nothing seen until then may prevent. */
    ListedSession seenAt(Instant moment) {
        return new ListedSession(subject, id, label, startedAt, moment, lapsesAt, endsAt, position);
    }

    /** Whether more is known here than there, so that a removal decided there is out of date. */
    boolean isNewerThan(ListedSession other) {
        return lastSeenAt.isAfter(other.lastSeenAt) || position > other.position;
    }

    /** Says whose and since when; the id is shortened, since logs are read by many. */
    @Override
    public String toString() {
        return "session of " + LogText.of(subject) + " (" + id.substring(0, Math.min(6, id.length())) + "…, since "
                + startedAt + ")";
    }
}
