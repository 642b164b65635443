package dev.signet.http;

/** A request that changes something was, or may have been, caused by another site; adapters answer 403. */
public final class CsrfRefused extends RuntimeException {
    private static final long serialVersionUID = 1;

    public CsrfRefused() {
        super("the request may have been caused by another site");
    }
}
