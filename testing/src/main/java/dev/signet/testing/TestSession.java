package dev.signet.testing;

import dev.signet.Lifetime;
import dev.signet.Session;
import dev.signet.SignIn;
import dev.signet.Slot;
import dev.signet.http.WebSessions;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/**
 * A session that began without a login page, with the cookies that the application itself would have set for it. Immutable, thread-safe.
 *
 * <pre>{@code TestSession.signedIn(sessions, "ada").with(CART, cart).cookieHeader()}</pre>
 */
public final class TestSession {
    private final WebSessions sessions;
    private final Session session;
    private final List<String> slots;

    private TestSession(WebSessions sessions, Session session, List<String> slots) {
        this.sessions = sessions;
        this.session = session;
        this.slots = List.copyOf(slots);
    }

    /** @param sessions those of the application under test, which have its keys, names and settings */
    public static TestSession signedIn(WebSessions sessions, String subject) {
        return signedIn(sessions, SignIn.as(subject));
    }

    public static TestSession signedIn(WebSessions sessions, SignIn signIn) {
        return new TestSession(sessions, sessions.sessions().start(signIn), List.of());
    }

    /** The visit of somebody who is not signed in. */
    public static TestSession visitor(WebSessions sessions) {
        return new TestSession(sessions, sessions.sessions().startVisitor(), List.of());
    }

    /**
     * The same session with this value of a slot.
     *
     * @throws dev.signet.SlotTooLarge if the value is larger than its slot may be
     */
    public <T> TestSession with(Slot<T> slot, T value) {
        List<String> more = new ArrayList<>(slots);
        more.removeIf(before -> before.startsWith(sessions.slotName(slot.name()) + "="));
        more.add(sessions.cookieHeader(session, slot, value));
        return new TestSession(sessions, session, more);
    }

    public Session session() {
        return session;
    }

    /** The value of a {@code Cookie} header, with a ticket issued now. */
    public String cookieHeader() {
        return String.join("; ", cookies());
    }

    /** Each cookie as {@code name=value}, the ticket first. */
    private List<String> cookies() {
        List<String> all = new ArrayList<>(List.of(sessions.cookieHeader(session)));
        all.addAll(slots);
        return all;
    }

    /** {@code Set-Cookie} lines with which a browser of this host has the cookies; the application's own say more, such as a domain or SameSite. */
    List<String> setCookies() {
        boolean persistent =
                sessions.sessions().lifetime(session).map(Lifetime::persistent).orElse(false);
        long seconds = Duration.between(sessions.sessions().clock().instant(), session.idleUntil())
                .toSeconds();
        String attributes = "; Path=/; Secure; HttpOnly" + (persistent ? "; Max-Age=" + seconds : "");
        return cookies().stream().map(cookie -> cookie + attributes).toList();
    }

    /** Shows no cookie. */
    @Override
    public String toString() {
        return "TestSession[" + session + "]";
    }
}
