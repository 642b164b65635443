package dev.signet.benchmarks.report;

import dev.signet.Session;
import dev.signet.Sessions;
import dev.signet.Slot;
import dev.signet.http.WebSessions;
import dev.signet.keys.KeyRing;
import dev.signet.revocation.Revocations;

/** How long cookies are, in characters, names included. */
final class Lengths {
    private static final Sessions SESSIONS = Sessions.with(KeyRing.generate())
            .revocations(Revocations.inMemory())
            .build();
    private static final WebSessions WEB = WebSessions.with(SESSIONS).build();
    private static final Session SESSION = SESSIONS.start("ada-1815");

    private Lengths() {}

    static int ticketCookie() {
        return WEB.cookieHeader(SESSION).length();
    }

    static int slotCookie() {
        return WEB.cookieHeader(SESSION, Slot.text("theme"), "dark").length();
    }
}
