package dev.signet.cli;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import java.nio.charset.StandardCharsets;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * A token as it was pasted, and what its header says without any key.
 *
 * @param cookie the name of the cookie it came in; null for a bare token
 */
record Presented(@Nullable String cookie, String token, Kind kind, Optional<String> keyId) {
    private static final JsonMapper JSON = new JsonMapper();

    /** What a header says that a token is. */
    enum Kind {
        TICKET("st1+jwt"),
        VISITOR("sv1+jwt"),
        SLOT("ss1+jwt"),
        SIGNED("sj1+jwt"),
        NESTED("sn1+jwt"),
        OTHER("");

        private final String typ;

        Kind(String typ) {
            this.typ = typ;
        }

        static Kind of(String typ) {
            for (Kind kind : values()) {
                if (kind.typ.equals(typ)) {
                    return kind;
                }
            }
            return OTHER;
        }
    }

    /** The tokens of a whole Cookie header, its name in front or not, or one bare token. */
    static List<Presented> parse(String text) {
        String line = text.strip().replaceFirst("(?i)^cookie:\\s*", "");
        if (!line.contains("=") && !line.contains(";")) {
            return List.of(of(null, line));
        }
        List<Presented> found = new ArrayList<>();
        for (String pair : line.split(";", -1)) {
            int equals = pair.indexOf('=');
            if (equals > 0) {
                found.add(of(
                        pair.substring(0, equals).strip(),
                        pair.substring(equals + 1).strip()));
            }
        }
        return found;
    }

    private static Presented of(@Nullable String cookie, String token) {
        JsonNode header = header(token);
        String kid = header.path("kid").asText("");
        return new Presented(
                cookie,
                token,
                Kind.of(header.path("typ").asText("")),
                kid.isEmpty() ? Optional.empty() : Optional.of(kid));
    }

    private static JsonNode header(String token) {
        int dot = token.indexOf('.');
        if (dot < 1 || dot > 1024) {
            return JSON.createObjectNode();
        }
        String encoded = token.substring(0, dot);
        if (encoded.contains("=")) {
            // There is no padding in a token (RFC 7515 §2), and some decoders write past their array for it
            // (JDK-8392044).
            return JSON.createObjectNode();
        }
        try {
            byte[] header = Base64.getUrlDecoder().decode(encoded);
            return JSON.readTree(new String(header, StandardCharsets.UTF_8));
        } catch (IllegalArgumentException | JsonProcessingException e) {
            return JSON.createObjectNode();
        }
    }

    /** What a browser counts against its limit: name, value and the sign between them. */
    int size() {
        return (cookie == null ? 0 : cookie.length() + 1) + token.length();
    }

    /** The key's id in the ring: what stands before the day, which encrypted tokens say. */
    Optional<String> ringKey() {
        return keyId.map(id -> id.contains(".") ? id.substring(0, id.indexOf('.')) : id);
    }

    Optional<String> day() {
        return keyId.filter(id -> id.matches("[^.]*\\.\\d{1,7}"))
                .map(id -> LocalDate.ofEpochDay(Long.parseLong(id.substring(id.indexOf('.') + 1)))
                        .toString());
    }

    /** The session name inside the cookie's: without prefix, slot and the visitor's mark. */
    Optional<String> sessionName() {
        return Optional.ofNullable(cookie)
                .map(name -> name.replaceFirst("^__(Host-Http|Host|Secure|Http)-", ""))
                .map(name -> name.replaceFirst("(-visitor|\\..*)$", ""))
                .filter(name -> name.matches("[a-z0-9]{1,16}"));
    }

    Optional<String> slot() {
        return Optional.ofNullable(cookie)
                .filter(name -> name.contains("."))
                .map(name -> name.substring(name.indexOf('.') + 1))
                .filter(name -> name.matches("[a-z0-9]{1,16}"));
    }

    /** Nested tokens say of themselves only that they are nested. */
    boolean isSlot() {
        return kind == Kind.SLOT || kind == Kind.NESTED && slot().isPresent();
    }

    boolean isVisitor() {
        return kind == Kind.VISITOR || cookie != null && cookie.endsWith("-visitor");
    }
}
