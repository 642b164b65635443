package dev.signet;

import dev.signet.keys.KeyRing;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Instant;
import java.util.Base64;

/** Keys made for tests, as JWK texts; the same number is always the same key. */
public final class TestKeys {
    private static final String[] EC = {
        "\"x\":\"CWLUO7nUGg7dMPfNWdiMKuGzqmPo_X9YPIxqAhoFExM\",\"y\":\"Rw_c2O-FKN7ly4oqPDz1NfBiiwariDk61FPOydnjydA\"",
        "\"x\":\"A2TVbbbd47B01KhgihIqPiBVOyySY4OwwggxerTiGZ0\",\"y\":\"DisuO0Koy06IfKXRUkDOIAyx-biTkXouDXs5ifSHtIM\""
    };
    private static final String[] EC_D = {
        "gzYgX98IDuaVYVH1QIZi1i1fSYbQEU0GlVBsX-BgTnU", "MxlZ8aqGakw_xmHpWChRA3bPswxsb4stfTQj6xFgszM"
    };
    private static final String ED_X = "fmqsDuKIT_CoYqIWFufHr-N_muHOGFf2xNqKu7IPVQM";
    private static final String ED_D = "ch5YaoZvuguX_3h8QX8yneTKJ6BjYxHR6qOvsmj5YzU";

    private TestKeys() {}

    public static byte[] secretBytes(int number) {
        try {
            byte[] name = ("signet test secret " + number).getBytes(StandardCharsets.UTF_8);
            return MessageDigest.getInstance("SHA-256").digest(name);
        } catch (NoSuchAlgorithmException missing) {
            throw new IllegalStateException(missing);
        }
    }

    public static String secret(String id, int number, String... members) {
        String k = Base64.getUrlEncoder().withoutPadding().encodeToString(secretBytes(number));
        return jwk(id, "\"kty\":\"oct\",\"k\":\"" + k + "\"", members);
    }

    public static String ecdsa(String id, int number, String... members) {
        return jwk(id, "\"kty\":\"EC\",\"crv\":\"P-256\"," + EC[number] + ",\"d\":\"" + EC_D[number] + "\"", members);
    }

    public static String ecdsaPublic(String id, int number) {
        return jwk(id, "\"kty\":\"EC\",\"crv\":\"P-256\"," + EC[number]);
    }

    public static String eddsa(String id, String... members) {
        return jwk(id, "\"kty\":\"OKP\",\"crv\":\"Ed25519\",\"x\":\"" + ED_X + "\",\"d\":\"" + ED_D + "\"", members);
    }

    public static String from(Instant sealsFrom) {
        return "\"nbf\":" + sealsFrom.getEpochSecond();
    }

    public static String until(Instant acceptedUntil) {
        return "\"exp\":" + acceptedUntil.getEpochSecond();
    }

    public static String set(String... keys) {
        return "{\"keys\":[" + String.join(",", keys) + "]}";
    }

    public static KeyRing ring(String... keys) {
        return KeyRing.parse(set(keys));
    }

    /** One secret, known to {@link Forge} too. */
    public static KeyRing ring() {
        return ring(secret("k1", 1));
    }

    private static String jwk(String id, String material, String... members) {
        String further = members.length == 0 ? "" : "," + String.join(",", members);
        return "{\"kid\":\"" + id + "\"," + material + further + "}";
    }
}
