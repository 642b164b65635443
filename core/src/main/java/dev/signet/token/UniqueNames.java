package dev.signet.token;

import com.fasterxml.jackson.core.JsonParseException;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.json.JsonReadContext;
import dev.signet.token.NameCache.Name;
import java.util.Arrays;
import java.util.HashSet;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Where a parser or generator stands, which refuses an object with two members of one name. Compares with the names before; a set is made of those past the
 * first few only, which a token hardly has room for, but a value that somebody tries to put into one may have.
 */
final class UniqueNames extends JsonReadContext {
    static final int OBJECT = TYPE_OBJECT;
    static final int ARRAY = TYPE_ARRAY;

    private static final int FEW = 64;
    /** How many names of an object are remembered from one text to the next, and of how many characters. */
    private static final int KEPT = 16;

    private static final int LONGEST_KEPT = 15;
    private static final String[] NONE = {};
    private static final @Nullable Name[] NONE_SHORT = {};

    private String[] names = NONE;
    /** Those of the names that are short, in the same places. */
    private @Nullable Name[] shortNames = NONE_SHORT;

    private @Nullable Set<String> moreNames;
    private boolean longName;
    private int size;
    /** How many names the object before this one had: while they come again in their order, they are known to differ. */
    private int before;
    /** A bit for each hash of a name so far: where it is not set, the name is new. */
    private long hashes;

    /** Where it stands at first. */
    UniqueNames() {
        this(null, 0, TYPE_ROOT);
    }

    private UniqueNames(@Nullable UniqueNames outside, int depth, int type) {
        super(outside, depth, null, type, 1, 0);
    }

    /** Where it stands at first in another text, for which everything here is used again. */
    UniqueNames again() {
        reset(TYPE_ROOT, 1, 0);
        return this;
    }

    /** Lets go of everything but a few short names in each object: a text of the same shape is known by them. */
    void letGo() {
        for (UniqueNames each = this; each != null; each = (UniqueNames) each._child) {
            each._currentName = null;
            each._currentValue = null;
            each.moreNames = null;
            if (each.longName || each.names.length > KEPT) {
                each.names = NONE;
                each.shortNames = NONE_SHORT;
                each.size = 0;
                each.longName = false;
            }
        }
    }

    /** At the start of an object or array that begins here. */
    UniqueNames inside(int type) {
        UniqueNames child = (UniqueNames) _child;
        if (child == null) {
            child = new UniqueNames(this, getNestingDepth() + 1, type);
            _child = child;
        } else {
            child.reset(type, 1, 0);
            child.before = Math.min(child.size, FEW);
            child.size = 0;
            child.moreNames = null;
            child.hashes = 0;
        }
        return child;
    }

    /** Where the object or array that ends here began. */
    UniqueNames outside() {
        _currentValue = null;
        return _parent == null ? this : (UniqueNames) _parent;
    }

    /** The name that comes next if this object is like the one before it. */
    @Nullable
    Name likely() {
        return size < before ? shortNames[size] : null;
    }

    /** Takes the one that was {@link #likely}. */
    void setLikelyName(Name name) {
        _currentName = name.text();
        size++;
    }

    @Override
    public void setCurrentName(String name) throws JsonProcessingException {
        setCurrentName(name, null);
    }

    void setCurrentName(String name, @Nullable Name shortName) throws JsonProcessingException {
        super.setCurrentName(name);
        if (!isAsBefore(name)) {
            long hash = hash(name);
            if ((hashes & hash) != 0 && isTaken(name)) {
                throw new JsonParseException(null, "a name twice in one object");
            }
            hashes |= hash;
            keep(name, shortName);
        }
        size++;
    }

    private static long hash(String name) {
        return 1L << name.hashCode();
    }

    /** Whether all names so far are the same objects in the same places as those of the object before, as in a list of like things. */
    @SuppressWarnings("ReferenceEquality")
    private boolean isAsBefore(String name) {
        if (size < before && names[size] == name) {
            return true;
        }
        if (before > 0) {
            for (int i = 0; i < size; i++) {
                hashes |= hash(names[i]);
            }
            before = 0;
        }
        return false;
    }

    private void keep(String name, @Nullable Name shortName) {
        longName |= name.length() > LONGEST_KEPT;
        if (size >= FEW) {
            if (moreNames == null) {
                moreNames = new HashSet<>();
            }
            moreNames.add(name);
            return;
        }
        if (size == names.length) {
            names = Arrays.copyOf(names, Math.max(8, 2 * size));
            shortNames = Arrays.copyOf(shortNames, names.length);
        }
        names[size] = name;
        shortNames[size] = shortName;
    }

    private boolean isTaken(String name) {
        for (int i = 0; i < Math.min(size, FEW); i++) {
            if (names[i].equals(name)) {
                return true;
            }
        }
        return moreNames != null && moreNames.contains(name);
    }
}
