package dev.signet.http;

/** Nobody is signed in; adapters answer 401. */
public sealed class NotSignedIn extends RuntimeException permits FreshSignInRequired {
    private static final long serialVersionUID = 1;

    public NotSignedIn() {
        this("nobody is signed in");
    }

    NotSignedIn(String message) {
        super(message);
    }
}
