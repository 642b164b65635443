package dev.signet.token;

import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.util.regex.Pattern;

/**
 * The one use a derived key has: a token of another application, session name, kind or slot does not even authenticate under it.
 *
 * @param slot the slot's name, empty for everything else
 */
public record Purpose(String application, String session, TokenKind kind, String slot) {
    private static final Pattern APPLICATION = Pattern.compile("[A-Za-z0-9._-]{1,64}");
    private static final Pattern NAME = Pattern.compile("[a-z0-9]{1,16}");

    public Purpose {
        requireApplication(application);
        requireName("session name", session);
        if (!slot.isEmpty()) {
            requireName("slot name", slot);
        }
    }

    /** @throws IllegalArgumentException unless it is 1 to 64 of {@code A-Z a-z 0-9 . _ -} */
    public static String requireApplication(String application) {
        if (!APPLICATION.matcher(application).matches()) {
            throw new IllegalArgumentException("application '" + application + "': use 1 to 64 of A-Z a-z 0-9 . _ -");
        }
        return application;
    }

    /** Cookie names are made of these, so they are what every browser and proxy leaves alone. */
    public static String requireName(String what, String name) {
        if (!NAME.matcher(name).matches()) {
            throw new IllegalArgumentException(what + " '" + name + "': use 1 to 16 of a-z 0-9");
        }
        return name;
    }

    public Purpose with(TokenKind other) {
        return new Purpose(application, session, other, slot);
    }

    /** The purpose as one word, for a signature's protected header. */
    String context() {
        return slot.isEmpty() ? application + "/" + session : application + "/" + session + "/" + slot;
    }

    /** The HKDF {@code info} (RFC 5869 §3.2): each part with its length before it, so that no two purposes share one encoding. */
    byte[] info() {
        ByteArrayOutputStream out = new ByteArrayOutputStream(64);
        for (String part : new String[] {application, session, kind.typ(), slot}) {
            byte[] utf8 = part.getBytes(StandardCharsets.UTF_8);
            out.write(utf8.length >>> 8);
            out.write(utf8.length);
            out.write(utf8, 0, utf8.length);
        }
        return out.toByteArray();
    }
}
