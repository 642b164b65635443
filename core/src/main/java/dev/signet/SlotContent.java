package dev.signet;

import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/** A slot's value as JSON, measured and ready to be sealed under any session. Immutable, thread-safe. */
public final class SlotContent {
    private final String slot;
    private final int version;
    private final byte[] data;

    SlotContent(String slot, int version, byte[] data) {
        this.slot = slot;
        this.version = version;
        this.data = data;
    }

    /** The name of the slot. */
    public String slot() {
        return slot;
    }

    int version() {
        return version;
    }

    byte[] data() {
        return data;
    }

    @Override
    public boolean equals(@Nullable Object other) {
        return other instanceof SlotContent content
                && content.slot.equals(slot)
                && content.version == version
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
