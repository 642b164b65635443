package dev.signet.benchmarks.peers;

import com.fasterxml.jackson.databind.ObjectReader;
import com.fasterxml.jackson.databind.ObjectWriter;
import com.fasterxml.jackson.databind.json.JsonMapper;
import dev.signet.benchmarks.Content;
import dev.signet.benchmarks.Content.State;
import dev.signet.benchmarks.ContentJson;
import java.io.IOException;
import java.security.GeneralSecurityException;

/**
 * The floor for what a whole session does: who somebody is in one token, their state in another under a key of its own, bound to records by Jackson as
 * applications have it. Each token is made as {@link Floor} makes them. One thread.
 */
public final class FloorSession {
    private static final JsonMapper MAPPER = new JsonMapper();
    private static final ObjectReader READER = MAPPER.readerFor(State.class);
    private static final ObjectWriter WRITER = MAPPER.writerFor(State.class);

    private final Floor tickets;
    private final Floor slots;

    FloorSession() {
        try {
            tickets = new Floor();
            slots = new Floor();
        } catch (GeneralSecurityException impossible) {
            throw new IllegalStateException(impossible);
        }
    }

    public SignetSession.Cookies seal(Content content) throws GeneralSecurityException, IOException {
        Content identity = content.with(State.EMPTY);
        return new SignetSession.Cookies(
                tickets.seal(ContentJson.bytes(identity)), slots.seal(WRITER.writeValueAsBytes(content.state())));
    }

    public Content open(SignetSession.Cookies cookies) throws GeneralSecurityException, IOException {
        Content identity = ContentJson.read(tickets.plain(cookies.ticket())).unlessExpired();
        State state = READER.readValue(slots.plain(cookies.slot()));
        return identity.with(state);
    }
}
