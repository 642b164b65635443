package dev.signet.token;

import java.nio.charset.StandardCharsets;
import org.jspecify.annotations.Nullable;

/**
 * The protected header of an encrypted token, in the only spelling there is (RFC 7516 §4, RFC 8725 §3.1): anything else, {@code zip}, {@code crit},
 * {@code jku} and the like included, is not a header of ours.
 *
 * @param day days since the epoch
 */
record ProtectedHeader(String keyId, long day, TokenKind kind) {
    private static final String BEFORE_KEY_ID = "{\"alg\":\"dir\",\"enc\":\"A256GCM\",\"kid\":\"";
    private static final String BEFORE_TYP = "\",\"typ\":\"";
    private static final int LONGEST_KEY_ID = 12;
    private static final int LONGEST_DAY = 7;

    String encoded() {
        return Base64Url.encode(
                (BEFORE_KEY_ID + keyId + "." + day + BEFORE_TYP + afterTyp(kind)).getBytes(StandardCharsets.US_ASCII));
    }

    private static String afterTyp(TokenKind kind) {
        return kind.typ() + (kind == TokenKind.NESTED ? "\",\"cty\":\"JWT\"}" : "\"}");
    }

    /** The header, or null when it is not exactly what {@link #encoded} writes for a token of this kind. */
    static @Nullable ProtectedHeader parse(String encoded, TokenKind kind) {
        byte[] bytes = Base64Url.decode(encoded);
        if (bytes == null) {
            return null;
        }
        String json = new String(bytes, StandardCharsets.ISO_8859_1);
        String end = BEFORE_TYP + afterTyp(kind);
        if (!json.startsWith(BEFORE_KEY_ID)
                || !json.endsWith(end)
                || json.length() < BEFORE_KEY_ID.length() + end.length()) {
            return null;
        }
        String keyIdAndDay = json.substring(BEFORE_KEY_ID.length(), json.length() - end.length());
        int dot = keyIdAndDay.indexOf('.');
        if (dot < 1 || dot > LONGEST_KEY_ID || !isKeyId(keyIdAndDay, dot)) {
            return null;
        }
        long day = canonicalDay(keyIdAndDay, dot + 1);
        return day < 0 ? null : new ProtectedHeader(keyIdAndDay.substring(0, dot), day, kind);
    }

    private static boolean isKeyId(String text, int end) {
        for (int i = 0; i < end; i++) {
            char c = text.charAt(i);
            if (!(c >= 'a' && c <= 'z' || c >= 'A' && c <= 'Z' || c >= '0' && c <= '9' || c == '-' || c == '_')) {
                return false;
            }
        }
        return true;
    }

    private static long canonicalDay(String text, int from) {
        int digits = text.length() - from;
        if (digits < 1 || digits > LONGEST_DAY || text.charAt(from) == '0' && digits > 1) {
            return -1;
        }
        long day = 0;
        for (int i = from; i < text.length(); i++) {
            int digit = text.charAt(i) - '0';
            if (digit < 0 || digit > 9) {
                return -1;
            }
            day = day * 10 + digit;
        }
        return day;
    }
}
