package dev.signet;

import org.jspecify.annotations.Nullable;

/** What became of opening a slot's token: its content, a refusal, or neither when it is absent, expired or somebody else's. */
record SlotOpening(@Nullable SlotContent content, Verification.@Nullable Cause refused) {
    static final SlotOpening ABSENT = new SlotOpening(null, null);
}
