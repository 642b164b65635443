package dev.signet.trials;

/** The pages of an application process, and the words they answer with. */
final class Paths {
    static final String PUBLIC = "/";
    static final String OPTIONAL = "/who";
    static final String SIGN_IN = "/sign-in";
    static final String GUARDED = "/me";
    static final String AUTHORITATIVE = "/me/now";
    static final String SIGN_OUT = "/sign-out";
    static final String EVERYWHERE = "/sign-out/everywhere";
    static final String TOKEN = "/token";
    static final String CART = "/cart";
    static final String EMPTY = "/cart/empty";
    static final String HEALTH = "/health";
    static final String FIGURES = "/figures";

    static final String NOBODY = "nobody";
    static final String ENDED = "ended";

    private Paths() {}
}
