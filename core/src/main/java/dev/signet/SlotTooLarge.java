package dev.signet;

/** A slot's value does not fit: nothing was changed, and what was there before is still there. */
public final class SlotTooLarge extends IllegalArgumentException {
    private static final long serialVersionUID = 1;

    private final String slot;
    private final int size;
    private final int limit;

    public SlotTooLarge(String slot, int size, int limit, String fix) {
        super("slot '" + slot + "' would take " + size + " bytes of " + limit + ": " + fix);
        this.slot = slot;
        this.size = size;
        this.limit = limit;
    }

    public String slot() {
        return slot;
    }

    /** In bytes, sealed. */
    public int size() {
        return size;
    }

    /** In bytes: the slot's own maximum, or what all cookies of the session together may take. */
    public int limit() {
        return limit;
    }
}
