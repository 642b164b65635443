package dev.signet.trials;

import dev.signet.trials.Ledger.Count;
import java.util.Random;

/** Reads a node's public page all the time. */
final class Watcher implements Crowd.Habit {
    private final NodeProcess node;
    private final Browser browser;
    private final Ledger ledger;

    Watcher(NodeProcess node, Browser browser, Ledger ledger) {
        this.node = node;
        this.browser = browser;
        this.ledger = ledger;
    }

    @Override
    public void once(Random random) {
        if (node.died()) {
            ledger.violation(Promise.WELL, "process " + node.name() + " ended by itself");
            node.kill();
        }
        browser.read(node, Paths.PUBLIC, null).ifPresent(reply -> {
            if (reply.ok()) {
                ledger.count(Count.PUBLIC_PAGES);
                ledger.publicPageTook(reply.received() - reply.sent());
            } else {
                ledger.violation(
                        Promise.PUBLIC, "the public page at " + node.name() + " was answered " + reply.status());
            }
        });
    }
}
