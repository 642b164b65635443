package dev.signet.broken;

import dev.signet.broken.revocation.Replica;

/** Keeps the rules: the root may name everything below it but http. */
public final class Root {
    Replica replica = new Replica();
}
