package dev.signet;

import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/** A slot's value as JSON or deflated, measured and ready to be sealed under any session. Immutable, thread-safe. */
public final class SlotContent {
    private final String slot;
    private final int version;
    private final boolean deflated;
    private final byte[] data;

    SlotContent(String slot, int version, boolean deflated, byte[] data) {
        this.slot = slot;
        this.version = version;
        this.deflated = deflated;
        this.data = data;
    }

    /** The name of the slot. */
    public String slot() {
        return slot;
    }

    int version() {
        return version;
    }

    boolean deflated() {
        return deflated;
    }

    /** JSON: the value, or a text of base64url that is the value deflated. */
    byte[] data() {
        return data;
    }

    @Override
    public boolean equals(@Nullable Object other) {
        return other instanceof SlotContent content
                && content.slot.equals(slot)
                && content.version == version
                && content.deflated == deflated
                && Arrays.equals(content.data, data);
    }

    @Override
    public int hashCode() {
        return Arrays.hashCode(data);
    }

    /** Names the slot and never its value. */
    @Override
    public String toString() {
        return "SlotContent[" + slot + "]";
    }
}
