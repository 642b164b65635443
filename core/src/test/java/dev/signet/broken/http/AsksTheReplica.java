package dev.signet.broken.http;

import dev.signet.broken.revocation.Replica;

final class AsksTheReplica {
    void ask(Replica replica) {}
}
