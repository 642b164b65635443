package dev.signet.http;

import dev.signet.Lifetime;
import dev.signet.Session;
import dev.signet.Sessions;
import dev.signet.SignIn;
import dev.signet.Slot;
import dev.signet.SlotContent;
import dev.signet.Verification.Outcome;
import dev.signet.revocation.StoreUnavailable;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * What one response will do to a session's cookies: who owns the slots now, which ticket has to be issued, what was written and what no longer belongs. Not
 * thread-safe.
 */
final class Answer {
    private static final Logger LOG = LoggerFactory.getLogger(Answer.class);

    private final WebSessions definition;
    private final Sessions sessions;
    private final Presented presented;
    private final Shelf shelf;
    private final Set<String> leaving = new HashSet<>();
    private @Nullable Session session;
    private @Nullable Session visitor;
    private boolean issue;
    private boolean startedHere;
    private boolean endedHere;

    Answer(WebSessions definition, Presented presented) {
        this.definition = definition;
        this.sessions = definition.sessions();
        this.presented = presented;
        this.shelf = new Shelf(definition, presented);
        this.session = presented.ticket().active().orElse(null);
        this.visitor = presented.visitor().orElse(null);
    }

    Presented presented() {
        return presented;
    }

    @Nullable
    Session session() {
        return session;
    }

    /** Whose slots are read and written. */
    @Nullable
    Session owner() {
        return session != null ? session : visitor;
    }

    /** The owner, who becomes a new visitor if there is none. */
    Session requireOwner() {
        Session owner = owner();
        if (owner == null) {
            owner = sessions.startVisitor();
            visitor = owner;
            issue = true;
        }
        return owner;
    }

    void requireDecided() {
        if (presented.undecided() && owner() == null && !endedHere) {
            throw new StoreUnavailable("whether this session was revoked cannot be told now");
        }
    }

    /** Asks the store about the ticket that was presented, unless this response has already replaced it. */
    void verifyAtStore() {
        if (!issue && !endedHere) {
            presented.verifyAtStore();
            session = presented.ticket().active().orElse(null);
            visitor = presented.visitor().orElse(null);
        }
    }

    <T> T read(Slot<T> slot) {
        return shelf.read(slot, owner());
    }

    <T> void write(Slot<T> slot, T value) {
        shelf.write(slot, value);
        requireOwner();
    }

    void remove(String slot) {
        shelf.remove(slot);
    }

    /** The session that a start or an end ends, undecided or not. */
    private @Nullable Session live() {
        return session != null || endedHere ? session : presented.authentic().orElse(null);
    }

    Session start(SignIn signIn) {
        sessions.requireStartable(signIn);
        Session live = live();
        if (live != null) {
            sessions.end(live);
            leave(live, Set.of());
            shelf.dropWrites();
            session = null;
        }
        Session started = sessions.start(signIn);
        Session before = visitor;
        Set<String> carried = before == null ? Set.of() : signIn.carried();
        if (before != null) {
            started = sessions.carrying(started, before, carried);
            if (sessions.lifetime(started).map(Lifetime::persistent).orElse(false)) {
                shelf.keepOnly(carried, before);
            }
            leave(before, carried);
        }
        shelf.keepWritesOf(carried);
        leaving.addAll(shelf.received());
        leaving.removeAll(carried);
        session = started;
        visitor = null;
        issue = true;
        startedHere = true;
        return started;
    }

    Session restarted(Session before, Session after) {
        shelf.keepAll(before);
        leave(before, Set.of());
        leaving.addAll(shelf.received());
        session = after;
        issue = true;
        return after;
    }

    void reissued(Session same) {
        session = same;
        issue = true;
    }

    void end(Set<String> kept, boolean everywhere) {
        Session live = live();
        Session ended = live != null ? live : visitor;
        if (ended != null && !ended.isVisitor() && everywhere) {
            sessions.endEverywhere(ended);
        } else if (ended != null) {
            sessions.end(ended);
        }
        shelf.keepOnly(kept, ended);
        leaving.addAll(shelf.received());
        if (ended != null) {
            leave(ended, Set.of());
        }
        session = null;
        visitor = null;
        issue = false;
        startedHere = false;
        endedHere = true;
        if (shelf.holdsWrites()) {
            requireOwner();
        }
    }

    private void leave(Session left, Set<String> carried) {
        definition.recentlyLeft().add(left.id(), carried);
    }

    /** Writes the cookies and the cache headers; what goes wrong is logged, since the response is on its way. */
    void writeTo(ResponseHead head, boolean renewing) {
        try {
            Map<String, String> lines = lines(renewing);
            lines.values().forEach(line -> head.add("Set-Cookie", line));
            CacheHeaders.guard(head, session != null || presented.undecided() || !lines.isEmpty());
        } catch (RuntimeException failed) {
            LOG.error("A response was sent without the cookies it should have had", failed);
            CacheHeaders.guard(head, true);
        }
    }

    /** One line for each cookie name. */
    private Map<String, String> lines(boolean renewing) {
        Map<String, String> lines = new LinkedHashMap<>();
        Session owner = owner();
        if (owner != null && mayStillWrite(owner)) {
            writeOwn(owner, renewing, lines);
        } else if (owner != null && (issue || shelf.holdsWrites())) {
            sessions.listener().discarded(owner);
        }
        clear(owner, lines);
        return lines;
    }

    /** What was ended or replaced meanwhile writes nothing, so that a late response undoes neither a sign-out nor a sign-in. A start is never late. */
    private boolean mayStillWrite(Session owner) {
        if (startedHere || owner.isVisitor()) {
            return true;
        }
        Outcome outcome = sessions.recheck(owner).outcome();
        return !definition.recentlyLeft().contains(owner.id())
                && (outcome == Outcome.ACTIVE || outcome == Outcome.UNDECIDED);
    }

    private void writeOwn(Session owner, boolean renewing, Map<String, String> lines) {
        boolean left = definition.recentlyLeft().contains(owner.id());
        if (!left && issue) {
            lines.put(definition.nameOf(owner), ticketLine(owner));
        } else if (!left && renewing && sessions.renewalDue(owner)) {
            lines.put(definition.nameOf(owner), ticketLine(sessions.renew(owner)));
        }
        for (Map.Entry<String, Optional<SlotContent>> write : shelf.written().entrySet()) {
            String slot = write.getKey();
            String cookie = definition.slotName(slot);
            if (!definition.recentlyLeft().mayWrite(owner.id(), slot)) {
                sessions.listener().discarded(owner);
            } else if (write.getValue().isPresent()) {
                lines.put(cookie, slotLine(cookie, write.getValue().get(), owner));
            } else if (shelf.wasReceived(slot)) {
                lines.put(cookie, definition.cookies().deletion(cookie));
            }
        }
    }

    private String ticketLine(Session issued) {
        return definition
                .cookies()
                .line(
                        definition.nameOf(issued),
                        sessions.issue(issued),
                        maxAge(issued, issued.idleUntil().getEpochSecond()));
    }

    private String slotLine(String cookie, SlotContent content, Session owner) {
        return definition
                .cookies()
                .line(
                        cookie,
                        sessions.seal(content, owner),
                        maxAge(owner, owner.endsAt().getEpochSecond()));
    }

    /** Derived from a deadline, for a browser that keeps the cookie; -1 for one that forgets it when it is closed. */
    private long maxAge(Session owner, long deadline) {
        boolean persistent = sessions.lifetime(owner).map(Lifetime::persistent).orElse(false);
        return persistent ? Math.max(1, deadline - sessions.clock().instant().getEpochSecond()) : -1;
    }

    /** Deletes what was received and no longer belongs: what a start, restart or end left behind, and on navigations what was refused. */
    private void clear(@Nullable Session owner, Map<String, String> lines) {
        boolean replaced = startedHere || endedHere;
        boolean refusable = presented.navigation() && !presented.undecided();
        if (endedHere || refusable && presented.ticketRefused()) {
            delete(definition.ticketName(), lines);
        }
        if (replaced || refusable && presented.visitorRefused()) {
            delete(definition.visitorName(), lines);
        }
        leaving.forEach(slot -> delete(definition.slotName(slot), lines));
        if (owner == null && refusable && (presented.ticketRefused() || presented.visitorRefused())) {
            shelf.received().forEach(slot -> delete(definition.slotName(slot), lines));
        }
    }

    private void delete(String cookie, Map<String, String> lines) {
        if (presented.cookies().has(cookie)) {
            lines.putIfAbsent(cookie, definition.cookies().deletion(cookie));
        }
    }
}
