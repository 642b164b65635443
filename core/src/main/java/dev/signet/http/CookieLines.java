package dev.signet.http;

import dev.signet.Lifetime;
import dev.signet.Session;
import dev.signet.Sessions;
import dev.signet.SlotContent;
import dev.signet.Verification.Outcome;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The {@code Set-Cookie} lines of one response, one for each name: made once, just before the response is committed. Not thread-safe. */
final class CookieLines {
    private static final Logger LOG = LoggerFactory.getLogger(CookieLines.class);

    private final WebSessions definition;
    private final Sessions sessions;
    private final CookieSettings cookies;
    private final Answer answer;
    private final Presented presented;
    private final Map<String, String> lines = new LinkedHashMap<>();

    private CookieLines(WebSessions definition, Answer answer) {
        this.definition = definition;
        this.sessions = definition.sessions();
        this.cookies = definition.cookies();
        this.answer = answer;
        this.presented = answer.presented();
    }

    /** Writes the cookies and the cache headers; what goes wrong is logged, since the response is on its way. */
    static void write(WebSessions definition, Answer answer, boolean renewing, ResponseHead head) {
        try {
            CookieLines made = new CookieLines(definition, answer);
            made.make(renewing);
            made.lines.values().forEach(line -> head.add("Set-Cookie", line));
            made.clearSiteData(head);
            boolean personal = answer.session() != null || answer.presented().undecided();
            CacheHeaders.guard(head, personal || !made.lines.isEmpty());
        } catch (RuntimeException failed) {
            LOG.error("A response was sent without the cookies it should have had", failed);
            guardAtLeast(head);
        }
    }

    private static void guardAtLeast(ResponseHead head) {
        try {
            CacheHeaders.guard(head, true);
        } catch (RuntimeException again) {
            LOG.debug("Nor could its cache headers be set", again);
        }
    }

    private void make(boolean renewing) {
        Session owner = answer.owner();
        if (owner != null) {
            write(owner, renewing && !answer.issuing() && sessions.renewalDue(owner));
        }
        clear(owner);
    }

    private void write(Session owner, boolean renewal) {
        if (!renewal && !answer.issuing() && answer.shelf().written().isEmpty()) {
            return;
        }
        if (mayStillWrite(owner)) {
            issue(owner, renewal);
            writeSlots(owner);
        } else if (answer.issuing() || answer.shelf().holdsWrites()) {
            sessions.listener().discarded(owner);
        }
    }

    /** What was ended or replaced meanwhile writes nothing, so that a late response undoes neither a sign-out nor a sign-in. A start is never late. */
    private boolean mayStillWrite(Session owner) {
        if (answer.startedHere() || owner.isVisitor()) {
            return true;
        }
        Outcome outcome = sessions.recheck(owner).outcome();
        return !answer.isLateFor(owner) && (outcome == Outcome.ACTIVE || outcome == Outcome.UNDECIDED);
    }

    private void issue(Session owner, boolean renewal) {
        if (answer.isLateFor(owner)) {
            return;
        }
        if (answer.issuing()) {
            put(definition.nameOf(owner), owner);
        } else if (renewal) {
            put(definition.nameOf(owner), sessions.renew(owner));
        }
    }

    private void put(String cookie, Session issued) {
        lines.put(
                cookie,
                cookies.line(
                        cookie,
                        sessions.issue(issued),
                        maxAge(issued, issued.idleUntil().getEpochSecond())));
    }

    private void writeSlots(Session owner) {
        for (Map.Entry<String, Optional<SlotContent>> write :
                answer.shelf().written().entrySet()) {
            String slot = write.getKey();
            String cookie = definition.slotName(slot);
            if (!answer.mayWrite(owner, slot)) {
                sessions.listener().discarded(owner);
            } else if (write.getValue().isPresent()) {
                String sealed = sessions.seal(write.getValue().get(), owner);
                lines.put(
                        cookie,
                        cookies.line(
                                cookie, sealed, maxAge(owner, owner.endsAt().getEpochSecond())));
            } else {
                delete(cookie);
            }
        }
    }

    /** Derived from a deadline, for a browser that keeps the cookie; -1 for one that forgets it when it is closed. */
    private long maxAge(Session owner, long deadline) {
        boolean persistent = sessions.lifetime(owner).map(Lifetime::persistent).orElse(false);
        return persistent ? Math.max(1, deadline - sessions.clock().instant().getEpochSecond()) : -1;
    }

    /** Deletes what was received and no longer belongs: what a start, restart or end left behind, and on navigations what was refused. */
    private void clear(@Nullable Session owner) {
        boolean ticketRefused = presented.ticketRefused() && refusable();
        boolean visitorRefused = presented.visitorRefused() && refusable();
        answer.shelf().leaving().forEach(slot -> delete(definition.slotName(slot)));
        if (owner == null && (ticketRefused || visitorRefused)) {
            answer.shelf().received().forEach(slot -> delete(definition.slotName(slot)));
        }
        // The tickets last: curl 7.88 with -b and -c of one file forgets every deletion but the last line's.
        if (answer.endedHere() || answer.startedHere() || visitorRefused) {
            delete(definition.visitorName());
        }
        if (answer.endedHere() || ticketRefused) {
            delete(definition.ticketName());
        }
    }

    private boolean refusable() {
        return !presented.undecided() && presented.navigation();
    }

    private void clearSiteData(ResponseHead head) {
        boolean signedOut = answer.endedHere() && answer.session() == null;
        String data = signedOut ? SiteData.header(definition.clearing(), answer.owner() == null) : "";
        if (!data.isEmpty()) {
            head.set("Clear-Site-Data", data);
        }
    }

    private void delete(String cookie) {
        if (presented.cookies().has(cookie)) {
            lines.putIfAbsent(cookie, cookies.deletion(cookie));
        }
    }
}
