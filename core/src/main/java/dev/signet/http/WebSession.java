package dev.signet.http;

import dev.signet.Session;
import dev.signet.SignIn;
import dev.signet.Slot;
import dev.signet.Verification;
import dev.signet.revocation.StoreUnavailable;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.UnaryOperator;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * One request's view of its session, and the words to change it. Thread-safe.
 *
 * <p>Nothing is opened before somebody asks, and reading never sets a cookie. What is changed is written just before the response is committed; a change after
 * that throws {@link IllegalStateException}, so that nothing is lost without a word. Starting, restarting and ending may wait for the revocation store.
 */
public final class WebSession extends RequestSession {
    static final Slot<List<String>> FLASH = Slot.listOf("flash", String.class);

    private final WebSessions definition;
    private final long openedAt;
    private boolean atStore;
    private boolean renewing = true;
    private boolean csrfStale;
    private boolean committed;
    private volatile @Nullable Answer answer;

    WebSession(WebSessions definition, Exchange exchange) {
        super(definition.sessions(), exchange);
        this.definition = definition;
        this.openedAt = definition.recentlyLeft().count();
    }

    private Answer asked() {
        Answer state = answer;
        if (state == null) {
            state = new Answer(definition, new Presented(definition, exchange, atStore), openedAt);
            answer = state;
        }
        return state;
    }

    private Answer changing() {
        if (committed) {
            throw new IllegalStateException(
                    "the response is already on its way: change the session before the first byte is sent, or before the upgrade");
        }
        return asked();
    }

    /** For what a stale form may not do. */
    private Answer acting() {
        if (csrfStale) {
            throw new CsrfRefused();
        }
        return changing();
    }

    private Answer writing() {
        Answer changed = changing();
        changed.requireDecided();
        return changed;
    }

    @Override
    public synchronized Optional<Session> current() {
        return Optional.ofNullable(asked().session());
    }

    @Override
    public synchronized Verification verification() {
        return asked().presented().ticket();
    }

    @Override
    Session require() {
        Answer state = asked();
        state.requireDecided();
        Session session = state.session();
        if (session == null) {
            throw new NotSignedIn();
        }
        return session;
    }

    public Session start(String subject) {
        return start(SignIn.as(subject));
    }

    /**
     * Starts the session of somebody whose credentials were just checked; a session that was live before is ended first.
     *
     * @throws dev.signet.SignInOvertaken if they were signed out everywhere meanwhile: show the form again
     * @throws dev.signet.TooManySessions if there is a limit that refuses; a session that was live before has ended nevertheless
     * @throws StoreUnavailable if the revocation store cannot tell
     * @throws CsrfRefused if the form was stale, see {@link #csrfStale}
     */
    public synchronized Session start(SignIn signIn) {
        return acting().start(signIn.checkedAt().isPresent() ? signIn : signIn.checkedAt(arrivedAt));
    }

    /**
     * Gives the session a new id and other roles; the old id is revoked, the clocks stay.
     *
     * @throws NotSignedIn if nobody is signed in, or the session was ended meanwhile
     */
    public Session restart(Enum<?>... roles) {
        return restart(Arrays.stream(roles).map(Enum::name).collect(Collectors.toUnmodifiableSet()));
    }

    public synchronized Session restart(Set<String> roles) {
        Answer state = acting();
        Session before = require();
        return state.restarted(before, sessions.restart(before, roles).orElseThrow(NotSignedIn::new));
    }

    /**
     * Gives the session a new id after the same person's credentials were checked again; the old id is revoked. The absolute deadline, the lifetime and the
     * slots stay, whatever the sign-in says of them.
     *
     * @throws NotSignedIn if nobody is signed in, or the session was ended meanwhile
     * @throws StoreUnavailable if the revocation cannot be recorded
     */
    public synchronized Session restart(SignIn again) {
        Answer state = acting();
        Session before = require();
        return state.restarted(before, sessions.restart(before, again).orElseThrow(NotSignedIn::new));
    }

    /**
     * Signs out: the session and every copy of its ticket are refused from now on, and its cookies are cleared. Kept slots move to a new visitor. A ticket that
     * this instance cannot open, for want of its key, can only be cleared.
     *
     * @return whether there was a session to end: if not, cookies were cleared and nothing else
     * @throws StoreUnavailable if that could not be recorded: do not say that it was
     */
    public synchronized boolean end(Slot<?>... kept) {
        return acting().end(names(kept), false);
    }

    /**
     * As {@link #end}, for every session of the same subject. From a ticket whose idle deadline has passed only its own session is ended, so guard the route.
     */
    public synchronized boolean endEverywhere(Slot<?>... kept) {
        return acting().end(names(kept), true);
    }

    /**
     * Ends every other session of the same subject.
     *
     * @throws NotSignedIn if nobody is signed in, or the session was itself ended meanwhile
     */
    public synchronized void endOthers() {
        Answer state = acting();
        state.reissued(sessions.endOthers(require()).orElseThrow(NotSignedIn::new));
    }

    private static Set<String> names(Slot<?>[] slots) {
        return Arrays.stream(slots).map(Slot::name).collect(Collectors.toUnmodifiableSet());
    }

    /** The slot's value, or its initial one. */
    public synchronized <T> T get(Slot<T> slot) {
        return asked().read(slot);
    }

    /**
     * Writes a slot. Somebody without any ticket becomes a visitor. The slot name {@code flash} is taken.
     *
     * @throws dev.signet.SlotTooLarge if it does not fit: nothing is changed then
     * @throws StoreUnavailable if it cannot be told now whose slot that would be
     */
    public synchronized <T> void set(Slot<T> slot, T value) {
        if (slot.name().equals(FLASH.name()) && slot != (Slot<?>) FLASH) {
            throw new IllegalArgumentException("slot name 'flash' is taken by flash(…): use another");
        }
        writing().write(slot, value);
    }

    /** Reads a slot, changes the value and writes it; the same as {@link #get(Slot)} and {@link #set(Slot, Object)}. */
    public synchronized <T> T update(Slot<T> slot, UnaryOperator<T> change) {
        T value = change.apply(get(slot));
        set(slot, value);
        return value;
    }

    /** The slot reads as its initial value from now on, and its cookie is deleted. */
    public synchronized void remove(Slot<?> slot) {
        writing().remove(slot.name());
    }

    /** The text slot of this name, if it was set. */
    public Optional<String> get(String name) {
        String text = get(Slot.text(name));
        return text.isEmpty() ? Optional.empty() : Optional.of(text);
    }

    /** Sets the text slot of this name: shorthand for {@code set(Slot.text(name), text)}. */
    public void set(String name, String text) {
        set(Slot.text(name), text);
    }

    public void remove(String name) {
        remove(Slot.text(name));
    }

    /**
     * Leaves a message for the next page, also when this response signs somebody in or out. Where there is no room for all that nobody has read, the oldest
     * are dropped.
     *
     * @throws dev.signet.SlotTooLarge if this message does not fit even alone: nothing is changed then
     */
    public synchronized void flash(String message) {
        writing().flash(message);
    }

    /** The messages that were left, which are gone with this response. */
    public synchronized List<String> takeFlash() {
        List<String> messages = asked().read(FLASH);
        if (!messages.isEmpty()) {
            writing().forgetFlash();
        }
        return messages;
    }

    /** The token that unsafe requests of this page have to bring; a new text each time. Somebody without any ticket becomes a visitor. */
    public synchronized String csrfToken() {
        Session marked = asked().marked();
        return sessions.csrfToken(marked != null ? marked : changing().requireOwner());
    }

    /** A hidden form field with a CSRF token, as HTML. */
    public String csrfField() {
        return "<input type=\"hidden\" name=\"" + Csrf.FIELD + "\" value=\"" + csrfToken() + "\">";
    }

    /**
     * Whether a sign-in form was sent with a token that is no longer good, by a browser that does not say where from. Show it again with its fields, but the
     * password; {@link #start} refuses.
     */
    public synchronized boolean csrfStale() {
        return csrfStale;
    }

    @Override
    public synchronized void authoritative() {
        atStore = true;
        if (answer != null) {
            answer.verifyAtStore();
        }
    }

    /** This request does not renew the session: for what a page does on its own, such as polling. */
    public synchronized void withoutRenewal() {
        renewing = false;
    }

    /**
     * For adapters, before the handler of a request: refuses one that changes something and may have been caused by another site.
     *
     * @param signInRoute whether the route starts sessions, so that nobody is locked out by an old form
     * @throws CsrfRefused if it is refused
     */
    public void checkCsrf(boolean signInRoute) {
        if (Csrf.isSafe(exchange.method()) || definition.csrf().mode() == Csrf.Mode.OFF) {
            return;
        }
        Csrf.Origin origin = definition.csrf().originOf(exchange);
        if (origin == Csrf.Origin.FOREIGN) {
            throw new CsrfRefused();
        }
        if (signInRoute) {
            markStale(origin == Csrf.Origin.UNKNOWN && !tokenFits());
        } else if (definition.csrf().mode() == Csrf.Mode.TOKEN && marked().isPresent()) {
            requireCsrf(tokenFits());
        } else {
            requireCsrf(origin == Csrf.Origin.OURS);
        }
    }

    private synchronized void markStale(boolean stale) {
        csrfStale = stale;
    }

    /** For adapters with several sessions side by side: whether an authentic ticket of this one came along, a visitor's included. */
    public synchronized boolean presentsTicket() {
        return marked().isPresent();
    }

    /**
     * For adapters with several sessions side by side, where somebody is signed in to one: whether a token of this one shows as well that our own page sent the
     * form. A session's does, and a visitor's where no other host can have set its cookies.
     */
    public synchronized boolean vouches() {
        Presented presented = asked().presented();
        return presented.authentic().isPresent()
                || presented.visitor().isPresent() && definition.cookies().hostOnly();
    }

    /** For adapters with several sessions side by side: whether this one is guarded against requests that other sites cause. */
    public boolean isGuarded() {
        return definition.csrf().mode() != Csrf.Mode.OFF;
    }

    /** For adapters, before an upgrade to a socket: CORS does not guard those (cross-site WebSocket hijacking). */
    public synchronized void checkUpgradeOrigin() {
        if (definition.csrf().mode() == Csrf.Mode.OFF) {
            return;
        }
        Csrf.Origin origin = definition.csrf().originOf(exchange);
        requireCsrf(origin == Csrf.Origin.OURS || origin == Csrf.Origin.UNKNOWN && marked().isEmpty());
    }

    private static void requireCsrf(boolean fine) {
        if (!fine) {
            throw new CsrfRefused();
        }
    }

    /** Whose CSRF tokens count: those of the ticket that was presented, undecided or not. */
    private synchronized Optional<Session> marked() {
        Presented presented = asked().presented();
        return presented.authentic().or(presented::visitor);
    }

    /** Holds no lock while it reads a form, which takes as long as whoever sends it likes. */
    private boolean tokenFits() {
        List<String> headers = exchange.headers(Csrf.HEADER);
        Optional<Session> session = marked();
        if (session.isEmpty() || headers.size() > 1) {
            return false;
        }
        String token = headers.isEmpty() ? exchange.formField(Csrf.FIELD) : headers.get(0);
        return sessions.csrfTokenFits(token, session.get());
    }

    @Override
    public synchronized void commit(ResponseHead head) {
        if (!committed) {
            committed = true;
            if (answer != null) {
                CookieLines.write(definition, answer, renewing, head);
            }
        }
    }

    @Override
    public Standing standing() {
        Answer state = answer;
        Session session = state == null ? null : state.connected();
        return session == null ? Standing.STANDING : definition.standing(session, openedAt);
    }

    /** Says who, and nothing secret. */
    @Override
    public synchronized String toString() {
        return answer == null ? "WebSession[not asked yet]" : "WebSession[" + answer.owner() + "]";
    }
}
