package dev.signet.benchmarks.peers;

import dev.signet.benchmarks.Content;
import dev.signet.benchmarks.ContentJson;
import dev.signet.benchmarks.Peer;
import io.jooby.Cookie;
import java.util.LinkedHashMap;
import java.util.Map;

/** Jooby's session cookie: a map of texts signed with HMAC-SHA256. */
final class Jooby implements Peer {
    private final String secret = Secrets.text();

    @Override
    public String seal(Content content) {
        Map<String, String> data = new LinkedHashMap<>();
        data.put("sid", content.sid());
        data.put("sub", content.subject());
        data.put("iat", Long.toString(content.issuedAt()));
        data.put("exp", Long.toString(content.expires()));
        data.put("state", ContentJson.text(content.state()));
        return Cookie.sign(Cookie.encode(data), secret);
    }

    @Override
    public Content open(String token) {
        String unsigned = Cookie.unsign(token, secret);
        if (unsigned == null) {
            throw new IllegalArgumentException("not authentic");
        }
        Map<String, String> data = Cookie.decode(unsigned);
        return new Content(
                        data.get("sid"),
                        data.get("sub"),
                        Long.parseLong(data.get("iat")),
                        Long.parseLong(data.get("exp")),
                        ContentJson.readState(data.get("state")))
                .unlessExpired();
    }
}
