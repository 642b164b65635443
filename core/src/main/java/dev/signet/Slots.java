package dev.signet;

import dev.signet.token.Opened;
import dev.signet.token.Tokens;
import java.time.Duration;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/** Slot contents to tokens and back. */
final class Slots {
    private final Tokens tokens;
    private final Duration longestAbsolute;
    private final Duration skew;

    Slots(Tokens tokens, Duration longestAbsolute, Duration skew) {
        this.tokens = tokens;
        this.longestAbsolute = longestAbsolute;
        this.skew = skew;
    }

    /** A session's slot ends with it; a visitor's may outlive its ticket, without which it cannot be read. */
    String seal(SlotContent content, Session owner, Instant now) {
        long issued = now.getEpochSecond();
        long expires = owner.isVisitor()
                ? issued + longestAbsolute.toSeconds()
                : Math.max(issued, owner.claims().endsAt());
        SlotClaims claims = new SlotClaims(owner.id(), issued, expires, content);
        return tokens.slots(content.slot()).seal(claims::write, now);
    }

    int sealedLength(SlotContent content) {
        return tokens.slots(content.slot()).sealedLength(SlotClaims.longestLength(content));
    }

    SlotOpening open(String name, @Nullable String token, Session owner, Instant now) {
        if (token == null || token.isEmpty()) {
            return SlotOpening.ABSENT;
        }
        Opened<SlotClaims> opened =
                tokens.slots(name).open(token, now, (in, source) -> SlotClaims.read(in, source, name));
        SlotClaims claims = opened.value();
        if (claims == null) {
            return new SlotOpening(null, Deadlines.cause(opened.refusal()));
        }
        if (claims.issuedAt() > now.plus(skew).getEpochSecond()) {
            return new SlotOpening(null, Verification.Cause.FROM_THE_FUTURE);
        }
        boolean readable =
                now.getEpochSecond() < claims.expires() && owner.claims().owns(claims.sid(), name);
        return readable ? new SlotOpening(claims.content(), null) : SlotOpening.ABSENT;
    }
}
