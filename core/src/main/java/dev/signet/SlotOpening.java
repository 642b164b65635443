package dev.signet;

import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** What became of opening a slot's token: what was made of it, a refusal, or neither when it is absent, expired or somebody else's. */
record SlotOpening<T>(@Nullable T value, Verification.@Nullable Cause refused) {
    static <T> SlotOpening<T> of(T value) {
        return new SlotOpening<>(value, null);
    }

    static <T> SlotOpening<T> absent() {
        return new SlotOpening<>(null, null);
    }

    static <T> SlotOpening<T> refused(Verification.Cause cause) {
        return new SlotOpening<>(null, cause);
    }

    /** The same of what is made of the value; refused where nothing can be made of it. */
    <R> SlotOpening<R> map(Function<T, R> making) {
        if (value == null) {
            return new SlotOpening<>(null, refused);
        }
        try {
            return of(making.apply(value));
        } catch (RuntimeException unfit) {
            return refused(Verification.Cause.CLAIMS);
        }
    }
}
