package dev.signet.token;

import java.io.IOException;

/** Authenticated claims that are not what the format writes; says which rule, never which value. */
public final class InvalidClaims extends IOException {
    private static final long serialVersionUID = 1;

    public InvalidClaims(String rule) {
        super(rule);
    }

    /** Refusing is ordinary, so it stays cheap. */
    @Override
    public synchronized Throwable fillInStackTrace() {
        return this;
    }
}
