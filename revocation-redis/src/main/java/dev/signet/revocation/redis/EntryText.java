package dev.signet.revocation.redis;

import dev.signet.revocation.RevocationLog.Entry;
import dev.signet.revocation.RevocationLog.Kind;
import dev.signet.revocation.StoreUnavailable;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * An entry as one member of the sorted set: {@code id kind keepUntil upTo length sessionSubject}. The kind is {@code S} (session),
 * {@code O} (session whose subject is unknown), {@code U} (subject) or {@code E} (everyone); {@code keepUntil} is in milliseconds;
 * {@code length} tells where the session ends and the subject begins, {@code =} that the session is called like the entry.
 */
final class EntryText {
    private static final String AS_THE_ENTRY = "=";
    private static final int FIELDS = 6;

    private EntryText() {}

    static String write(Entry entry) {
        String session = entry.session() == null ? "" : entry.session();
        String subject = entry.subject() == null ? "" : entry.subject();
        boolean sameName = session.equals(entry.id());
        return String.join(
                " ",
                entry.id(),
                kind(entry),
                Long.toString(keepUntil(entry)),
                Long.toString(entry.upTo()),
                sameName ? AS_THE_ENTRY : Integer.toString(session.length()),
                sameName ? subject : session + subject);
    }

    /** Never earlier than told. */
    static long keepUntil(Entry entry) {
        return entry.keepUntil().plusNanos(999_999).toEpochMilli();
    }

    private static String kind(Entry entry) {
        return switch (entry.kind()) {
            case SESSION -> entry.subject() == null ? "O" : "S";
            case SUBJECT -> "U";
            case EVERYONE -> "E";
        };
    }

    static Entry read(String text, long position) {
        String[] fields = text.split(" ", FIELDS);
        try {
            String id = fields[0];
            Instant keepUntil = Instant.ofEpochMilli(Long.parseLong(fields[2]));
            long upTo = Long.parseLong(fields[3]);
            String names = fields[5];
            int split = fields[4].equals(AS_THE_ENTRY) ? 0 : Integer.parseInt(fields[4]);
            String session = fields[4].equals(AS_THE_ENTRY) ? id : names.substring(0, split);
            String subject = names.substring(split);
            return switch (fields[1]) {
                case "S" -> entry(position, id, Kind.SESSION, session, subject, upTo, keepUntil);
                case "O" -> entry(position, id, Kind.SESSION, session, null, upTo, keepUntil);
                case "U" -> entry(position, id, Kind.SUBJECT, null, subject, upTo, keepUntil);
                case "E" -> entry(position, id, Kind.EVERYONE, null, null, upTo, keepUntil);
                default -> throw damaged(position);
            };
        } catch (NumberFormatException | IndexOutOfBoundsException e) {
            throw damaged(position);
        }
    }

    private static Entry entry(
            long position,
            String id,
            Kind kind,
            @Nullable String session,
            @Nullable String subject,
            long upTo,
            Instant keepUntil) {
        return new Entry(position, id, kind, session, subject, upTo, keepUntil);
    }

    private static StoreUnavailable damaged(long position) {
        return new StoreUnavailable("What Redis holds at position " + position + " is no entry of a revocation log");
    }
}
