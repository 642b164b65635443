package dev.signet.revocation;

/** The revocation log could not be reached, did not answer in time, or is not known to have recorded what it was told. */
public final class StoreUnavailable extends RuntimeException {
    private static final long serialVersionUID = 1L;

    public StoreUnavailable(String message) {
        super(message);
    }

    public StoreUnavailable(String message, Throwable cause) {
        super(message, cause);
    }
}
