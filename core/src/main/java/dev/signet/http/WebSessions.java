package dev.signet.http;

import dev.signet.Session;
import dev.signet.Sessions;
import dev.signet.Slot;
import dev.signet.TokenFormat;
import dev.signet.Verification;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;

/** One session of a web application: its {@link Sessions} with cookies around them. Thread-safe. */
public final class WebSessions {
    /** What all cookies of one session may take together, in bytes: servers and proxies refuse requests with much more. */
    public static final int BUDGET = 6144;

    static final String VISITOR = "-visitor";
    /** What a ticket is counted as before it is known. */
    static final int TICKET_RESERVE = 1024;

    private final Sessions sessions;
    private final CookieSettings cookies;
    private final Csrf csrf;
    private final Set<SiteData> clearing;
    private final String ticketName;
    private final RecentlyLeft recentlyLeft = new RecentlyLeft();

    private WebSessions(Builder from) {
        this.sessions = from.sessions;
        this.cookies = from.cookies;
        this.csrf = from.csrf;
        this.clearing = Set.copyOf(from.clearing);
        this.ticketName = cookies.prefix() + sessions.name();
        if (sessions.format() == TokenFormat.SIGNED) {
            throw new IllegalArgumentException(
                    "format SIGNED in cookies: everybody who holds one could read it; use ENCRYPTED or SIGNED_THEN_ENCRYPTED");
        }
        if (cookies.sameSite() == SameSite.NONE && csrf.mode() == Csrf.Mode.OFF) {
            throw new IllegalArgumentException(
                    "SameSite=None with Csrf.off(): every site could act for your visitors; use Csrf.on() or SameSite=Lax");
        }
        requireWithinBudget(from.slots);
    }

    private static void requireWithinBudget(Set<Slot<?>> slots) {
        int sum = TICKET_RESERVE + slots.stream().mapToInt(Slot::maximum).sum();
        if (sum > BUDGET) {
            throw new IllegalArgumentException("slots " + slots + " may take " + sum + " bytes with the ticket, of "
                    + BUDGET + ": lower their maxima with atMost(…)");
        }
    }

    public static Builder with(Sessions sessions) {
        return new Builder(sessions);
    }

    public Sessions sessions() {
        return sessions;
    }

    /** One request's view. Cheap: no cookie is looked at before somebody asks. */
    public WebSession open(Exchange exchange) {
        return new WebSession(this, exchange);
    }

    /** A value for a {@code Cookie} header that presents this session or visitor: for tests. */
    public String cookieHeader(Session session) {
        return nameOf(session) + "=" + sessions.issue(session);
    }

    /** As {@link #cookieHeader(Session)}, with a slot's value. */
    public <T> String cookieHeader(Session session, Slot<T> slot, T value) {
        return slotName(slot.name()) + "=" + sessions.seal(sessions.content(slot, value), session);
    }

    CookieSettings cookies() {
        return cookies;
    }

    Csrf csrf() {
        return csrf;
    }

    Set<SiteData> clearing() {
        return clearing;
    }

    RecentlyLeft recentlyLeft() {
        return recentlyLeft;
    }

    /** The name of the cookie that holds a session's ticket. */
    public String ticketName() {
        return ticketName;
    }

    /** The name of the cookie that holds a visitor's ticket. */
    public String visitorName() {
        return ticketName + VISITOR;
    }

    String nameOf(Session session) {
        return session.isVisitor() ? visitorName() : ticketName;
    }

    /** The name of the cookie that holds the slot of this name. */
    public String slotName(String slot) {
        return ticketName + "." + slot;
    }

    /** The ticket of a session among these cookies. Two of them are one too many, unless a sub-domain may have set one. */
    Verification verify(List<String> tickets, boolean visitor, boolean atStore) {
        if (tickets.size() <= 1) {
            return verifyOne(tickets.isEmpty() ? "" : tickets.get(0), visitor, atStore);
        }
        if (!cookies.hostOnly() && tickets.size() <= MOST_TOSSED) {
            List<Verification> opened = tickets.stream()
                    .map(ticket -> verifyOne(ticket, visitor, atStore))
                    .filter(WebSessions::opened)
                    .toList();
            if (opened.size() == 1) {
                return opened.get(0);
            }
        }
        Verification duplicate = new Verification.Invalid(Verification.Cause.DUPLICATE);
        sessions.listener().refused(duplicate);
        return duplicate;
    }

    private static boolean opened(Verification verification) {
        return verification.outcome() != Verification.Outcome.INVALID
                && verification.outcome() != Verification.Outcome.ABSENT;
    }

    /** How many cookies of one name are tried where sub-domains may have set some. */
    static final int MOST_TOSSED = 4;

    private Verification verifyOne(String ticket, boolean visitor, boolean atStore) {
        return visitor
                ? sessions.verifyVisitor(ticket)
                : atStore ? sessions.verifyAtStore(ticket) : sessions.verify(ticket);
    }

    Standing standing(Session session, long openedAt) {
        return recentlyLeft.isLate(session, openedAt) ? Standing.ENDED : Standing.of(session, sessions);
    }

    /** Settings of {@link WebSessions}. Not thread-safe. */
    public static final class Builder {
        private final Sessions sessions;
        private final Set<Slot<?>> slots = new LinkedHashSet<>();
        private CookieSettings cookies = CookieSettings.DEFAULT;
        private Csrf csrf = Csrf.on();
        private Set<SiteData> clearing = Set.of();

        private Builder(Sessions sessions) {
            this.sessions = sessions;
        }

        /** Default {@link CookieSettings#DEFAULT}. */
        public Builder cookies(CookieSettings value) {
            cookies = value;
            return this;
        }

        /** Default {@link Csrf#on()}. */
        public Builder csrf(Csrf value) {
            csrf = value;
            return this;
        }

        /** What a browser is told to clear at a sign-out, besides our cookies; default nothing. */
        public Builder clearSiteData(Set<SiteData> values) {
            clearing = values;
            return this;
        }

        /** The slots that the application uses, so that a sum of maxima over the {@link #BUDGET} is found now and not by a visitor. */
        public Builder slots(List<? extends Slot<?>> values) {
            slots.addAll(values);
            return this;
        }

        /** @throws IllegalArgumentException naming settings that exclude each other */
        public WebSessions build() {
            return new WebSessions(this);
        }
    }
}
