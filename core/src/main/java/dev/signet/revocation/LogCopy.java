package dev.signet.revocation;

import dev.signet.revocation.RevocationLog.Entry;
import dev.signet.revocation.RevocationLog.Kind;
import dev.signet.revocation.RevocationLog.Page;
import java.time.Instant;

/** Moves a log to another store. */
final class LogCopy {
    private LogCopy() {}

    static long copy(RevocationLog from, RevocationLog to, Instant now) {
        if (!to.read(0, 1).entries().isEmpty()) {
            throw new IllegalStateException("The log to copy to holds entries already; copy to an empty one");
        }
        long copied = 0;
        Entry left = null;
        Page page = from.read(0, LogReader.PAGE);
        while (!page.entries().isEmpty()) {
            for (Entry entry : page.entries()) {
                left = entry;
                if (entry.keepUntil().isAfter(now)) {
                    to.append(unchanging(entry));
                    copied++;
                    left = null;
                }
            }
            page = from.read(page.entries().get(page.entries().size() - 1).position() + 1, LogReader.PAGE);
        }
        // The newest is copied in any case: a durable log without entries counts as lost.
        if (left != null) {
            to.append(unchanging(left));
            copied++;
        }
        return copied;
    }

    /** A group entry keeps ending what it ended, and nothing that began since. */
    static Entry unchanging(Entry entry) {
        return entry.kind() == Kind.SESSION
                ? entry
                : new Entry(0, entry.id(), entry.kind(), null, entry.subject(), entry.endsBefore(), entry.keepUntil());
    }
}
