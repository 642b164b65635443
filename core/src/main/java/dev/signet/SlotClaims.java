package dev.signet;

import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.io.SerializedString;
import dev.signet.token.InvalidClaims;
import dev.signet.token.StrictGenerator;
import java.io.IOException;
import java.time.Instant;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/**
 * What a sealed slot says, with the strict rules of token format 1.
 *
 * @param sid the session or visitor it belongs to
 * @param expires seconds since the epoch
 * @param deflated whether the data was deflated, which claim {@code zip} instead of {@code data} says
 * @param inOrder whether the data came last, as it is written
 * @param data what was made of the data, or null where it was only skipped
 */
record SlotClaims<D>(
        String sid,
        long issuedAt,
        long expires,
        int version,
        boolean deflated,
        boolean inOrder,
        @Nullable D data) {
    private static final SerializedString SID = new SerializedString("sid");
    private static final SerializedString IAT = new SerializedString("iat");
    private static final SerializedString EXP = new SerializedString("exp");
    private static final SerializedString VER = new SerializedString("ver");
    private static final SerializedString DATA = new SerializedString("data");
    private static final SerializedString ZIP = new SerializedString("zip");
    private static final int LONGEST_FRAME =
            "{\"sid\":\"1234567890123456789012\",\"iat\":253402300799,\"exp\":253402300799,\"ver\":2147483647,\"data\":}"
                    .length();

    static int longestLength(SlotContent content) {
        int frame = LONGEST_FRAME - (content.version() == 1 ? ",\"ver\":2147483647".length() : 0);
        return frame + content.data().length;
    }

    static void write(StrictGenerator out, String sid, long issuedAt, long expires, SlotContent content)
            throws IOException {
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
        out.writeFieldName(content.deflated() ? ZIP : DATA);
        out.writeJson(content.data());
        out.writeEndObject();
    }

    /** Makes something of a slot's data. */
    interface Data<D> {
        /**
         * Reads the value that the parser stands on, or skips it and returns null.
         *
         * @param source what the parser reads
         * @param before the claims that came before it
         */
        @Nullable
        D read(JsonParser in, byte[] source, Frame before) throws IOException;
    }

    static <D> SlotClaims<D> read(JsonParser in, byte[] source, Data<D> reader) throws IOException {
        Frame frame = new Frame();
        Reading<D> found = new Reading<>(frame);
        Claims.eachOf(in, name -> found.take(name, in, source, reader));
        Claims.require(found.hasData, "a required claim is missing");
        Claims.require(frame.issuedAt >= 0 && frame.expires >= frame.issuedAt, "times are missing or out of order");
        return new SlotClaims<>(
                Claims.present(frame.sid),
                frame.issuedAt,
                frame.expires,
                frame.version,
                frame.deflated,
                found.inOrder,
                found.data);
    }

    /** A copy of the value that the parser stands on, as it stands there, since the source is wiped afterwards. */
    static byte[] copyOf(JsonParser in, byte[] source) throws IOException {
        int from = (int) in.currentTokenLocation().getByteOffset();
        in.skipChildren();
        return Arrays.copyOfRange(source, from, (int) in.currentLocation().getByteOffset());
    }

    /** The claims around the data as they come in; -1 and null mean not yet. */
    static final class Frame {
        private @Nullable String sid;
        private long issuedAt = -1;
        private long expires = -1;
        private int version = 1;
        private boolean deflated;

        int version() {
            return version;
        }

        /** Whether the data is that of {@link Slot#compressed}. */
        boolean deflated() {
            return deflated;
        }

        boolean complete() {
            return sid != null && issuedAt >= 0 && expires >= 0;
        }

        /** Whether it is there for this session or visitor now. */
        boolean isFor(TicketClaims owner, String slot, Instant now) {
            return sid != null && now.getEpochSecond() < expires && owner.owns(sid, slot);
        }
    }

    /** All claims as they come in. */
    private static final class Reading<D> {
        private final Frame frame;
        private boolean hasData;
        private boolean inOrder;
        private @Nullable D data;

        Reading(Frame frame) {
            this.frame = frame;
        }

        void take(String name, JsonParser in, byte[] source, Data<D> reader) throws IOException {
            inOrder = false;
            switch (name) {
                case "sid" -> frame.sid = Claims.sid(in);
                case "iat" -> frame.issuedAt = Claims.seconds(in);
                case "exp" -> frame.expires = Claims.seconds(in);
                case "ver" -> frame.version = (int) Claims.integer(in, Integer.MAX_VALUE);
                case "data" -> takeData(in, source, reader);
                case "zip" -> {
                    frame.deflated = true;
                    takeData(in, source, reader);
                }
                default -> throw new InvalidClaims("an unknown claim");
            }
        }

        private void takeData(JsonParser in, byte[] source, Data<D> reader) throws IOException {
            Claims.require(!hasData, "data in two forms");
            hasData = true;
            inOrder = frame.complete();
            data = reader.read(in, source, frame);
        }
    }
}
