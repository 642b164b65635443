package dev.signet.benchmarks;

import dev.signet.revocation.RevocationLog;
import dev.signet.revocation.StoreUnavailable;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.SplittableRandom;

/** A log of so many sessions that were ended, each made up anew whenever it is read, so that the log itself takes no memory. */
final class Revoked implements RevocationLog {
    private static final Base64.Encoder BASE64 = Base64.getUrlEncoder().withoutPadding();

    private final int entries;
    private final Instant keepUntil = Instant.now().plus(Duration.ofHours(12));

    Revoked(int entries) {
        this.entries = entries;
    }

    /** The id of the n-th session that was ended; those past the last one were not. */
    static String sid(int number) {
        byte[] id = new byte[16];
        new SplittableRandom(number).nextBytes(id);
        return BASE64.encodeToString(id);
    }

    Entry entry(int number) {
        String sid = sid(number);
        return new Entry(number + 1L, sid, Kind.SESSION, sid, "user-" + number, 0, keepUntil);
    }

    @Override
    public Page read(long from, int limit) {
        List<Entry> page = new ArrayList<>();
        for (long position = Math.max(1, from); position <= entries && page.size() < limit; position++) {
            page.add(entry((int) position - 1));
        }
        return new Page(page, entries);
    }

    @Override
    public long append(Entry entry) {
        throw new StoreUnavailable("nobody signs out while this is measured");
    }

    @Override
    public void trim() {}

    @Override
    public boolean durable() {
        return false;
    }

    @Override
    public void close() {}
}
