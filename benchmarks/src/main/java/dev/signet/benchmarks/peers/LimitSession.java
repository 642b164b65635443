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
import java.util.Arrays;
import java.util.zip.DataFormatException;
import java.util.zip.Deflater;
import java.util.zip.Inflater;
import javax.crypto.spec.SecretKeySpec;
import org.jspecify.annotations.Nullable;

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
    private final @Nullable Deflation deflation;

    /** What opens and seals the same sessions in every thread. */
    public record Keys(SecretKeySpec tickets, SecretKeySpec slots) {
        public static Keys generate() {
            return new Keys(Limit.newKey(), Limit.newKey());
        }
    }

    /** @param compressed whether the slot is deflated */
    public LimitSession(Keys keys, boolean compressed) {
        try {
            tickets = new Limit(keys.tickets());
            slots = new Limit(keys.slots());
            deflation = compressed ? new Deflation() : null;
        } catch (GeneralSecurityException impossible) {
            throw new IllegalStateException(impossible);
        }
    }

    public SignetSession.Cookies seal(Content content) throws GeneralSecurityException, IOException {
        byte[] slot = slot(content);
        return new SignetSession.Cookies(
                sealTicket(content), slots.seal(deflation == null ? slot : deflation.deflated(slot)));
    }

    public String sealTicket(Content content) throws GeneralSecurityException {
        return tickets.seal(ContentJson.bytes(content.with(State.EMPTY)));
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

    public Content openTicket(String ticket) throws GeneralSecurityException {
        return ContentJson.read(tickets.plain(ticket)).unlessExpired();
    }

    public Content open(SignetSession.Cookies cookies) throws GeneralSecurityException, IOException {
        Content identity = openTicket(cookies.ticket());
        byte[] slot = slots.plain(cookies.slot());
        try (JsonParser in = MAPPER.createParser(deflation == null ? slot : deflation.inflated(slot))) {
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

    /** The JDK's compressor and decompressor, kept. */
    private static final class Deflation {
        private final Deflater deflater = new Deflater(Deflater.DEFAULT_COMPRESSION, true);
        private final Inflater inflater = new Inflater(true);
        private final byte[] buffer = new byte[8192];

        byte[] deflated(byte[] bytes) {
            deflater.reset();
            deflater.setInput(bytes);
            deflater.finish();
            return Arrays.copyOf(buffer, deflater.deflate(buffer));
        }

        byte[] inflated(byte[] bytes) throws IOException {
            inflater.reset();
            inflater.setInput(bytes);
            try {
                return Arrays.copyOf(buffer, inflater.inflate(buffer));
            } catch (DataFormatException malformed) {
                throw new IOException(malformed);
            }
        }
    }
}
