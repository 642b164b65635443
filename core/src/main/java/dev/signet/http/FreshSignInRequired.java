package dev.signet.http;

/** Somebody is signed in, but their credentials were checked too long ago for this; adapters answer 401. */
public final class FreshSignInRequired extends NotSignedIn {
    private static final long serialVersionUID = 1;

    public FreshSignInRequired() {
        super("credentials have to be checked again for this");
    }
}
