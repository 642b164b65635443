package dev.signet.benchmarks.peers;

import com.nimbusds.jose.EncryptionMethod;
import com.nimbusds.jose.JOSEException;
import com.nimbusds.jose.JWEAlgorithm;
import com.nimbusds.jose.JWEHeader;
import com.nimbusds.jose.crypto.DirectDecrypter;
import com.nimbusds.jose.crypto.DirectEncrypter;
import com.nimbusds.jwt.EncryptedJWT;
import com.nimbusds.jwt.JWTClaimsSet;
import dev.signet.benchmarks.Content;
import dev.signet.benchmarks.ContentJson;
import dev.signet.benchmarks.Peer;
import java.text.ParseException;
import java.util.Date;

/** nimbus-jose-jwt: an {@code EncryptedJWT} of a {@code JWTClaimsSet}, encrypter and decrypter made once. */
@SuppressWarnings("JavaUtilDate") // its claims know no other time
final class Nimbus implements Peer {
    private static final JWEHeader HEADER = new JWEHeader(JWEAlgorithm.DIR, EncryptionMethod.A256GCM);

    private final DirectEncrypter encrypter;
    private final DirectDecrypter decrypter;

    Nimbus() throws JOSEException {
        byte[] key = Secrets.random(32);
        encrypter = new DirectEncrypter(key);
        decrypter = new DirectDecrypter(key);
    }

    @Override
    public String seal(Content content) throws JOSEException {
        JWTClaimsSet claims = new JWTClaimsSet.Builder()
                .claim("sid", content.sid())
                .subject(content.subject())
                .issueTime(new Date(content.issuedAt() * 1000))
                .expirationTime(new Date(content.expires() * 1000))
                .claim("state", ContentJson.map(content.state()))
                .build();
        EncryptedJWT token = new EncryptedJWT(HEADER, claims);
        token.encrypt(encrypter);
        return token.serialize();
    }

    @Override
    public Content open(String token) throws ParseException, JOSEException {
        EncryptedJWT parsed = EncryptedJWT.parse(token);
        parsed.decrypt(decrypter);
        JWTClaimsSet claims = parsed.getJWTClaimsSet();
        return new Content(
                        claims.getStringClaim("sid"),
                        claims.getSubject(),
                        claims.getIssueTime().getTime() / 1000,
                        claims.getExpirationTime().getTime() / 1000,
                        ContentJson.state(claims.getClaim("state")))
                .unlessExpired();
    }
}
