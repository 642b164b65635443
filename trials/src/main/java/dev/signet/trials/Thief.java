package dev.signet.trials;

import dev.signet.trials.Browser.Reply;
import dev.signet.trials.Ledger.Count;
import dev.signet.trials.Ledger.Ended;
import java.time.Duration;
import java.util.List;
import java.util.Random;

/** Replays copies of cookies whose sessions were ended, at any node and at any time after that. */
final class Thief implements Crowd.Habit {
    private final List<NodeProcess> nodes;
    private final Browser browser;
    private final Ledger ledger;
    private final Duration bound;

    /** @param bound how long after the sign-out was answered a copy may still be accepted */
    Thief(List<NodeProcess> nodes, Browser browser, Ledger ledger, Duration bound) {
        this.nodes = nodes;
        this.browser = browser;
        this.ledger = ledger;
        this.bound = bound;
    }

    @Override
    public void once(Random random) {
        ledger.anyEnded(random).ifPresent(stolen -> {
            NodeProcess node = nodes.get(random.nextInt(nodes.size()));
            int dice = random.nextInt(10);
            String path = dice < 6 ? Paths.GUARDED : dice < 8 ? Paths.OPTIONAL : Paths.AUTHORITATIVE;
            browser.read(node, path, stolen.cookie()).ifPresent(reply -> judge(node, path, stolen, reply));
        });
    }

    private void judge(NodeProcess node, String path, Ended stolen, Reply reply) {
        if (reply.undecided()) {
            ledger.count(Count.REPLAYS_UNDECIDED);
        } else if (reply.status() == 401 || reply.body().equals(Paths.NOBODY)) {
            ledger.count(Count.REPLAYS_REFUSED);
        } else {
            accepted(node, path, stolen, reply);
        }
    }

    /** The store itself knows at once; a replica may be as old as the bound. */
    private void accepted(NodeProcess node, String path, Ended stolen, Reply reply) {
        long age = reply.sent() - stolen.at();
        boolean authoritative = path.equals(Paths.AUTHORITATIVE);
        boolean asThatPerson = reply.ok() && reply.body().equals(stolen.subject());
        if (asThatPerson && !authoritative && age <= bound.toNanos()) {
            ledger.count(Count.REPLAYS_WITHIN);
            ledger.acceptedAfter(age);
        } else {
            ledger.violation(
                    authoritative ? Promise.AUTHORITATIVE : Promise.FINAL,
                    String.format(
                            "%s at %s answered %d to a cookie signed out %.3f s before (session %s, as %s)",
                            path, node.name(), reply.status(), age / 1e9, stolen.session(), stolen.subject()));
        }
    }
}
