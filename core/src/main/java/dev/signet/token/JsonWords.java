package dev.signet.token;

import com.fasterxml.jackson.core.ErrorReportConfiguration;
import com.fasterxml.jackson.core.JsonLocation;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.core.StreamReadConstraints;
import com.fasterxml.jackson.core.StreamWriteConstraints;
import com.fasterxml.jackson.core.base.ParserBase;
import com.fasterxml.jackson.core.io.ContentReference;
import com.fasterxml.jackson.core.io.IOContext;
import com.fasterxml.jackson.core.util.BufferRecycler;
import dev.signet.token.NameCache.Name;
import java.io.IOException;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import org.jspecify.annotations.Nullable;

/** The names, texts and numbers in an array of JSON bytes, one after another: the half of {@link StrictParser} that knows nothing of objects and lists. */
abstract class JsonWords extends ParserBase {
    static final StreamReadConstraints LIMITS = StreamReadConstraints.builder()
            .maxNestingDepth(64)
            .maxNumberLength(64)
            .maxNameLength(1024)
            .build();
    /** Says the limits, and lends no buffers: nothing here needs one. */
    static final IOContext CONTEXT = new IOContext(
            LIMITS,
            StreamWriteConstraints.defaults(),
            ErrorReportConfiguration.defaults(),
            new BufferRecycler(),
            ContentReference.redacted(),
            false);
    /** What is longer may not fit into a {@code long}. */
    private static final int DIGITS_OF_A_LONG = 18;

    private static final NameCache NAMES = new NameCache();

    private final byte[] json;
    private final int end;
    private int at;
    private int from;
    private int to;
    private boolean ascii;
    private @Nullable String text;

    JsonWords(byte[] json, int from, int end) {
        super(CONTEXT, 0);
        this.json = json;
        this.at = from;
        this.end = end;
    }

    /** Where the next byte is. */
    final int at() {
        return at;
    }

    /** Forgets what the last word was. */
    final void forget() {
        text = null;
        _binaryValue = null;
        _numTypesValid = NR_UNKNOWN;
    }

    /** The next byte that is no space. */
    final int next() throws IOException {
        while (at < end) {
            byte c = json[at++];
            if (c != ' ') {
                return c;
            }
        }
        throw new InvalidClaims("JSON ends too early");
    }

    final void requireEnd() throws IOException {
        while (at < end) {
            require(json[at++] == ' ');
        }
    }

    static void require(boolean wellFormed) throws InvalidClaims {
        if (!wellFormed) {
            throw new InvalidClaims("not strict JSON");
        }
    }

    /** Takes that name if it is the one whose quote was just read. */
    final boolean takes(Name likely) {
        boolean here = likely.isAt(json, at, end);
        if (here) {
            at += likely.length() + 1;
        }
        return here;
    }

    /** Takes a short name whose quote was just read; null if it is not short. */
    final @Nullable Name shortName() {
        Name name = NAMES.shortName(json, at, end);
        if (name != null) {
            at += name.length() + 1;
        }
        return name;
    }

    /** Takes any name whose quote was just read. Half a surrogate pair is none, though a text may have it. */
    final String longName() throws IOException {
        string();
        String name = text();
        byte[] utf8 = name.getBytes(StandardCharsets.UTF_8);
        LIMITS.validateNameLength(utf8.length);
        require(name.equals(new String(utf8, StandardCharsets.UTF_8)));
        text = null;
        return name;
    }

    /** Takes a word whose first letter was just read. */
    final JsonToken literal(String word, JsonToken token) throws IOException {
        from = at - 1;
        to = from + word.length();
        require(to <= end);
        for (int i = 1; i < word.length(); i++) {
            require(json[from + i] == word.charAt(i));
        }
        at = to;
        return token;
    }

    /** RFC 8259 §6; the first character was just read. */
    final JsonToken number(boolean negative) throws IOException {
        from = at - 1;
        int first = negative ? at : from;
        int i = first;
        long value = 0;
        for (; i < end; i++) {
            int digit = json[i] - '0';
            if (digit < 0 || digit > 9) {
                break;
            }
            value = 10 * value + digit;
        }
        at = i;
        to = i;
        int digits = i - first;
        require(digits == 1 || digits > 1 && json[first] != '0');
        if (i < end && (json[i] == '.' || json[i] == 'e' || json[i] == 'E')) {
            return real(negative, digits);
        }
        if (digits > DIGITS_OF_A_LONG) {
            keepDigits();
            return resetInt(negative, digits);
        }
        _numberLong = negative ? -value : value;
        _numberInt = (int) _numberLong;
        _numTypesValid = _numberInt == _numberLong ? NR_INT | NR_LONG : NR_LONG;
        return JsonToken.VALUE_NUMBER_INT;
    }

    private JsonToken real(boolean negative, int whole) throws IOException {
        int fraction = 0;
        if (json[at] == '.') {
            at++;
            fraction = digits();
        }
        int exponent = 0;
        if (at < end && (json[at] == 'e' || json[at] == 'E')) {
            at++;
            if (at < end && (json[at] == '+' || json[at] == '-')) {
                at++;
            }
            exponent = digits();
        }
        to = at;
        keepDigits();
        return resetFloat(negative, whole, fraction, exponent);
    }

    private int digits() throws IOException {
        int first = at;
        while (at < end && json[at] >= '0' && json[at] <= '9') {
            at++;
        }
        require(at > first);
        return at - first;
    }

    /** Numbers that are not simply a {@code long} are made by Jackson, of their text. */
    private void keepDigits() {
        char[] chars = between(StandardCharsets.ISO_8859_1).toCharArray();
        _textBuffer.resetWithShared(chars, 0, chars.length);
    }

    /** Takes a text whose quote was just read. One without escapes is made when somebody asks for it. */
    final void string() throws IOException {
        ascii = true;
        from = at;
        to = plain(at);
        if (json[to] == '"') {
            at = to + 1;
            return;
        }
        StringBuilder unescaped = new StringBuilder();
        while (json[to] == '\\') {
            unescaped.append(between(StandardCharsets.UTF_8));
            at = to + 1;
            unescaped.append(escaped());
            from = at;
            to = plain(at);
        }
        at = to + 1;
        text = unescaped.append(between(StandardCharsets.UTF_8)).toString();
    }

    /** The word that was taken last, as it stands there. */
    private String between(Charset charset) {
        return new String(json, from, to - from, charset);
    }

    /** Where the next quote or backslash is; everything up to there is characters that stand for themselves. */
    private int plain(int start) throws IOException {
        int i = start;
        while (true) {
            i = EightBytes.plain(json, i, end);
            require(i < end);
            byte c = json[i];
            if (c == '"' || c == '\\') {
                return i;
            }
            int bytes = c < 0 ? Utf8.sequence(json, i, end) : 0;
            require(bytes > 0);
            ascii = false;
            i += bytes;
        }
    }

    private char escaped() throws IOException {
        require(at < end);
        byte c = json[at++];
        return switch (c) {
            case '"', '\\', '/' -> (char) c;
            case 'b' -> '\b';
            case 'f' -> '\f';
            case 'n' -> '\n';
            case 'r' -> '\r';
            case 't' -> '\t';
            case 'u' -> hexadecimal();
            default -> throw new InvalidClaims("no such escape");
        };
    }

    private char hexadecimal() throws IOException {
        require(end - at >= 4);
        int value = 0;
        for (int last = at + 4; at < last; at++) {
            int digit = json[at] < 0 ? -1 : Character.digit(json[at], 16);
            require(digit >= 0);
            value = value << 4 | digit;
        }
        return (char) value;
    }

    /** The text that was taken last. */
    final String text() {
        String made = text;
        if (made == null) {
            made = between(ascii ? StandardCharsets.ISO_8859_1 : StandardCharsets.UTF_8);
            text = made;
        }
        return made;
    }

    /** The number that was taken last, as it stands there. */
    final String digitsAndSigns() {
        return between(StandardCharsets.ISO_8859_1);
    }

    final JsonLocation location(int offset) {
        return new JsonLocation(_contentReference(), offset, -1, 1, offset + 1);
    }

    /** Somebody who kept the parser reads no more: what it reads is wiped, and somebody else's next. */
    @Override
    protected void _closeInput() {
        at = end;
        from = 0;
        to = 0;
        text = "";
    }
}
