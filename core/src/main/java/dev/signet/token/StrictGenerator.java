package dev.signet.token;

import com.fasterxml.jackson.core.Base64Variant;
import com.fasterxml.jackson.core.JsonStreamContext;
import com.fasterxml.jackson.core.ObjectCodec;
import com.fasterxml.jackson.core.SerializableString;
import com.fasterxml.jackson.core.base.GeneratorBase;
import com.fasterxml.jackson.core.io.NumberOutput;
import com.fasterxml.jackson.core.json.JsonWriteContext;
import java.io.IOException;
import java.io.InputStream;
import java.io.Reader;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * A generator of one JSON value that {@link StrictParser} reads again, for writers that know Jackson's: compact UTF-8, no name twice in one object, bounded
 * depth, names and numbers. What breaks a rule is refused where it is written; what cannot be seen through, such as raw JSON, is read once at the end.
 */
public final class StrictGenerator extends GeneratorBase {
    /** Characters that are few enough for a name however they are written. */
    private static final int SHORT_NAME = JsonWords.LIMITS.getMaxNameLength() / 3;

    private static final int SHORT_NUMBER = 32;
    private static final int LONGEST_LONG = 20;
    private static final int LONGEST_ESCAPE = 6;
    private static final String HEXADECIMAL = "0123456789ABCDEF";
    /** Jackson's base class wants one; where this generator stands, {@link #place} knows. */
    private static final JsonWriteContext UNUSED = JsonWriteContext.createRootContext(null);

    private final Plaintext out;
    private final int deepest;
    private UniqueNames place;
    private boolean named;
    private boolean doubtful;

    /**
     * @param place has been one before, and may be again
     * @param codec writes objects for those who ask for it
     * @param around in how many objects and arrays the value will stand
     */
    StrictGenerator(Plaintext out, UniqueNames place, @Nullable ObjectCodec codec, int around) {
        super(0, codec, JsonWords.CONTEXT, UNUSED);
        this.out = out;
        this.place = place.again();
        this.deepest = JsonWords.LIMITS.getMaxNestingDepth() - around;
    }

    /** @throws IOException if what was written is not one value that can be read again */
    void finish() throws IOException {
        require(place.inRoot() && place.getEntryCount() == 1, "not one value");
        if (doubtful) {
            StrictJson.requireReadable(out.toBytes());
        }
    }

    /** Who goes on after a refusal may have left half of a value, so that all of it is read at the end. */
    private void require(boolean fine, String otherwise) throws InvalidClaims {
        if (!fine) {
            doubtful = true;
            throw new InvalidClaims(otherwise);
        }
    }

    /** Puts what stands before a value. */
    private void value() throws IOException {
        if (place.inObject()) {
            require(named, "a value without a name");
            named = false;
        } else if (place.expectComma()) {
            out.put(',');
        } else {
            require(place.inArray() || place.getEntryCount() == 1, "a second value");
        }
    }

    @Override
    protected void _verifyValueWrite(String what) throws IOException {
        value();
    }

    private void enter(int type, char bracket) throws IOException {
        value();
        place = place.inside(type);
        require(place.getNestingDepth() <= deepest, "too deep");
        out.put(bracket);
    }

    private void leave(boolean fine, char bracket) throws IOException {
        require(fine, "nothing that ends here");
        place = place.outside();
        out.put(bracket);
    }

    @Override
    public void writeStartArray() throws IOException {
        enter(UniqueNames.ARRAY, '[');
    }

    @Override
    public void writeEndArray() throws IOException {
        leave(place.inArray(), ']');
    }

    @Override
    public void writeStartObject() throws IOException {
        enter(UniqueNames.OBJECT, '{');
    }

    @Override
    public void writeEndObject() throws IOException {
        leave(place.inObject() && !named, '}');
    }

    /** Takes a name; whether a comma stands before it. */
    private boolean name(String name) throws IOException {
        require(place.inObject() && !named, "a name in no place for one");
        place.setCurrentName(name);
        named = true;
        return place.expectComma();
    }

    @Override
    public void writeFieldName(String name) throws IOException {
        if (name.length() > SHORT_NAME) {
            JsonWords.LIMITS.validateNameLength(name.getBytes(StandardCharsets.UTF_8).length);
        }
        if (name(name)) {
            out.put(',');
        }
        quoted(name, false);
        out.put(':');
    }

    @Override
    public void writeFieldName(SerializableString name) throws IOException {
        String text = name.getValue();
        int length = text.length();
        byte[] bytes = out.room(length + 4);
        int comma = out.size();
        int quote = place.getEntryCount() > 0 ? comma + 1 : comma;
        if (length > SHORT_NAME || name.appendQuotedUTF8(bytes, quote + 1) != length) {
            writeFieldName(text);
            return;
        }
        if (name(text)) {
            bytes[comma] = ',';
        }
        int end = quote + length + 1;
        bytes[quote] = '"';
        bytes[end] = '"';
        bytes[end + 1] = ':';
        out.writtenTo(end + 2);
    }

    @Override
    public void writeString(@Nullable String text) throws IOException {
        if (text == null) {
            writeNull();
            return;
        }
        value();
        quoted(text, true);
    }

    /**
     * Puts a text in quotes. All in one method, longer than the 325 bytes up to which HotSpot compiles one into those that call it: that would make whoever
     * writes several texts slower (ADR 18).
     *
     * @param halves whether half a surrogate pair is written as an escape, or refused
     */
    private void quoted(String text, boolean halves) throws IOException {
        int length = text.length();
        byte[] bytes = out.room(length + 2);
        int at = out.size();
        bytes[at++] = '"';
        int i = 0;
        for (; i < length; i++) {
            char c = text.charAt(i);
            if (!isPlain(c)) {
                break;
            }
            bytes[at + i] = (byte) c;
        }
        at += i;
        while (i < length) {
            int c = text.codePointAt(i);
            i += Character.charCount(c);
            out.writtenTo(at);
            bytes = out.room(LONGEST_ESCAPE + 1);
            if (c < 0x80) {
                at = ascii((char) c, bytes, at);
            } else if (c < 0x800) {
                bytes[at++] = (byte) (0xC0 | c >> 6);
                bytes[at++] = continued(c);
            } else if (c >= Character.MIN_SURROGATE && c <= Character.MAX_SURROGATE) {
                require(halves, "half a character in a name");
                at = hexadecimal((char) c, bytes, at);
            } else if (c < 0x10000) {
                bytes[at++] = (byte) (0xE0 | c >> 12);
                bytes[at++] = continued(c >> 6);
                bytes[at++] = continued(c);
            } else {
                bytes[at++] = (byte) (0xF0 | c >> 18);
                bytes[at++] = continued(c >> 12);
                bytes[at++] = continued(c >> 6);
                bytes[at++] = continued(c);
            }
        }
        bytes[at++] = '"';
        out.writtenTo(at);
    }

    private static boolean isPlain(char c) {
        return c >= ' ' && c < 0x80 && c != '"' && c != '\\';
    }

    private static byte continued(int bits) {
        return (byte) (0x80 | bits & 0x3F);
    }

    private static int ascii(char c, byte[] bytes, int at) {
        if (isPlain(c)) {
            bytes[at] = (byte) c;
            return at + 1;
        }
        char letter = letter(c);
        if (letter == 0) {
            return hexadecimal(c, bytes, at);
        }
        bytes[at] = '\\';
        bytes[at + 1] = (byte) letter;
        return at + 2;
    }

    /** The letter of its short escape (RFC 8259 §7), or 0 where it has none. */
    private static char letter(char c) {
        return switch (c) {
            case '"', '\\' -> c;
            case '\b' -> 'b';
            case '\f' -> 'f';
            case '\n' -> 'n';
            case '\r' -> 'r';
            case '\t' -> 't';
            default -> 0;
        };
    }

    private static int hexadecimal(char c, byte[] bytes, int at) {
        bytes[at] = '\\';
        bytes[at + 1] = 'u';
        for (int digit = 0; digit < 4; digit++) {
            bytes[at + 2 + digit] = (byte) HEXADECIMAL.charAt(c >> 12 - 4 * digit & 15);
        }
        return at + LONGEST_ESCAPE;
    }

    @Override
    public void writeString(char[] text, int from, int length) throws IOException {
        writeString(new String(text, from, length));
    }

    @Override
    public void writeString(Reader reader, int length) throws IOException {
        StringBuilder text = new StringBuilder();
        for (int c = 0; text.length() != length && c >= 0; ) {
            c = reader.read();
            if (c >= 0) {
                text.append((char) c);
            }
        }
        require(length < 0 || text.length() == length, "a text shorter than it was said to be");
        writeString(text.toString());
    }

    @Override
    public void writeUTF8String(byte[] utf8, int from, int length) throws IOException {
        String text = new String(utf8, from, length, StandardCharsets.UTF_8);
        byte[] again = text.getBytes(StandardCharsets.UTF_8);
        require(Arrays.equals(again, 0, again.length, utf8, from, from + length), "not UTF-8");
        writeString(text);
    }

    @Override
    public void writeRawUTF8String(byte[] utf8, int from, int length) throws IOException {
        value();
        doubtful = true;
        out.put('"');
        out.put(utf8, from, length);
        out.put('"');
    }

    /** Writes a value of which it is known that it can be read in this place. */
    public void writeJson(byte[] json) throws IOException {
        value();
        out.put(json);
    }

    @Override
    public void writeRaw(String text) throws IOException {
        require(StandardCharsets.UTF_8.newEncoder().canEncode(text), "half a character");
        doubtful = true;
        out.put(text.getBytes(StandardCharsets.UTF_8));
    }

    @Override
    public void writeRaw(String text, int from, int length) throws IOException {
        writeRaw(text.substring(from, from + length));
    }

    @Override
    public void writeRaw(char[] text, int from, int length) throws IOException {
        writeRaw(new String(text, from, length));
    }

    @Override
    public void writeRaw(char c) throws IOException {
        writeRaw(String.valueOf(c));
    }

    @Override
    public void writeBinary(Base64Variant variant, byte[] data, int from, int length) throws IOException {
        int start = Objects.checkFromIndexSize(from, length, data.length);
        byte[] part = Arrays.copyOfRange(data, start, start + length);
        byte[] text = variant.encode(part, false).getBytes(StandardCharsets.US_ASCII);
        value();
        out.put('"');
        out.put(text);
        out.put('"');
    }

    @Override
    public int writeBinary(Base64Variant variant, InputStream data, int length) throws IOException {
        byte[] bytes = length < 0 ? data.readAllBytes() : data.readNBytes(length);
        require(length < 0 || bytes.length == length, "data shorter than it was said to be");
        writeBinary(variant, bytes, 0, bytes.length);
        return bytes.length;
    }

    @Override
    public void writeNumber(int number) throws IOException {
        writeNumber((long) number);
    }

    @Override
    public void writeNumber(long number) throws IOException {
        value();
        byte[] bytes = out.room(LONGEST_LONG);
        out.writtenTo(NumberOutput.outputLong(number, bytes, out.size()));
    }

    @Override
    public void writeNumber(double number) throws IOException {
        number(Double.isFinite(number), NumberOutput.toString(number, false));
    }

    @Override
    public void writeNumber(float number) throws IOException {
        number(Float.isFinite(number), NumberOutput.toString(number, false));
    }

    /** JSON knows no infinite numbers (RFC 8259 §6); Jackson reads them from texts. */
    private void number(boolean finite, String number) throws IOException {
        if (finite) {
            digits(number);
        } else {
            writeString(number);
        }
    }

    @Override
    public void writeNumber(@Nullable BigInteger number) throws IOException {
        digits(number);
    }

    @Override
    public void writeNumber(@Nullable BigDecimal number) throws IOException {
        digits(number);
    }

    private void digits(@Nullable Number number) throws IOException {
        if (number == null) {
            writeNull();
        } else {
            doubtful |= number.getClass() != BigDecimal.class && number.getClass() != BigInteger.class;
            digits(number.toString());
        }
    }

    @Override
    public void writeNumber(@Nullable String number) throws IOException {
        if (number == null) {
            writeNull();
            return;
        }
        doubtful = true;
        digits(number);
    }

    private void digits(String number) throws IOException {
        value();
        doubtful |= number.length() > SHORT_NUMBER;
        out.put(number.getBytes(StandardCharsets.US_ASCII));
    }

    @Override
    public void writeBoolean(boolean state) throws IOException {
        literal(state ? "true" : "false");
    }

    @Override
    public void writeNull() throws IOException {
        literal("null");
    }

    private void literal(String word) throws IOException {
        value();
        out.put(word.getBytes(StandardCharsets.US_ASCII));
    }

    @Override
    public JsonStreamContext getOutputContext() {
        return place;
    }

    @Override
    public @Nullable Object currentValue() {
        return place.getCurrentValue();
    }

    @Override
    public void assignCurrentValue(Object value) {
        place.setCurrentValue(value);
    }

    /** Does nothing: there is nowhere that it could go earlier. */
    @Override
    public void flush() {}

    @Override
    protected void _releaseBuffers() {}
}
