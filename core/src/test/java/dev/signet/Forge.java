package dev.signet;

import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.time.Instant;
import java.util.Arrays;
import java.util.Base64;
import java.util.Random;
import javax.crypto.Cipher;
import javax.crypto.Mac;
import javax.crypto.SecretKey;
import javax.crypto.spec.GCMParameterSpec;
import javax.crypto.spec.SecretKeySpec;

/** Whoever has the secret of {@link TestKeys#ring()}: derives and seals by the letter of token format 1, without any code of Signet. */
public final class Forge {
    private static final Random RANDOM = new Random(20260301);

    private final byte[] secret;
    private final String keyId;
    private final String application;
    private final String session;
    private final long day;

    public Forge(byte[] secret, String keyId, String application, String session, Instant now) {
        this.secret = secret;
        this.keyId = keyId;
        this.application = application;
        this.session = session;
        this.day = Math.floorDiv(now.getEpochSecond(), 86_400);
    }

    /** With the first test key, for the names that an application has unless it says otherwise. */
    public static Forge at(Instant now) {
        return new Forge(TestKeys.secretBytes(1), "k1", "app", "session", now);
    }

    /** HKDF-Expand (RFC 5869) of the purpose's key, for the day. */
    public SecretKey key(String kind, String slot) {
        return new SecretKeySpec(hmac(purposeKey(kind, slot), ascii(day + "\u0001")), "AES");
    }

    /** HKDF-SHA256 (RFC 5869) with one block of output. */
    public byte[] purposeKey(String kind, String slot) {
        ByteArrayOutputStream info = new ByteArrayOutputStream();
        for (String part : new String[] {application, session, kind, slot}) {
            byte[] utf8 = utf8(part);
            info.write(utf8.length / 256);
            info.write(utf8.length % 256);
            info.writeBytes(utf8);
        }
        info.write(1);
        return hmac(hmac(ascii("signet/1"), secret), info.toByteArray());
    }

    public String header(String kind) {
        String cty = kind.equals("sn1+jwt") ? ",\"cty\":\"JWT\"" : "";
        return "{\"alg\":\"dir\",\"enc\":\"A256GCM\",\"kid\":\"" + keyId + "." + day + "\",\"typ\":\"" + kind + "\""
                + cty + "}";
    }

    public String ticket(String claims) {
        return seal("st1+jwt", "", utf8(claims));
    }

    public String visitor(String claims) {
        return seal("sv1+jwt", "", utf8(claims));
    }

    public String slot(String name, String claims) {
        return seal("ss1+jwt", name, utf8(claims));
    }

    public String seal(String kind, String slot, byte[] plaintext) {
        return seal(header(kind), key(kind, slot), plaintext);
    }

    /** A token of any header that authenticates. */
    public static String seal(String header, SecretKey key, byte[] plaintext) {
        byte[] iv = new byte[12];
        RANDOM.nextBytes(iv);
        return seal(header, key, iv, 16, plaintext);
    }

    public static String seal(String header, SecretKey key, byte[] iv, int tagBytes, byte[] plaintext) {
        String start = base64url(utf8(header));
        try {
            Cipher cipher = Cipher.getInstance("AES/GCM/NoPadding");
            cipher.init(Cipher.ENCRYPT_MODE, key, new GCMParameterSpec(tagBytes * 8, iv));
            cipher.updateAAD(ascii(start));
            byte[] sealed = cipher.doFinal(plaintext);
            int end = sealed.length - tagBytes;
            return start + ".." + base64url(iv) + "." + base64url(Arrays.copyOf(sealed, end)) + "."
                    + base64url(Arrays.copyOfRange(sealed, end, sealed.length));
        } catch (GeneralSecurityException impossible) {
            throw new IllegalStateException(impossible);
        }
    }

    public static byte[] hmac(byte[] key, byte[] message) {
        try {
            Mac mac = Mac.getInstance("HmacSHA256");
            mac.init(new SecretKeySpec(key, "HmacSHA256"));
            return mac.doFinal(message);
        } catch (GeneralSecurityException impossible) {
            throw new IllegalStateException(impossible);
        }
    }

    public static String base64url(byte[] bytes) {
        return Base64.getUrlEncoder().withoutPadding().encodeToString(bytes);
    }

    public static byte[] utf8(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }

    private static byte[] ascii(String text) {
        return text.getBytes(StandardCharsets.US_ASCII);
    }
}
