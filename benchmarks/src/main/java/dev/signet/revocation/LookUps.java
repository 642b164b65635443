package dev.signet.revocation;

import dev.signet.revocation.RevocationLog.Entry;

/** A replica without the policy around it, so that the look-up alone can be measured. Stands here to see what is hidden. */
public final class LookUps {
    private final Replica replica = new Replica();

    public void apply(Entry entry) {
        replica.apply(entry);
    }

    public boolean ends(String sid, String subject, long seq) {
        return replica.ends(sid, subject, seq);
    }
}
