package dev.signet.benchmarks.peers;

import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.databind.ObjectReader;
import com.fasterxml.jackson.databind.ObjectWriter;
import com.fasterxml.jackson.databind.json.JsonMapper;
import dev.signet.benchmarks.Content;
import dev.signet.benchmarks.Content.State;
import dev.signet.benchmarks.ContentJson;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.security.GeneralSecurityException;

/**
 * What the format of a session demands of whoever implements it: who somebody is in one token, their state in another under a key of its own, which says whose it is
 * and until when, and is bound to records by Jackson as applications have it. Each token is made as {@link Limit} makes them. One thread.
 */
public final class LimitSession {
    private static final JsonMapper MAPPER = new JsonMapper();
    private static final ObjectReader READER = MAPPER.readerFor(State.class);
    private static final ObjectWriter WRITER = MAPPER.writerFor(State.class);

    private final Limit tickets;
    private final Limit slots;

    LimitSession() {
        try {
            tickets = new Limit();
            slots = new Limit();
        } catch (GeneralSecurityException impossible) {
            throw new IllegalStateException(impossible);
        }
    }

    public SignetSession.Cookies seal(Content content) throws GeneralSecurityException, IOException {
        Content identity = content.with(State.EMPTY);
        return new SignetSession.Cookies(tickets.seal(ContentJson.bytes(identity)), slots.seal(slot(content)));
    }

    private static byte[] slot(Content content) throws IOException {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream(512);
        try (JsonGenerator out = MAPPER.createGenerator(bytes)) {
            out.writeStartObject();
            out.writeStringField("sid", content.sid());
            out.writeNumberField("iat", content.issuedAt());
            out.writeNumberField("exp", content.expires());
            out.writeFieldName("data");
            WRITER.writeValue(out, content.state());
            out.writeEndObject();
        }
        return bytes.toByteArray();
    }

    public Content open(SignetSession.Cookies cookies) throws GeneralSecurityException, IOException {
        Content identity = ContentJson.read(tickets.plain(cookies.ticket())).unlessExpired();
        try (JsonParser in = MAPPER.createParser(slots.plain(cookies.slot()))) {
            String sid = "";
            long expires = -1;
            State state = State.EMPTY;
            in.nextToken();
            for (String name = in.nextFieldName(); name != null; name = in.nextFieldName()) {
                in.nextToken();
                switch (name) {
                    case "sid" -> sid = in.getText();
                    case "iat" -> in.getLongValue();
                    case "exp" -> expires = in.getLongValue();
                    case "data" -> state = READER.readValue(in);
                    default -> throw new IOException("unknown");
                }
            }
            if (!sid.equals(identity.sid()) || expires <= System.currentTimeMillis() / 1000) {
                throw new IOException("another session's, or over");
            }
            return identity.with(state);
        }
    }
}
