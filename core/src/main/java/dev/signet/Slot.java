package dev.signet;

import com.fasterxml.jackson.core.JsonParser;
import dev.signet.token.Purpose;
import java.io.IOException;
import java.lang.reflect.ParameterizedType;
import java.lang.reflect.Type;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * One typed piece of state, such as a cart or a theme, in its own sealed cookie. Immutable, thread-safe; make it a constant.
 *
 * <p>A visitor can send an older value of a slot again within the same session, so nothing that grants, counts or may happen only once belongs into one.
 * Two requests that write the same slot at once: the last answer wins. Different slots never overwrite each other.
 *
 * <p>Values are JSON by Jackson, records and {@code java.time} included; properties unknown to the type are ignored. A value that cannot be read any more
 * reads as absent.
 */
public final class Slot<T> {
    /** What a slot may take when nothing else is said, in bytes of its sealed token: about 600 bytes of JSON. */
    public static final int DEFAULT_MAXIMUM = 1024;

    private final String name;
    private final Type type;
    private final T initial;
    private final int version;
    private final Map<Integer, Older<?, T>> older;
    private final int maximum;
    private final @Nullable SlotFormat format;
    private final boolean compressed;

    /** How a value of an older version becomes one of today's. */
    private record Older<V, T>(Type type, Function<V, T> migration) {
        @SuppressWarnings("unchecked")
        T migrate(Object value) {
            return migration.apply((V) value);
        }
    }

    /** The type of {@code List<E>}. */
    private record ListOf(Class<?> element) implements ParameterizedType {
        @Override
        public Type[] getActualTypeArguments() {
            return new Type[] {element};
        }

        @Override
        public Type getRawType() {
            return List.class;
        }

        @Override
        public @Nullable Type getOwnerType() {
            return null;
        }
    }

    private Slot(
            String name,
            Type type,
            T initial,
            int version,
            Map<Integer, Older<?, T>> older,
            int maximum,
            @Nullable SlotFormat format,
            boolean compressed) {
        this.name = Purpose.requireName("slot name", name);
        this.type = type;
        this.initial = initial;
        this.version = version;
        this.older = Map.copyOf(older);
        this.maximum = maximum;
        this.format = format;
        this.compressed = compressed;
    }

    /**
     * A slot that reads as {@code initial} until it is set.
     *
     * @param name 1 to 16 of {@code a-z 0-9}; part of the cookie's name
     * @throws IllegalArgumentException naming what is wrong
     */
    public static <T> Slot<T> of(String name, Class<T> type, T initial) {
        return new Slot<>(name, type, initial, 1, Map.of(), DEFAULT_MAXIMUM, null, false);
    }

    /**
     * A slot of a list, at first empty.
     *
     * @throws IllegalArgumentException as {@link #of}
     */
    public static <E> Slot<List<E>> listOf(String name, Class<E> element) {
        return new Slot<>(name, new ListOf(element), List.of(), 1, Map.of(), DEFAULT_MAXIMUM, null, false);
    }

    /**
     * A slot of a text, at first empty.
     *
     * @throws IllegalArgumentException as {@link #of}
     */
    public static Slot<String> text(String name) {
        return text(name, "");
    }

    /**
     * A slot of a text that reads as {@code initial} until it is set.
     *
     * @throws IllegalArgumentException as {@link #of}
     */
    public static Slot<String> text(String name, String initial) {
        return of(name, String.class, initial);
    }

    /**
     * The same slot whose values are of this version now; those of the one before are read as {@code previous} and migrated. Call it once for each step.
     *
     * @param number 2 or more, one more than before
     * @throws IllegalArgumentException if it is another number
     */
    public <V> Slot<T> version(int number, Class<V> previous, Function<V, T> migration) {
        if (number != version + 1) {
            throw new IllegalArgumentException(
                    "slot '" + name + "' version " + number + ": it follows " + version + ", so use " + (version + 1));
        }
        Map<Integer, Older<?, T>> more = new HashMap<>(older);
        more.put(version, new Older<>(previous, migration));
        return new Slot<>(name, type, initial, number, more, maximum, format, compressed);
    }

    /**
     * The same slot with another maximum.
     *
     * @param bytes 256 to 3800 bytes of sealed token; default {@value #DEFAULT_MAXIMUM}
     * @throws IllegalArgumentException if it is out of this range
     */
    public Slot<T> atMost(int bytes) {
        if (bytes < 256 || bytes > 3800) {
            throw new IllegalArgumentException("slot '" + name + "' at most " + bytes
                    + " bytes: use 256 to 3800, since a browser drops cookies over 4096");
        }
        return new Slot<>(name, type, initial, version, older, bytes, format, compressed);
    }

    /** The same slot whose values are written in another format than JSON; what was sealed as JSON before reads as absent. */
    public Slot<T> format(SlotFormat other) {
        return new Slot<>(name, type, initial, version, older, maximum, other, compressed);
    }

    /**
     * The same slot whose values are deflated where that makes them shorter, for long values that repeat themselves. It saves room and not time: each read and
     * write takes some microseconds more, and the shorter cookie saves each request fewer. {@link #atMost} bounds the value before it is deflated as well, and what comes out of any cookie of it.
     *
     * <p>A sealed token hides everything but its length, and the length of a deflated value says how much of it repeats. Where somebody can put text of theirs
     * into a slot beside something secret, over and over, and watch the cookie's length, they can guess the secret piece by piece (as BREACH and CRIME do). So
     * keep secrets, and what is written by others, out of a compressed slot. Values sealed before this was said, or after it was unsaid, are still read.
     */
    public Slot<T> compressed() {
        return new Slot<>(name, type, initial, version, older, maximum, format, true);
    }

    public String name() {
        return name;
    }

    public T initial() {
        return initial;
    }

    /** The most its sealed token may take, in bytes. */
    public int maximum() {
        return maximum;
    }

    SlotContent content(T value) {
        byte[] bytes = format == null ? SlotJson.write(name, value, type) : format.write(value, type);
        byte[] json = format == null ? bytes : SlotJson.quoted(bytes);
        if (compressed) {
            requireRoom(bytes.length);
            byte[] data = SlotJson.quoted(Deflate.deflate(bytes));
            if (data.length < json.length) {
                return new SlotContent(name, version, true, data);
            }
        }
        return new SlotContent(name, version, false, json);
    }

    private void requireRoom(int bytes) {
        if (bytes > maximum) {
            throw new SlotTooLarge(name, bytes, maximum, "before compression; raise it with atMost(…), or store less");
        }
    }

    /** @throws RuntimeException if the content is not of this slot's type any more */
    T value(SlotContent content) {
        byte[] data = content.data();
        if (content.deflated()) {
            byte[] bytes = Deflate.inflate(SlotJson.unquoted(data), maximum);
            return made(content.version(), as -> format == null ? SlotJson.read(bytes, as) : format.read(bytes, as));
        }
        return made(
                content.version(),
                as -> format == null ? SlotJson.read(data, as) : format.read(SlotJson.unquoted(data), as));
    }

    /**
     * Makes a value of the data that the parser stands on.
     *
     * @throws IOException if it is not of this slot's type any more
     */
    T read(JsonParser in, byte[] source, SlotClaims.Frame before) throws IOException {
        if (format != null || before.deflated()) {
            return value(new SlotContent(name, before.version(), before.deflated(), SlotClaims.copyOf(in, source)));
        }
        return made(before.version(), as -> SlotJson.read(in, as));
    }

    /** Reads a value of that type. */
    private interface Reading<X extends Exception> {
        Object as(Type type) throws X;
    }

    @SuppressWarnings("unchecked")
    private <X extends Exception> T made(int of, Reading<X> reading) throws X {
        if (of == version) {
            return (T) Objects.requireNonNull(reading.as(type));
        }
        Older<?, T> before = older.get(of);
        if (before == null) {
            throw new IllegalArgumentException("slot '" + name + "' of version " + of + " has no migration");
        }
        return before.migrate(reading.as(before.type()));
    }

    @Override
    public String toString() {
        return "Slot[" + name + "]";
    }
}
