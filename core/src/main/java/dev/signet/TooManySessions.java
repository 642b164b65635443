package dev.signet;

/** A sign-in was refused, since as many sessions of that person are live as {@link SessionLimit#refusing} allows. Adapters answer 409. */
public final class TooManySessions extends RuntimeException {
    private static final long serialVersionUID = 1;

    TooManySessions(int most) {
        super("this person has " + most + " live sessions, and may have no more: end one of them first");
    }
}
