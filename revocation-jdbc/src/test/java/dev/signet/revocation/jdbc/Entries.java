package dev.signet.revocation.jdbc;

import dev.signet.revocation.RevocationLog.Entry;
import dev.signet.revocation.RevocationLog.Kind;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.Base64;
import java.util.UUID;

/** Entries to record. */
final class Entries {
    static final Duration LONGEST = Duration.ofHours(12);

    private Entries() {}

    static Instant later() {
        return Instant.now().plus(LONGEST);
    }

    static String sid(String name) {
        UUID bits = UUID.nameUUIDFromBytes(name.getBytes(StandardCharsets.UTF_8));
        byte[] bytes = ByteBuffer.allocate(16)
                .putLong(bits.getMostSignificantBits())
                .putLong(bits.getLeastSignificantBits())
                .array();
        return Base64.getUrlEncoder().withoutPadding().encodeToString(bytes);
    }

    /** Its id is the name. */
    static Entry session(String name) {
        return new Entry(0, name, Kind.SESSION, sid(name), "ada", 0, later());
    }

    static Entry subject(String id, String subject, long upTo, Instant keepUntil) {
        return new Entry(0, id, Kind.SUBJECT, null, subject, upTo, keepUntil);
    }
}
