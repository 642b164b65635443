package dev.signet.token;

import com.fasterxml.jackson.core.JsonLocation;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.core.ObjectCodec;
import dev.signet.token.NameCache.Name;
import java.io.IOException;
import org.jspecify.annotations.Nullable;

/**
 * A parser of one JSON value in an array of bytes, for readers that know Jackson's. One pass does all that is strict about it: UTF-8 without overlong forms or
 * surrogates (RFC 3629 §4), no control character anywhere, no space but {@code ' '}, no name twice in one object, bounded depth, names and numbers, and
 * nothing after the value. It takes what Jackson's own parser takes under these rules, and gives the same for it.
 */
final class StrictParser extends JsonWords {
    private UniqueNames place;
    private int start;
    private @Nullable ObjectCodec codec;

    StrictParser(byte[] json, int from, int end, UniqueNames place) {
        super(json, from, end);
        this.place = place.again();
        _parsingContext = place;
    }

    @Override
    public @Nullable JsonToken nextToken() throws IOException {
        forget();
        _currToken = token();
        return _currToken;
    }

    private @Nullable JsonToken token() throws IOException {
        if (_currToken == JsonToken.FIELD_NAME) {
            return value(next());
        } else if (place.inObject()) {
            return member() ? JsonToken.FIELD_NAME : JsonToken.END_OBJECT;
        }
        return place.inRoot() ? root() : element();
    }

    @Override
    public @Nullable String nextFieldName() throws IOException {
        if (_currToken == JsonToken.FIELD_NAME || !place.inObject()) {
            return nextToken() == JsonToken.FIELD_NAME ? place.getCurrentName() : null;
        }
        forget();
        if (member()) {
            _currToken = JsonToken.FIELD_NAME;
            return place.getCurrentName();
        }
        _currToken = JsonToken.END_OBJECT;
        return null;
    }

    /** Reads the name of the next member; false where the object ends. */
    private boolean member() throws IOException {
        int c = next();
        if (c == '}') {
            leave();
            return false;
        }
        if (place.expectComma()) {
            require(c == ',');
            c = next();
        }
        require(c == '"');
        Name likely = place.likely();
        if (likely != null && takes(likely)) {
            place.setLikelyName(likely);
            require(next() == ':');
        } else {
            otherName();
        }
        return true;
    }

    private void otherName() throws IOException {
        Name shortName = shortName();
        String name = shortName == null ? longName() : shortName.text();
        require(next() == ':');
        place.setCurrentName(name, shortName);
    }

    private JsonToken element() throws IOException {
        int c = next();
        if (c == ']') {
            leave();
            return JsonToken.END_ARRAY;
        }
        if (place.expectComma()) {
            require(c == ',');
            c = next();
        }
        return value(c);
    }

    private void enter(UniqueNames inside) throws IOException {
        LIMITS.validateNestingDepth(inside.getNestingDepth());
        place = inside;
        _parsingContext = inside;
    }

    private void leave() {
        place = place.outside();
        _parsingContext = place;
    }

    private @Nullable JsonToken root() throws IOException {
        if (place.getEntryCount() == 0) {
            boolean unused = place.expectComma();
            return value(next());
        }
        requireEnd();
        return null;
    }

    private JsonToken value(int first) throws IOException {
        start = at() - 1;
        switch (first) {
            case '"' -> {
                string();
                return JsonToken.VALUE_STRING;
            }
            case '{' -> {
                enter(place.inside(UniqueNames.OBJECT));
                return JsonToken.START_OBJECT;
            }
            case '[' -> {
                enter(place.inside(UniqueNames.ARRAY));
                return JsonToken.START_ARRAY;
            }
            case 't' -> {
                return literal("true", JsonToken.VALUE_TRUE);
            }
            case 'f' -> {
                return literal("false", JsonToken.VALUE_FALSE);
            }
            case 'n' -> {
                return literal("null", JsonToken.VALUE_NULL);
            }
            default -> {
                return number(first == '-');
            }
        }
    }

    @Override
    public @Nullable String getText() throws IOException {
        JsonToken token = _currToken;
        if (token == JsonToken.VALUE_STRING) {
            return text();
        } else if (token == JsonToken.FIELD_NAME) {
            return currentName();
        } else if (token == JsonToken.VALUE_NUMBER_INT || token == JsonToken.VALUE_NUMBER_FLOAT) {
            return digitsAndSigns();
        }
        return token == null ? null : token.asString();
    }

    @Override
    public char @Nullable [] getTextCharacters() throws IOException {
        String characters = getText();
        return characters == null ? null : characters.toCharArray();
    }

    @Override
    public int getTextLength() throws IOException {
        String characters = getText();
        return characters == null ? 0 : characters.length();
    }

    @Override
    public int getTextOffset() {
        return 0;
    }

    @Override
    public boolean hasTextCharacters() {
        return false;
    }

    @Override
    public JsonLocation currentTokenLocation() {
        return location(start);
    }

    @Override
    public JsonLocation currentLocation() {
        return location(at());
    }

    @Override
    public @Nullable ObjectCodec getCodec() {
        return codec;
    }

    @Override
    public void setCodec(@Nullable ObjectCodec other) {
        codec = other;
    }
}
