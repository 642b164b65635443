package dev.signet.http;

/** Somebody is signed in, without any of the roles that this needs; adapters answer 403. */
public final class NotAllowed extends RuntimeException {
    private static final long serialVersionUID = 1;

    public NotAllowed() {
        super("the role that this needs is missing");
    }
}
