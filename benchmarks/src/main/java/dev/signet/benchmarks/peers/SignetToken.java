package dev.signet.benchmarks.peers;

import dev.signet.benchmarks.Content;
import dev.signet.benchmarks.ContentJson;
import dev.signet.benchmarks.Peer;
import dev.signet.keys.KeyRing;
import dev.signet.token.HeldKeys;
import dev.signet.token.Opened;
import dev.signet.token.TokenCodec;
import dev.signet.token.Tokens;
import java.time.Instant;
import java.time.InstantSource;

/** One token of Signet's that carries exactly the content: what a ticket or slot is made of. Thread-safe. */
final class SignetToken implements Peer {
    private final KeyRing ring = KeyRing.generate();
    private final TokenCodec codec = codec();

    private TokenCodec codec() {
        return new Tokens(new HeldKeys(ring, InstantSource.system()), "shop", "session", false).tickets();
    }

    @Override
    public String seal(Content content) {
        return codec.seal(claims -> ContentJson.write(claims, content), Instant.now());
    }

    @Override
    public Content open(String token) {
        return open(codec, token);
    }

    /** Opens a token whose key of the day this process has not derived yet. */
    Content openCold(String token) {
        return open(codec(), token);
    }

    private static Content open(TokenCodec codec, String token) {
        Instant now = Instant.now();
        Opened<Content> opened = codec.open(token, now, (claims, source) -> ContentJson.read(claims));
        Content content = opened.value();
        if (content == null) {
            throw new IllegalArgumentException("refused: " + opened.refusal());
        }
        return content.unlessExpiredAt(now.getEpochSecond());
    }
}
