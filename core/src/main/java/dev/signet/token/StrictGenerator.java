package dev.signet.token;

import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.SerializableString;
import com.fasterxml.jackson.core.TreeNode;
import com.fasterxml.jackson.core.util.JsonGeneratorDelegate;
import java.io.IOException;
import java.math.BigDecimal;
import java.math.BigInteger;

/**
 * A generator of one value inside of claims, which notices what {@link StrictParser} would not read again. What it cannot see through, such as raw JSON or
 * numbers of any length, makes the value {@linkplain #isPlain doubtful}: then somebody has to read it. Saves reading what most values are.
 */
final class StrictGenerator extends JsonGeneratorDelegate {
    /** Characters of a name that are few enough however they are written. */
    private static final int SHORT = 128;

    private static final int MEMBER_OF_CLAIMS = 1;

    private UniqueNames place = new UniqueNames();
    private boolean doubtful;

    StrictGenerator(JsonGenerator json) {
        super(json);
    }

    /** Whether one value was written that can certainly be read again. Ask before it is closed. */
    boolean isPlain() {
        return !doubtful && getOutputContext().inRoot() && getOutputContext().getEntryCount() == 1;
    }

    private void enter(int type) {
        place = place.inside(type);
        requireDepth(place.getNestingDepth());
    }

    private void requireDepth(int depth) {
        doubtful |= depth + MEMBER_OF_CLAIMS > JsonWords.LIMITS.getMaxNestingDepth();
    }

    private void name(String name) throws IOException {
        doubtful |= name.length() > SHORT;
        for (int i = 0; i < name.length() && !doubtful; i++) {
            doubtful = name.charAt(i) >= 0x7F;
        }
        place.setCurrentName(name);
    }

    @Override
    public void writeStartArray() throws IOException {
        enter(UniqueNames.ARRAY);
        super.writeStartArray();
    }

    @Override
    public void writeStartArray(int size) throws IOException {
        enter(UniqueNames.ARRAY);
        super.writeStartArray(size);
    }

    @Override
    public void writeStartArray(Object value) throws IOException {
        enter(UniqueNames.ARRAY);
        super.writeStartArray(value);
    }

    @Override
    public void writeStartArray(Object value, int size) throws IOException {
        enter(UniqueNames.ARRAY);
        super.writeStartArray(value, size);
    }

    @Override
    public void writeEndArray() throws IOException {
        place = place.outside();
        super.writeEndArray();
    }

    @Override
    public void writeStartObject() throws IOException {
        enter(UniqueNames.OBJECT);
        super.writeStartObject();
    }

    @Override
    public void writeStartObject(Object value) throws IOException {
        enter(UniqueNames.OBJECT);
        super.writeStartObject(value);
    }

    @Override
    public void writeStartObject(Object value, int size) throws IOException {
        enter(UniqueNames.OBJECT);
        super.writeStartObject(value, size);
    }

    /** Jackson ends an object after a name without a value, too. */
    @Override
    public void writeEndObject() throws IOException {
        doubtful |= place.names() != getOutputContext().getEntryCount();
        place = place.outside();
        super.writeEndObject();
    }

    @Override
    public void writeFieldName(String name) throws IOException {
        name(name);
        super.writeFieldName(name);
    }

    @Override
    public void writeFieldName(SerializableString name) throws IOException {
        name(name.getValue());
        super.writeFieldName(name);
    }

    @Override
    public void writeFieldId(long id) throws IOException {
        doubtful = true;
        super.writeFieldId(id);
    }

    @Override
    public void writeArray(int[] array, int offset, int length) throws IOException {
        requireDepth(place.getNestingDepth() + 1);
        super.writeArray(array, offset, length);
    }

    @Override
    public void writeArray(long[] array, int offset, int length) throws IOException {
        requireDepth(place.getNestingDepth() + 1);
        super.writeArray(array, offset, length);
    }

    @Override
    public void writeArray(double[] array, int offset, int length) throws IOException {
        requireDepth(place.getNestingDepth() + 1);
        super.writeArray(array, offset, length);
    }

    @Override
    public void writeArray(String[] array, int offset, int length) throws IOException {
        requireDepth(place.getNestingDepth() + 1);
        super.writeArray(array, offset, length);
    }

    @Override
    public void writeRawUTF8String(byte[] text, int offset, int length) throws IOException {
        doubtful = true;
        super.writeRawUTF8String(text, offset, length);
    }

    @Override
    public void writeUTF8String(byte[] text, int offset, int length) throws IOException {
        doubtful = true;
        super.writeUTF8String(text, offset, length);
    }

    @Override
    public void writeRaw(String text) throws IOException {
        doubtful = true;
        super.writeRaw(text);
    }

    @Override
    public void writeRaw(String text, int offset, int length) throws IOException {
        doubtful = true;
        super.writeRaw(text, offset, length);
    }

    @Override
    public void writeRaw(SerializableString text) throws IOException {
        doubtful = true;
        super.writeRaw(text);
    }

    @Override
    public void writeRaw(char[] text, int offset, int length) throws IOException {
        doubtful = true;
        super.writeRaw(text, offset, length);
    }

    @Override
    public void writeRaw(char c) throws IOException {
        doubtful = true;
        super.writeRaw(c);
    }

    @Override
    public void writeRawValue(String text) throws IOException {
        doubtful = true;
        super.writeRawValue(text);
    }

    @Override
    public void writeRawValue(String text, int offset, int length) throws IOException {
        doubtful = true;
        super.writeRawValue(text, offset, length);
    }

    @Override
    public void writeRawValue(char[] text, int offset, int length) throws IOException {
        doubtful = true;
        super.writeRawValue(text, offset, length);
    }

    @Override
    public void writeNumber(BigInteger number) throws IOException {
        doubtful = true;
        super.writeNumber(number);
    }

    @Override
    public void writeNumber(BigDecimal number) throws IOException {
        doubtful = true;
        super.writeNumber(number);
    }

    @Override
    public void writeNumber(String number) throws IOException {
        doubtful = true;
        super.writeNumber(number);
    }

    @Override
    public void writeNumber(char[] number, int offset, int length) throws IOException {
        doubtful = true;
        super.writeNumber(number, offset, length);
    }

    @Override
    public void writeObjectId(Object id) throws IOException {
        doubtful = true;
        super.writeObjectId(id);
    }

    @Override
    public void writeObjectRef(Object id) throws IOException {
        doubtful = true;
        super.writeObjectRef(id);
    }

    @Override
    public void writeTypeId(Object id) throws IOException {
        doubtful = true;
        super.writeTypeId(id);
    }

    @Override
    public void writeEmbeddedObject(Object value) throws IOException {
        doubtful = true;
        super.writeEmbeddedObject(value);
    }

    @Override
    public void writePOJO(Object value) throws IOException {
        doubtful = true;
        super.writePOJO(value);
    }

    @Override
    public void writeObject(Object value) throws IOException {
        doubtful = true;
        super.writeObject(value);
    }

    @Override
    public void writeTree(TreeNode tree) throws IOException {
        doubtful = true;
        super.writeTree(tree);
    }

    @Override
    public void copyCurrentEvent(JsonParser from) throws IOException {
        doubtful = true;
        super.copyCurrentEvent(from);
    }

    @Override
    public void copyCurrentStructure(JsonParser from) throws IOException {
        doubtful = true;
        super.copyCurrentStructure(from);
    }
}
