package dev.signet.trials;

import dev.signet.trials.Ledger.Count;
import java.util.Random;

/** Honest traffic of which a fifth is hostile: whoever is behind sends the next request. Used by one thread. */
record Mixture(Ledger ledger, Crowd.Habit honest, Crowd.Habit thief, Crowd.Habit attacker) implements Crowd.Habit {
    @Override
    public void once(Random random) {
        boolean ahead = 4 * ledger.counted(Count.HOSTILE) >= ledger.counted(Count.HONEST);
        // Now and then all the same: as long as nobody has signed in there is nothing to steal.
        if (ahead || random.nextInt(4) == 0) {
            honest.once(random);
        } else if (random.nextInt(4) == 0) {
            thief.once(random);
        } else {
            attacker.once(random);
        }
    }

    /** The share of hostile requests so far. */
    static double share(Ledger ledger) {
        double hostile = ledger.counted(Count.HOSTILE);
        return hostile / Math.max(1, hostile + ledger.counted(Count.HONEST));
    }
}
