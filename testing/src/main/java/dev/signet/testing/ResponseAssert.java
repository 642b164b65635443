package dev.signet.testing;

import dev.signet.Slot;
import dev.signet.Verification;
import dev.signet.http.WebSessions;
import java.time.Instant;
import java.util.Optional;
import org.assertj.core.api.AbstractAssert;

/** What a test expects of a response. Failures tell the status and the names of cookies, never a token. Not thread-safe. */
public final class ResponseAssert extends AbstractAssert<ResponseAssert, Response> {
    private final WebSessions sessions;

    ResponseAssert(Response actual) {
        this(actual, actual.sessions());
    }

    private ResponseAssert(Response actual, WebSessions sessions) {
        super(actual, ResponseAssert.class);
        this.sessions = sessions;
    }

    /** Asks further about another session of the same application, which has cookies of its own. */
    public ResponseAssert inside(WebSessions other) {
        return new ResponseAssert(actual, other);
    }

    public ResponseAssert hasStatus(int status) {
        return require(actual.statusCode() == status, "have status " + status);
    }

    /** @param location as the header {@code Location} has it */
    public ResponseAssert redirectsTo(String location) {
        String found = actual.header("Location").orElse("nowhere");
        return require(
                actual.statusCode() / 100 == 3 && found.equals(location),
                "redirect to '" + location + "', not to '" + found + "'");
    }

    /** Its ticket is this person's and stands. */
    public ResponseAssert signsIn(String subject) {
        Verification verification = verification();
        boolean signedIn = verification
                .active()
                .filter(session -> session.subject().equals(subject))
                .isPresent();
        return require(
                signedIn,
                "sign in " + subject
                        + verification
                                .active()
                                .map(session -> ", not " + session.subject())
                                .orElse(""));
    }

    /** It has no ticket that stands: neither signs somebody in nor renews. */
    public ResponseAssert signsNobodyIn() {
        return require(verification().active().isEmpty(), "sign nobody in");
    }

    private Verification verification() {
        return sessions.sessions()
                .verify(cookie(sessions.ticketName(), false)
                        .map(SetCookie::value)
                        .orElse(null));
    }

    /** It deletes the cookie of the session's ticket. */
    public ResponseAssert clearsSession() {
        return requireCookie(sessions.ticketName(), true, "clear the session");
    }

    public ResponseAssert setsSlot(Slot<?> slot) {
        return requireCookie(sessions.slotName(slot.name()), false, "set the slot " + slot.name());
    }

    public ResponseAssert clearsSlot(Slot<?> slot) {
        return requireCookie(sessions.slotName(slot.name()), true, "clear the slot " + slot.name());
    }

    public ResponseAssert setsNoCookie() {
        return require(actual.headers().allValues("Set-Cookie").isEmpty(), "set no cookie");
    }

    private ResponseAssert requireCookie(String name, boolean deleted, String expected) {
        return require(cookie(name, deleted).isPresent(), expected);
    }

    private Optional<SetCookie> cookie(String name, boolean deleted) {
        Instant now = sessions.sessions().clock().instant();
        return actual.cookies().stream()
                .filter(cookie -> cookie.name().equals(name) && cookie.deletes(now) == deleted)
                .findFirst();
    }

    private ResponseAssert require(boolean met, String expected) {
        if (!met) {
            throw failure("expected the response to %s, but it is %s", expected, actual);
        }
        return this;
    }
}
