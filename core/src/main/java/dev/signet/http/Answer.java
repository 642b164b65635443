package dev.signet.http;

import dev.signet.Lifetime;
import dev.signet.Session;
import dev.signet.Sessions;
import dev.signet.SignIn;
import dev.signet.Slot;
import dev.signet.SlotTooLarge;
import dev.signet.revocation.StoreUnavailable;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** What one request does to its session: who owns the slots now, and what {@link CookieLines} has to say about it. Not thread-safe. */
final class Answer {
    private final WebSessions definition;
    private final Sessions sessions;
    private final Presented presented;
    private final Shelf shelf;
    private final List<String> flashed = new ArrayList<>();
    private final long openedAt;
    private @Nullable Session session;
    /** Whose open connection this is: still so where the store says that the session has ended, so that the connection ends too. */
    private volatile @Nullable Session connected;

    private @Nullable Session visitor;
    private boolean issue;
    private boolean startedHere;
    private boolean endedHere;

    Answer(WebSessions definition, Presented presented, long openedAt) {
        this.definition = definition;
        this.sessions = definition.sessions();
        this.presented = presented;
        this.shelf = new Shelf(definition, presented);
        this.openedAt = openedAt;
        this.session = presented.ticket().active().orElse(null);
        this.connected = session;
        this.visitor = presented.visitor().orElse(null);
    }

    Presented presented() {
        return presented;
    }

    @Nullable
    Session session() {
        return session;
    }

    @Nullable
    Session connected() {
        return connected;
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
            connected = session != null ? session : connected;
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

    void flash(String message) {
        List<String> messages = new ArrayList<>(read(WebSession.FLASH));
        messages.add(message);
        while (!fits(messages)) {
            messages.remove(0);
        }
        requireOwner();
        flashed.add(message);
    }

    /** Writes the messages if there is room; the last one has to have room alone. */
    private boolean fits(List<String> messages) {
        try {
            shelf.write(WebSession.FLASH, messages);
            return true;
        } catch (SlotTooLarge tooMany) {
            if (messages.size() == 1) {
                throw tooMany;
            }
            return false;
        }
    }

    void forgetFlash() {
        flashed.clear();
        shelf.remove(WebSession.FLASH.name());
    }

    /** Whose CSRF tokens a page of this response has to carry; null if nobody is there yet. */
    @Nullable
    Session marked() {
        Session owner = owner();
        return owner == null ? live() : owner;
    }

    /** The session that is presented or was started here, undecided or not. */
    private @Nullable Session live() {
        return session != null || endedHere ? session : presented.authentic().orElse(null);
    }

    /** What a start or an end has to end: one that is live, or else those whose tickets are no good here, of which good copies may exist. */
    private List<Session> endable() {
        Session live = live();
        if (live != null) {
            return List.of(live);
        }
        return endedHere ? List.of() : presented.spent();
    }

    Session start(SignIn signIn) {
        sessions.requireStartable(signIn);
        Session live = live();
        boolean unused = leaveAll(sessions::supersede, sessions::supersede);
        if (live != null) {
            shelf.dropWrites();
            flashed.clear();
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
            definition.recentlyLeft().leftFor(before, carried);
        }
        shelf.keepWritesOf(carried);
        shelf.leaveBehind(carried);
        settle(started);
        visitor = null;
        issue = true;
        startedHere = true;
        flashAgain();
        return started;
    }

    /** @throws NotSignedIn if a parallel request signed out, or in anew, while the session was restarted */
    Session restarted(Session before, Session after) {
        if (!definition.recentlyLeft().replaced(before, after)) {
            sessions.supersede(after);
            throw new NotSignedIn();
        }
        shelf.keepAll(before);
        shelf.leaveBehind(Set.of());
        settle(after);
        issue = true;
        return after;
    }

    private void settle(@Nullable Session now) {
        session = now;
        connected = now;
    }

    void reissued(Session same) {
        settle(same);
        issue = true;
    }

    /** Ends what there is to end; false if that was no session. */
    boolean end(Set<String> kept, boolean everywhere) {
        Session live = live();
        boolean ended = leaveAll(everywhere ? sessions::endEverywhere : sessions::end, sessions::end);
        Session owner = live != null ? live : visitor;
        if (live == null && visitor != null) {
            leave(visitor, sessions::end);
        }
        shelf.keepOnly(kept, owner);
        shelf.leaveBehind(Set.of());
        settle(null);
        visitor = null;
        issue = false;
        startedHere = false;
        endedHere = true;
        flashAgain();
        if (shelf.holdsWrites()) {
            requireOwner();
        }
        return ended;
    }

    /** Ends what is presented, in these ways if it is live and if not; false if there was nothing to end. */
    private boolean leaveAll(Consumer<Session> endingLive, Consumer<Session> ending) {
        Session live = live();
        boolean ended = false;
        for (Session one : endable()) {
            leave(one, one == live ? endingLive : ending);
            ended = true;
        }
        for (Session gone : replaced()) {
            ended |= endSuccessors(gone, sessions::supersede);
        }
        return ended;
    }

    /** Whose tickets a restart has ended. Nothing happens to others that were ended, since their sessions may go on with a ticket of a later position. */
    private List<Session> replaced() {
        return live() != null || endedHere
                ? List.of()
                : presented.ended().stream()
                        .filter(definition.recentlyLeft()::wasReplaced)
                        .toList();
    }

    private void leave(Session one, Consumer<Session> ending) {
        ending.accept(one);
        boolean unused = endSuccessors(one, ending);
    }

    /**
     * Ends what restarts in parallel requests put in the place, since whoever signs out, or in anew, means that too; each once, or whoever has nothing but a
     * ticket that was ended could fill the log.
     */
    private boolean endSuccessors(Session left, Consumer<Session> ending) {
        boolean any = false;
        Optional<Session> next = definition.recentlyLeft().leftForGood(left);
        while (next.isPresent()) {
            Session one = next.get();
            if (!definition.recentlyLeft().hasLeftForGood(one)) {
                ending.accept(one);
                any = true;
            }
            next = definition.recentlyLeft().leftForGood(one);
        }
        return any;
    }

    /** The messages of this response are for whoever sees the next page; those that were left before were not for them. */
    private void flashAgain() {
        if (!flashed.isEmpty()) {
            shelf.write(WebSession.FLASH, List.copyOf(flashed));
        }
    }

    Shelf shelf() {
        return shelf;
    }

    /** Whether the owner's ticket has to be issued, because it is new or says something else. */
    boolean issuing() {
        return issue;
    }

    boolean startedHere() {
        return startedHere;
    }

    boolean endedHere() {
        return endedHere;
    }

    /** Whether that session or visitor was left behind since this request was opened. */
    boolean isLateFor(Session owner) {
        return definition.recentlyLeft().isLate(owner, openedAt);
    }

    boolean mayWrite(Session owner, String slot) {
        return definition.recentlyLeft().mayWrite(owner, slot, openedAt);
    }
}
