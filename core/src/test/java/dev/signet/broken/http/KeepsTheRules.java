package dev.signet.broken.http;

import dev.signet.broken.Root;
import dev.signet.broken.revocation.StoreIsAway;

/** Keeps the arrows: http may name the root and the exceptions of revocation. */
public final class KeepsTheRules {
    Root root = new Root();

    void refuse() {
        throw new StoreIsAway();
    }
}
