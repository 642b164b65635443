package dev.signet;

import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.io.SerializedString;
import dev.signet.token.InvalidClaims;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/**
 * What a sealed slot says, with the strict rules of token format 1.
 *
 * @param sid the session or visitor it belongs to
 * @param expires seconds since the epoch
 */
record SlotClaims(String sid, long issuedAt, long expires, SlotContent content) {
    private static final SerializedString SID = new SerializedString("sid");
    private static final SerializedString IAT = new SerializedString("iat");
    private static final SerializedString EXP = new SerializedString("exp");
    private static final SerializedString VER = new SerializedString("ver");
    private static final SerializedString DATA = new SerializedString("data");
    private static final int LONGEST_FRAME =
            "{\"sid\":\"1234567890123456789012\",\"iat\":253402300799,\"exp\":253402300799,\"ver\":2147483647,\"data\":}"
                    .length();

    static int longestLength(SlotContent content) {
        int frame = LONGEST_FRAME - (content.version() == 1 ? ",\"ver\":2147483647".length() : 0);
        return frame + content.data().length;
    }

    void write(JsonGenerator out) throws IOException {
        out.writeStartObject();
        out.writeFieldName(SID);
        out.writeString(sid);
        out.writeFieldName(IAT);
        out.writeNumber(issuedAt);
        out.writeFieldName(EXP);
        out.writeNumber(expires);
        if (content.version() != 1) {
            out.writeFieldName(VER);
            out.writeNumber(content.version());
        }
        out.writeFieldName(DATA);
        out.writeRawValue(new String(content.data(), StandardCharsets.UTF_8));
        out.writeEndObject();
    }

    static SlotClaims read(JsonParser in, byte[] source, String slot) throws IOException {
        Reading found = new Reading();
        Claims.eachOf(in, name -> found.take(name, in, source));
        String sid = Claims.present(found.sid);
        byte[] data = Claims.present(found.data);
        Claims.require(found.issuedAt >= 0 && found.expires >= found.issuedAt, "times are missing or out of order");
        return new SlotClaims(sid, found.issuedAt, found.expires, new SlotContent(slot, found.version, data));
    }

    /** Claims as they come in; -1 and null mean not yet. */
    private static final class Reading {
        @Nullable
        String sid;

        byte @Nullable [] data;
        long issuedAt = -1;
        long expires = -1;
        int version = 1;

        void take(String name, JsonParser in, byte[] source) throws IOException {
            switch (name) {
                case "sid" -> sid = Claims.sid(in);
                case "iat" -> issuedAt = Claims.seconds(in);
                case "exp" -> expires = Claims.seconds(in);
                case "ver" -> version = (int) Claims.integer(in, Integer.MAX_VALUE);
                case "data" -> data = copyOf(in, source);
                default -> throw new InvalidClaims("an unknown claim");
            }
        }

        /** The value's bytes as they stand, since the source is wiped afterwards. */
        private static byte[] copyOf(JsonParser in, byte[] source) throws IOException {
            int from = (int) in.currentTokenLocation().getByteOffset();
            in.skipChildren();
            in.finishToken();
            return Arrays.copyOfRange(source, from, (int) in.currentLocation().getByteOffset());
        }
    }
}
