package dev.signet.trials;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;

/** What is done to processes and to their way to the store. */
enum Fault {
    KILL_NODE("application process killed and started again", false),
    KILL_STORE("store killed and started again", true),
    FREEZE_STORE("store stopped for 10 s", true),
    CUT_NODE("connections of one process cut", false),
    CUT_ALL("connections of all processes cut", false),
    SILENCE_NODE("one process cut off without a word", false);

    private static final List<Fault> SHARES = List.of(
            KILL_NODE,
            KILL_NODE,
            KILL_NODE,
            KILL_STORE,
            KILL_STORE,
            FREEZE_STORE,
            CUT_NODE,
            CUT_NODE,
            CUT_ALL,
            SILENCE_NODE);

    private final String words;
    private final boolean ofStore;

    Fault(String words, boolean ofStore) {
        this.words = words;
        this.ofStore = ofStore;
    }

    String words() {
        return words;
    }

    /** Those happen one after another, while others go on. */
    boolean ofStore() {
        return ofStore;
    }

    /** So many, in shares of ten, each ten in an order of its own. */
    static List<Fault> plan(int number, boolean storeIsServer, Random random) {
        List<Fault> plan = new ArrayList<>();
        while (plan.size() < number) {
            List<Fault> ten = new ArrayList<>(storeIsServer ? SHARES : Collections.nCopies(10, KILL_NODE));
            Collections.shuffle(ten, random);
            plan.addAll(ten);
        }
        return List.copyOf(plan.subList(0, number));
    }
}
