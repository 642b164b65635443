package dev.signet.http;

import dev.signet.Session;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * A ticket as an API client gets it, to be sent in {@code Authorization: Bearer …} from then on. Immutable.
 *
 * @param session whose it is
 * @param text what the client sends; whoever has it is that session
 * @param expiresIn the seconds for which it is good, if nothing ends the session before
 */
public record BearerTicket(Session session, String text, long expiresIn) {
    /** The members of the answer that brings it (RFC 6749 §5.1), for an application to write as JSON. */
    public Map<String, Object> response() {
        Map<String, Object> members = new LinkedHashMap<>();
        members.put("access_token", text);
        members.put("token_type", "Bearer");
        members.put("expires_in", expiresIn);
        return members;
    }

    /** Says whose, and not what the client sends. */
    @Override
    public String toString() {
        return "BearerTicket[" + session + ", expires in " + expiresIn + " seconds]";
    }
}
