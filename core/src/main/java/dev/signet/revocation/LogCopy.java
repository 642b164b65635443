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
        long next = 0;
        while (true) {
            Page page = from.read(next, LogReader.PAGE);
            boolean lastPage = page.entries().size() < LogReader.PAGE;
            for (Entry entry : page.entries()) {
                next = entry.position() + 1;
                // The newest is copied in any case: a durable log without entries counts as lost.
                boolean newest = lastPage
                        && entry.equals(page.entries().get(page.entries().size() - 1));
                if (newest || entry.keepUntil().isAfter(now)) {
                    to.append(unchanging(entry));
                    copied++;
                }
            }
            if (lastPage) {
                return copied;
            }
        }
    }

    /** A group entry keeps ending what it ended, and nothing that began since. */
    private static Entry unchanging(Entry entry) {
        return entry.kind() == Kind.SESSION
                ? entry
                : new Entry(0, entry.id(), entry.kind(), null, entry.subject(), entry.endsBefore(), entry.keepUntil());
    }
}
