package dev.signet.trials;

import java.util.Locale;

/** What is broken on purpose, to see that the run fails then. */
enum Sabotage {
    NOTHING,
    /** One node asks no revocation log. */
    DEAF,
    /** One node claims sign-outs that were not recorded. */
    LIAR,
    /** One node loses a thread and 20 KB with every fiftieth request. */
    LEAK,
    /** One shop forgets every fiftieth thing that is put into a cart. */
    FORGETFUL,
    /** One shop believes every site. */
    CREDULOUS;

    static Sabotage named(String name) {
        return valueOf(name.toUpperCase(Locale.ROOT));
    }
}
