package dev.signet.benchmarks.peers;

import dev.signet.benchmarks.Content;
import dev.signet.benchmarks.ContentJson;
import dev.signet.benchmarks.Peer;
import io.jsonwebtoken.Claims;
import io.jsonwebtoken.JwtParser;
import io.jsonwebtoken.Jwts;
import java.util.Date;
import javax.crypto.SecretKey;

/** jjwt with its Jackson module: encrypted claims, one parser. */
@SuppressWarnings("JavaUtilDate") // its claims know no other time
final class Jjwt implements Peer {
    private final SecretKey key = Jwts.ENC.A256GCM.key().build();
    private final JwtParser parser = Jwts.parser().decryptWith(key).build();

    @Override
    public String seal(Content content) {
        return Jwts.builder()
                .claim("sid", content.sid())
                .subject(content.subject())
                .issuedAt(new Date(content.issuedAt() * 1000))
                .expiration(new Date(content.expires() * 1000))
                .claim("state", ContentJson.map(content.state()))
                .encryptWith(key, Jwts.ENC.A256GCM)
                .compact();
    }

    @Override
    public Content open(String token) {
        Claims claims = parser.parseEncryptedClaims(token).getPayload();
        return new Content(
                claims.get("sid", String.class),
                claims.getSubject(),
                claims.getIssuedAt().getTime() / 1000,
                claims.getExpiration().getTime() / 1000,
                ContentJson.state(claims.get("state")));
    }
}
