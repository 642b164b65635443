package dev.signet;

/**
 * While somebody was signing in, everything of theirs was ended: the password may have been checked before it was changed. Show the form again; the next try
 * works.
 */
public final class SignInOvertaken extends RuntimeException {
    private static final long serialVersionUID = 1;

    SignInOvertaken() {
        super("a revocation overtook this sign-in: credentials have to be checked again");
    }
}
