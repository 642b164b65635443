package dev.signet;

import dev.signet.keys.Key;
import java.security.GeneralSecurityException;
import java.security.Signature;

/** Compact JWS made with the JDK alone: whoever has the private key. */
final class SignedTokens {
    private SignedTokens() {}

    /** The inside of a signed-then-encrypted ticket for the names that an application has unless it says otherwise. */
    static String ticket(Key key, Session session) {
        return sign(
                key, header(key.algorithm(), key.id(), "st1+jwt", ",\"ctx\":\"app/session\""), TicketTexts.of(session));
    }

    static String header(String algorithm, String keyId, String typ, String further) {
        return "{\"alg\":\"" + algorithm + "\",\"kid\":\"" + keyId + "\",\"typ\":\"" + typ + "\"" + further + "}";
    }

    static String sign(Key key, String header, String claims) {
        String input = Forge.base64url(Forge.utf8(header)) + "." + Forge.base64url(Forge.utf8(claims));
        try {
            Signature signature =
                    Signature.getInstance(key.algorithm().equals("ES256") ? "SHA256withECDSAinP1363Format" : "Ed25519");
            signature.initSign(key.exportPrivateKey());
            signature.update(Forge.utf8(input));
            return input + "." + Forge.base64url(signature.sign());
        } catch (GeneralSecurityException impossible) {
            throw new IllegalStateException(impossible);
        }
    }
}
