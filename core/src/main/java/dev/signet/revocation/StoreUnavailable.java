package dev.signet.revocation;

import org.jspecify.annotations.Nullable;

/** The revocation log, or the index of sessions, could not be reached, did not answer in time, or is not known to have recorded what it was told. */
public final class StoreUnavailable extends RuntimeException {
    private static final long serialVersionUID = 1L;

    public StoreUnavailable(String message) {
        super(message);
    }

    public StoreUnavailable(String message, @Nullable Throwable cause) {
        super(message, cause);
    }
}
