package dev.signet.revocation.jdbc;

import dev.signet.jdbc.Sql;
import dev.signet.revocation.RevocationLog.Entry;
import dev.signet.revocation.RevocationLog.Kind;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import org.jspecify.annotations.Nullable;

/** Entries as rows: {@code pos, id, kind, session_id, subject, up_to, keep_until}. */
final class Rows {
    static final String COLUMNS = "pos, id, kind, session_id, subject, up_to, keep_until";
    /** All but the position. */
    static final String PARAMETERS = "?, ?, ?, ?, ?, ?";

    private static final long MICROS = 1_000_000;

    private Rows() {}

    static void set(PreparedStatement statement, int first, Entry entry) throws SQLException {
        statement.setString(first, entry.id());
        statement.setString(first + 1, entry.kind().name());
        statement.setString(first + 2, written(entry.session()));
        statement.setString(first + 3, written(entry.subject()));
        statement.setLong(first + 4, entry.upTo());
        statement.setLong(first + 5, micros(entry.keepUntil()));
    }

    static Entry entry(ResultSet row) throws SQLException {
        return new Entry(
                row.getLong("pos"),
                row.getString("id"),
                Kind.valueOf(row.getString("kind")),
                read(row.getString("session_id")),
                read(row.getString("subject")),
                row.getLong("up_to"),
                Instant.EPOCH.plus(row.getLong("keep_until"), ChronoUnit.MICROS));
    }

    /** Never earlier than told; what lies beyond 292,000 years is then. */
    private static long micros(Instant instant) {
        try {
            long whole = Math.multiplyExact(instant.getEpochSecond(), MICROS);
            return Math.addExact(whole, (instant.getNano() + 999) / 1_000);
        } catch (ArithmeticException e) {
            return instant.isAfter(Instant.EPOCH) ? Long.MAX_VALUE : Long.MIN_VALUE;
        }
    }

    private static @Nullable String written(@Nullable String text) {
        return text == null ? null : Sql.written(text);
    }

    private static @Nullable String read(@Nullable String text) {
        return text == null ? null : Sql.read(text);
    }
}
