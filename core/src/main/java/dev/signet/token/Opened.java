package dev.signet.token;

import org.jspecify.annotations.Nullable;

/** What became of opening one token: the value its reader made of the claims, or the refusal. */
public record Opened<T>(@Nullable T value, @Nullable Refusal refusal) {
    static <T> Opened<T> of(T value) {
        return new Opened<>(value, null);
    }

    static <T> Opened<T> refused(Refusal refusal) {
        return new Opened<>(null, refusal);
    }
}
