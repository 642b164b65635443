package dev.signet.benchmarks.peers;

import dev.signet.benchmarks.Content;
import dev.signet.benchmarks.ContentJson;
import dev.signet.benchmarks.Peer;
import javax.crypto.spec.SecretKeySpec;
import org.jose4j.jwa.AlgorithmConstraints;
import org.jose4j.jwa.AlgorithmConstraints.ConstraintType;
import org.jose4j.jwe.ContentEncryptionAlgorithmIdentifiers;
import org.jose4j.jwe.JsonWebEncryption;
import org.jose4j.jwe.KeyManagementAlgorithmIdentifiers;
import org.jose4j.jwt.JwtClaims;
import org.jose4j.jwt.MalformedClaimException;
import org.jose4j.jwt.NumericDate;
import org.jose4j.jwt.consumer.InvalidJwtException;
import org.jose4j.jwt.consumer.JwtConsumer;
import org.jose4j.jwt.consumer.JwtConsumerBuilder;
import org.jose4j.lang.JoseException;

/** jose4j: a {@code JsonWebEncryption} of {@code JwtClaims}, read by one {@code JwtConsumer}. */
final class Jose4j implements Peer {
    private final SecretKeySpec key = new SecretKeySpec(Secrets.random(32), "AES");
    private final JwtConsumer consumer = new JwtConsumerBuilder()
            .setRequireExpirationTime()
            .setDisableRequireSignature()
            .setEnableRequireEncryption()
            .setJweAlgorithmConstraints(
                    new AlgorithmConstraints(ConstraintType.PERMIT, KeyManagementAlgorithmIdentifiers.DIRECT))
            .setJweContentEncryptionAlgorithmConstraints(
                    new AlgorithmConstraints(ConstraintType.PERMIT, ContentEncryptionAlgorithmIdentifiers.AES_256_GCM))
            .setDecryptionKey(key)
            .build();

    @Override
    public String seal(Content content) throws JoseException {
        JwtClaims claims = new JwtClaims();
        claims.setStringClaim("sid", content.sid());
        claims.setSubject(content.subject());
        claims.setIssuedAt(NumericDate.fromSeconds(content.issuedAt()));
        claims.setExpirationTime(NumericDate.fromSeconds(content.expires()));
        claims.setClaim("state", ContentJson.map(content.state()));
        JsonWebEncryption token = new JsonWebEncryption();
        token.setAlgorithmHeaderValue(KeyManagementAlgorithmIdentifiers.DIRECT);
        token.setEncryptionMethodHeaderParameter(ContentEncryptionAlgorithmIdentifiers.AES_256_GCM);
        token.setKey(key);
        token.setPayload(claims.toJson());
        return token.getCompactSerialization();
    }

    @Override
    public Content open(String token) throws InvalidJwtException, MalformedClaimException {
        JwtClaims claims = consumer.processToClaims(token);
        return new Content(
                claims.getStringClaimValue("sid"),
                claims.getSubject(),
                claims.getIssuedAt().getValue(),
                claims.getExpirationTime().getValue(),
                ContentJson.state(claims.getClaimValue("state")));
    }
}
