package dev.signet;

import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import dev.signet.token.Base64Url;
import dev.signet.token.InvalidClaims;
import java.io.IOException;
import org.jspecify.annotations.Nullable;

/** How single claims are read: exact types and ranges, nothing converted, nothing assumed. */
final class Claims {
    /** The last second of the year 9999. */
    static final long LATEST_SECOND = 253_402_300_799L;

    private static final int SID_CHARS = 22;

    private Claims() {}

    /** Takes the value that the parser stands before, whose name was just read. */
    interface Taking {
        void take(String name) throws IOException;
    }

    /** Visits each member of an object; the parser stands on its brace, or before it at the very start. */
    static void eachOf(JsonParser in, Taking taking) throws IOException {
        JsonToken first = in.hasCurrentToken() ? in.currentToken() : in.nextToken();
        require(first == JsonToken.START_OBJECT, "not an object");
        for (String name = in.nextFieldName(); name != null; name = in.nextFieldName()) {
            in.nextToken();
            taking.take(name);
        }
        require(in.currentToken() == JsonToken.END_OBJECT, "not an object");
    }

    static String text(JsonParser in, int longest) throws IOException {
        String text = string(in, longest);
        require(Identity.isText(text), "half a surrogate pair is not text");
        return text;
    }

    private static String string(JsonParser in, int longest) throws IOException {
        require(in.currentToken() == JsonToken.VALUE_STRING, "not a text");
        String text = in.getText();
        require(!text.isEmpty() && text.length() <= longest, "a text is empty or too long");
        return text;
    }

    static String sid(JsonParser in) throws IOException {
        String sid = string(in, SID_CHARS);
        require(sid.length() == SID_CHARS && Base64Url.isCanonical(sid), "not an id");
        return sid;
    }

    static long seconds(JsonParser in) throws IOException {
        return integer(in, LATEST_SECOND);
    }

    static long integer(JsonParser in, long largest) throws IOException {
        require(in.currentToken() == JsonToken.VALUE_NUMBER_INT, "not an integer");
        long value = in.getLongValue();
        require(value >= 0 && value <= largest, "an integer is out of range");
        require(value > 0 || in.getTextLength() == 1, "an integer is minus zero");
        return value;
    }

    static <T> T present(@Nullable T claim) throws InvalidClaims {
        if (claim == null) {
            throw new InvalidClaims("a required claim is missing");
        }
        return claim;
    }

    static void require(boolean fine, String rule) throws InvalidClaims {
        if (!fine) {
            throw new InvalidClaims(rule);
        }
    }
}
