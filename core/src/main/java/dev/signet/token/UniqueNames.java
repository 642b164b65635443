package dev.signet.token;

import com.fasterxml.jackson.core.JsonParseException;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.json.JsonReadContext;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/**
 * Where a parser stands, which refuses an object with two members of one name. Compares with the names before, without making sets of them: a token is too
 * short for objects where that would be slow.
 */
final class UniqueNames extends JsonReadContext {
    static final int OBJECT = TYPE_OBJECT;
    static final int ARRAY = TYPE_ARRAY;

    private String[] names = {};
    private int size;
    /** A bit for each hash of a name so far: where it is not set, the name is new. */
    private long hashes;

    /** Where a parser stands at first. */
    UniqueNames() {
        this(null, 0, TYPE_ROOT);
    }

    private UniqueNames(@Nullable UniqueNames outside, int depth, int type) {
        super(outside, depth, null, type, 1, 0);
    }

    /** At the start of an object or array that begins here. */
    UniqueNames inside(int type) {
        UniqueNames child = (UniqueNames) _child;
        if (child == null) {
            child = new UniqueNames(this, getNestingDepth() + 1, type);
            _child = child;
        } else {
            child.reset(type, 1, 0);
            child.size = 0;
            child.hashes = 0;
        }
        return child;
    }

    /** Where the object or array that ends here began. */
    UniqueNames outside() {
        _currentValue = null;
        return _parent == null ? this : (UniqueNames) _parent;
    }

    @Override
    public void setCurrentName(String name) throws JsonProcessingException {
        super.setCurrentName(name);
        long hash = 1L << name.hashCode();
        if ((hashes & hash) != 0 && isTaken(name)) {
            throw new JsonParseException(null, "a name twice in one object");
        }
        hashes |= hash;
        if (size == names.length) {
            names = Arrays.copyOf(names, Math.max(8, 2 * size));
        }
        names[size++] = name;
    }

    /** How many names there have been in this object. */
    int names() {
        return size;
    }

    private boolean isTaken(String name) {
        for (int i = 0; i < size; i++) {
            if (names[i].equals(name)) {
                return true;
            }
        }
        return false;
    }
}
