package dev.signet;

import java.lang.reflect.Type;

/** How the values of a slot become bytes, for slots that are not JSON. Implementations are thread-safe. */
public interface SlotFormat {
    /** Makes bytes of a value of the slot's type; what it throws reaches whoever sets the slot. */
    byte[] write(Object value, Type type);

    /**
     * Reads what {@link #write} wrote, perhaps an older version of the application.
     *
     * @throws RuntimeException if it cannot: the slot then reads as absent
     */
    Object read(byte[] bytes, Type type);
}
