package dev.signet.benchmarks.peers;

import dev.signet.benchmarks.Content;
import dev.signet.benchmarks.ContentJson;
import dev.signet.benchmarks.Peer;
import play.api.http.JWTConfiguration;
import play.api.http.SecretConfiguration;
import play.api.mvc.DefaultJWTCookieDataCodec;
import scala.Option;
import scala.collection.immutable.Map;
import scala.collection.immutable.Map$;
import scala.concurrent.duration.FiniteDuration;
import scala.jdk.javaapi.CollectionConverters;

/** Play's session cookie: a JWT over a map of texts, signed with HMAC-SHA256. */
final class Play implements Peer {
    private final DefaultJWTCookieDataCodec codec = new DefaultJWTCookieDataCodec(
            new SecretConfiguration(Secrets.text(), Option.empty()),
            new JWTConfiguration("HS256", Option.empty(), FiniteDuration.apply(30, "seconds"), "data"));

    @Override
    public String seal(Content content) {
        return codec.encode(Map$.MODULE$.from(CollectionConverters.asScala(java.util.Map.of(
                "sid", content.sid(),
                "sub", content.subject(),
                "iat", Long.toString(content.issuedAt()),
                "exp", Long.toString(content.expires()),
                "state", ContentJson.text(content.state())))));
    }

    @Override
    public Content open(String token) {
        Map<String, String> data = codec.decode(token);
        return new Content(
                        data.apply("sid"),
                        data.apply("sub"),
                        Long.parseLong(data.apply("iat")),
                        Long.parseLong(data.apply("exp")),
                        ContentJson.readState(data.apply("state")))
                .unlessExpired();
    }
}
