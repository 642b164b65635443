package dev.signet.keys;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Base64;

/** JWK texts of keys made for these tests. */
final class Jwks {
    static final String EC_X = "4uazrfeRW3JPQOGqFMHDLqy3dJ8NI30TqYrMW1oIYLs";
    static final String EC_Y = "gfvNRtpmY0Rd3A3fRZr9v2P7m4mw6Com0EO_LdNE0rk";
    static final String EC_D = "bWB5xOw4QF-g2Et8VJqh9b2JBY5TJEgOefuljkmm1fo";
    static final String OTHER_EC_D = "1mdeIsaR9O48jadX2Gk30_RNK878DWlcx42u3n9IGjU";
    static final String ED_X = "LV4Ad_u0W0xHCr0aVeA4P9lt1BFf9FG_-gP5MiwxXFg";
    static final String ED_D = "mhVYxKNzZtJIHZJcIRpekYUjvG7Jqtv6yYaSJ1kOIXM";
    static final String OTHER_ED_D = "-bYZdsBjRCA5hUkAHnRhPFcUA1M20ndSkzCjzRcvDrQ";

    private Jwks() {}

    static String set(String... keys) {
        return "{\"keys\":[" + String.join(",", keys) + "]}";
    }

    /** A secret that differs for each number; {@code members} are further members, such as {@code "kid":"a"}. */
    static String secret(int number, String... members) {
        return oct(k(number), members);
    }

    static String oct(String k, String... members) {
        return jwk("\"kty\":\"oct\",\"k\":\"" + k + "\"", members);
    }

    static String ecPublic(String... members) {
        return jwk("\"kty\":\"EC\",\"crv\":\"P-256\",\"x\":\"" + EC_X + "\",\"y\":\"" + EC_Y + "\"", members);
    }

    static String ecPrivate(String... members) {
        return jwk(
                "\"kty\":\"EC\",\"crv\":\"P-256\",\"x\":\"" + EC_X + "\",\"y\":\"" + EC_Y + "\",\"d\":\"" + EC_D + "\"",
                members);
    }

    static String edPublic(String... members) {
        return jwk("\"kty\":\"OKP\",\"crv\":\"Ed25519\",\"x\":\"" + ED_X + "\"", members);
    }

    static String edPrivate(String... members) {
        return jwk("\"kty\":\"OKP\",\"crv\":\"Ed25519\",\"x\":\"" + ED_X + "\",\"d\":\"" + ED_D + "\"", members);
    }

    static String k(int number) {
        return base64url(bytes(number));
    }

    static byte[] bytes(int number) {
        try {
            return MessageDigest.getInstance("SHA-256").digest(("test key " + number).getBytes(StandardCharsets.UTF_8));
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException(e);
        }
    }

    static String base64url(byte[] bytes) {
        return Base64.getUrlEncoder().withoutPadding().encodeToString(bytes);
    }

    private static String jwk(String material, String... members) {
        String further = members.length == 0 ? "" : "," + String.join(",", members);
        return "{" + material + further + "}";
    }
}
