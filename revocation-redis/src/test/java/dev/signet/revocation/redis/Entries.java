package dev.signet.revocation.redis;

import dev.signet.revocation.RevocationLog;
import dev.signet.revocation.RevocationLog.Entry;
import dev.signet.revocation.RevocationLog.Kind;
import dev.signet.revocation.RevocationLog.Page;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.UUID;

/** Entries to record, and what a log holds. */
final class Entries {
    static final Duration LONGEST = Duration.ofHours(12);

    private static final int PAGE = 1_000;

    private Entries() {}

    static Entry session(String name) {
        return new Entry(0, sid(name), Kind.SESSION, sid(name), "ada", 0, later());
    }

    static Instant later() {
        return Instant.now().plus(LONGEST);
    }

    /** 22 characters, as Signet's own. */
    static String sid(String name) {
        UUID bits = UUID.nameUUIDFromBytes(name.getBytes(StandardCharsets.UTF_8));
        byte[] bytes = ByteBuffer.allocate(16)
                .putLong(bits.getMostSignificantBits())
                .putLong(bits.getLeastSignificantBits())
                .array();
        return Base64.getUrlEncoder().withoutPadding().encodeToString(bytes);
    }

    static List<Entry> all(RevocationLog log) {
        List<Entry> all = new ArrayList<>();
        long next = 0;
        while (true) {
            Page page = log.read(next, PAGE);
            all.addAll(page.entries());
            if (page.entries().size() < PAGE) {
                return all;
            }
            next = all.get(all.size() - 1).position() + 1;
        }
    }

    static List<String> ids(RevocationLog log) {
        return all(log).stream().map(Entry::id).toList();
    }
}
